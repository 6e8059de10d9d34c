import { inTx } from "../context.ts";
import { networkOf } from "../http/client-ip.ts";
import { createRateLimiter } from "../http/rate-limit.ts";
import type { RequestInfo } from "../http/table.ts";
import type { Clock } from "../kernel/clock.ts";
import { queueMail } from "../mail/index.ts";
import { createCode, findUserByLogin, isKnownDevice, normaliseEmail, type User } from "../people/index.ts";
import type { Text } from "../ui/index.ts";
import type { MailText } from "../ui/mail/mail-text.ts";
import { browserMark } from "./browser-mark.ts";
import type { Desk } from "./desk.ts";
import { createNetworkLimiter } from "./network-limiter.ts";
import type { CodeProblem } from "./pages/email-code.ts";

/** The same in the language of its reader. */
export function inLanguage({ language, direction }: Text, text: MailText): MailText {
  return { language, direction, ...text };
}

export interface Asked {
  kind: string;
  peer: string;
  address: string;
  /** The mark of a browser that signed in to this account before: whatever strangers ask for, it has its own share. */
  device?: string | undefined;
}

/** How many codes may be asked for. */
export interface CodeLimits {
  /** Milliseconds to wait; 0 is now. What one letter counts for beside is `also`: its network is counted once. */
  ask(asked: Asked, also?: Pick<Asked, "kind" | "address">): number;
  /** Typing codes in. Each code has its own few attempts beside. */
  answer(peer: string): number;
  /** After a right code: its owner begins anew. */
  forget(asked: Asked): void;
}

/** Every code is five guesses, at whatever address: these are 3600 a day. */
const peerLimit = { attempts: 30, seconds: 3600 };
const pairLimit = { attempts: 4, seconds: 600 };
const answerLimit = { attempts: 100, seconds: 600 };
/**
 * However many networks somebody has, an address gets no more than this, which leaves them 50 guesses in a million each
 * time it is spent. Meanwhile its owner is kept from mailed codes only, and only in browsers that are new.
 */
const addressLimit = { attempts: 10, seconds: 6 * 3600 };
/** No more in a browser that is known: it may be somebody's who found it open. */
const deviceLimit = addressLimit;

export function createCodeLimits(clock: Clock): CodeLimits {
  const peers = createNetworkLimiter({ clock, ...peerLimit });
  const pairs = createRateLimiter({ clock, ...pairLimit });
  const addresses = createRateLimiter({ clock, ...addressLimit });
  const devices = createRateLimiter({ clock, ...deviceLimit });
  const answers = createNetworkLimiter({ clock, ...answerLimit });
  const namesOf = ({ kind, peer, address, device }: Asked) => ({
    own: JSON.stringify([kind, device, address]),
    pair: JSON.stringify([kind, networkOf(peer), address]),
    target: JSON.stringify([kind, address]),
  });
  const count = (asked: Asked) => {
    const { pair, target } = namesOf(asked);
    return pairs.attempt(pair) || addresses.attempt(target);
  };
  return {
    ask(asked, also) {
      const { peer, device } = asked;
      if (device !== undefined) return 1000 * devices.attempt(namesOf(asked).own);
      return 1000 * (peers.attempt(peer) || count(asked) || (also ? count({ ...also, peer }) : 0));
    },
    answer: (peer) => 1000 * answers.attempt(peer),
    forget(asked) {
      const { own, pair, target } = namesOf(asked);
      devices.forget(own);
      pairs.forget(pair);
      addresses.forget(target);
    },
  };
}

export interface Posted {
  ok: true;
  codeId: string;
  /** As it was understood. */
  address: string;
}

export type PostRefusal = { ok: false; problem: { kind: "address" } | { kind: "wait"; milliseconds: number } };

/**
 * Sends a code to somebody who is not signed in. An address that nobody has proven gets the same answer after the same
 * work, and no mail.
 */
export async function postCode(
  desk: Desk,
  limits: CodeLimits,
  browser: Request,
  { peer }: RequestInfo,
  asked: { kind: string; email: string; words: MailText },
): Promise<Posted | PostRefusal> {
  const { ctx } = desk;
  const { kind, words } = asked;
  const address = normaliseEmail(asked.email);
  if (address === undefined) return { ok: false, problem: { kind: "address" } };
  const found = (await findUserByLogin(ctx, address))?.user;
  const user = found?.disabledAt === null ? found : undefined;
  const mark = browserMark(desk, browser).value;
  const isKnown = await isKnownDevice(ctx, user?.id ?? "nobody", mark);
  const milliseconds = limits.ask({ kind, peer, address, device: isKnown ? mark : undefined });
  if (milliseconds > 0) return { ok: false, problem: { kind: "wait", milliseconds } };
  const { id } = await inTx(ctx, async (tx) => {
    const made = await createCode(tx, { kind, userId: user?.id ?? null, target: address, browser: mark });
    const text = inLanguage(desk.frame(browser).text, { ...words, code: made.code });
    const mail = { to: user?.email ?? address, kind: `${kind}_code`, text, usefulUntil: made.expiresAt };
    await queueMail(tx, mail, { toNobody: user === undefined });
    return made;
  });
  return { ok: true, codeId: id, address };
}

/** Whether an address to which a code was sent is still the user's own. */
export function isReachedAt(user: User | undefined, target: string): user is User {
  return (
    user?.disabledAt === null &&
    user.emailVerifiedAt !== null &&
    user.email !== null &&
    normaliseEmail(user.email) === target
  );
}

/** Of a page that says what was wrong with an address or a code. */
export function statusOf(problem: CodeProblem | undefined): number {
  if (!problem) return 200;
  return problem.kind === "wait" ? 429 : 400;
}
