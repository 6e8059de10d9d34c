import { type Ctx, inTx, type Tx } from "../context.ts";
import { openJson, type Sealer, sealJson } from "../kernel/seal.ts";
import { claimOnce } from "../store/index.ts";
import { createPhoneCeiling } from "./phone-ceiling.ts";
import type { PhoneVerifier } from "./phone-verifier.ts";
import { phoneKey, setVerifiedPhone } from "./phones.ts";

/** As the service counts: a code lives for ten minutes. */
const lifeMs = 10 * 60_000;
const attempts = 5;
/** Messages cost money. By the day, in the database, so that neither a second process nor a restart gives more of them. */
const sendsByUser = 5;
const sendsToNumber = 10;
const dayMs = 86_400_000;
/** By how much the clocks of two processes may differ. */
const skewMs = 5000;
const sealPurpose = "phone proof";

/** Who proves a number, and from which session: no other browser can go on with it. */
export interface PhoneOwner {
  userId: string;
  sessionId: string;
}

/** Sealed, so that a code under way is stored nowhere; only what is used up leaves a mark. */
interface Ticket extends PhoneOwner {
  id: string;
  /** E.164. */
  number: string;
  /** What the provider calls it. */
  reference: string;
  expiresAt: number;
}

export type PhoneSend =
  | { ok: true; ticket: string }
  /** `limit`: no more today. `crowded`: no more this hour, for nobody. */
  | { ok: false; why: "limit" | "crowded" | "number" | "busy" | "unavailable" };

export type PhoneProof =
  | { ok: true; number: string }
  /** `dead`: used, spent or too old. */
  | { ok: false; why: "wrong" | "dead" | "taken" | "busy" | "unavailable" };

/** A code that is under way. */
export interface PendingPhone {
  number: string;
  /** The code itself, on a development machine. */
  revealed: string | undefined;
}

export interface PhoneProofs {
  /** Sends a code. `number` must have passed `readPhoneNumber`. */
  send(owner: PhoneOwner, number: string, language: string): Promise<PhoneSend>;
  /** Undefined for what is not the owner's own, or too old. */
  look(owner: PhoneOwner, ticket: string | undefined): PendingPhone | undefined;
  /** Judges a code and makes the number the owner's, once. A wrong code costs an attempt for good. */
  confirm(owner: PhoneOwner, ticket: string | undefined, code: string): Promise<PhoneProof>;
}

export function createPhoneProofs(ctx: Ctx, sealer: Sealer, verifier: PhoneVerifier): PhoneProofs {
  const ceiling = createPhoneCeiling(ctx);
  const open = ({ userId, sessionId }: PhoneOwner, sealed = ""): Ticket | undefined => {
    const ticket = sealed.length > 2048 ? undefined : openJson<Ticket>(sealer, sealPurpose, sealed);
    const own = ticket?.userId === userId && ticket.sessionId === sessionId;
    return own && ctx.clock.now() < ticket.expiresAt ? ticket : undefined;
  };

  return {
    async send({ userId, sessionId }, number, language) {
      // What is asked for counts, whatever becomes of it: a call that was given up may have sent a message.
      const counted = await inTx(ctx, async (tx) => {
        const own = await countSend(tx, userId, number);
        return own.ok ? ceiling.count(tx) : own;
      });
      if (!counted.ok) {
        if (counted.why === "crowded") ceiling.tell();
        return counted;
      }
      const sent = await verifier.start(number, language);
      if (!sent.ok) return sent;
      const { reference } = sent;
      const expiresAt = ctx.clock.now() + lifeMs;
      const ticket: Ticket = { id: ctx.random.id("php"), userId, sessionId, number, reference, expiresAt };
      return { ok: true, ticket: sealJson(sealer, sealPurpose, ticket) };
    },

    look(owner, sealed) {
      const ticket = open(owner, sealed);
      return ticket && { number: ticket.number, revealed: verifier.reveal?.(ticket.reference) };
    },

    async confirm(owner, sealed, typed) {
      const ticket = open(owner, sealed);
      if (!ticket) return { ok: false, why: "dead" };
      const code = readDigits(typed);
      if (code === undefined) return { ok: false, why: "wrong" };
      const { id, number, reference } = ticket;
      const until = ticket.expiresAt + skewMs;
      const { left } = await inTx(ctx, (tx) => takeOneOf(tx, { kind: "phone_attempt", id, of: attempts, until }));
      if (left === undefined) return { ok: false, why: "dead" };
      const verdict = await verifier.check(reference, code);
      if (!verdict.ok) {
        const isLast = verdict.why === "gone" || (verdict.why === "wrong" && left === 0);
        return { ok: false, why: isLast ? "dead" : (verdict.why as Exclude<typeof verdict.why, "gone">) };
      }
      return inTx(ctx, async (tx): Promise<PhoneProof> => {
        if (!(await claimOnce(tx, "phone_proof", id, until))) return { ok: false, why: "dead" };
        const set = await setVerifiedPhone(tx, owner.userId, number);
        return set.ok ? { ok: true, number } : set;
      });
    },
  };
}

async function countSend(tx: Tx, userId: string, number: string): Promise<{ ok: true } | { ok: false; why: "limit" }> {
  const day = Math.floor(tx.clock.now() / dayMs);
  const until = (day + 1) * dayMs + skewMs;
  const bins = [
    { kind: "phone_sends_by", id: `${userId} ${day}`, of: sendsByUser, until },
    { kind: "phone_sends_to", id: `${phoneKey(tx, number)} ${day}`, of: sendsToNumber, until },
  ];
  for (const bin of bins) if ((await takeOneOf(tx, bin)).left === undefined) return { ok: false, why: "limit" };
  return { ok: true };
}

interface Bin {
  kind: string;
  id: string;
  of: number;
  /** Epoch milliseconds. */
  until: number;
}

/** Takes one of a few, over all processes, and says how many are left; undefined when all were taken. */
async function takeOneOf(tx: Tx, { kind, id, of, until }: Bin): Promise<{ left: number | undefined }> {
  for (let left = of - 1; left >= 0; left--) {
    if (await claimOnce(tx, kind, `${id} ${left}`, until)) return { left };
  }
  return { left: undefined };
}

/** Wide digits are digits, and spaces between them are nothing. Providers send four to ten. */
function readDigits(text: string): string | undefined {
  const plain = text
    .slice(0, 40)
    .normalize("NFKC")
    .replace(/[\s\p{Cf}-]/gu, "");
  return /^\d{4,10}$/.test(plain) ? plain : undefined;
}
