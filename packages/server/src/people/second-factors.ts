import type { Ctx, Tx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import { encodeBase64Url } from "../kernel/bytes.ts";
import type { Sealer } from "../kernel/seal.ts";
import { claimOnce } from "../store/index.ts";
import { deleteRecoveryCodes } from "./recovery-codes.sql.ts";
import { countRecoveryCodes, replaceRecoveryCodes, spendRecoveryCode } from "./recovery-codes.ts";
import { recordSecurityEvent } from "./security-events.ts";
import { deleteWeakSessions } from "./sessions.sql.ts";
import { findTotpStep, openTotpSecret, sealTotpSecret } from "./totp.ts";
import {
  acceptTotpStep,
  deleteTotpKey,
  insertTotpKey,
  replaceStamp,
  selectTotpKey,
  takeTotpAttempt,
} from "./totp-keys.sql.ts";

/** Five at once, then one every three minutes: a thief of the password guesses right once in two years of trying. */
const attemptsAtOnce = 5;
const attemptShareMs = 180_000;
const toldEveryMs = 86_400_000;

/** The second factor of a user who has one. */
export interface SecondFactor {
  /** Sealed into a sign-in that waits for it; when it changes, that sign-in is worth nothing. */
  stamp: string;
  createdAt: number;
}

/** Whoever has one is let in by no single factor. */
export async function findSecondFactor(ctx: Ctx, userId: string): Promise<SecondFactor | undefined> {
  const row = await selectTotpKey(ctx, userId);
  return row && { stamp: row.stamp, createdAt: row.created_at };
}

export { countRecoveryCodes };

export type TotpVerdict =
  | { verdict: "right" }
  /** `used`: right, but not for the first time. `over`: the sign-in that it belongs to is worth nothing any more. */
  | { verdict: "wrong" | "used" | "over" }
  | { verdict: "wait"; milliseconds: number };

/**
 * Takes a code, once for all processes. A wrong one costs an attempt, which counts only if the transaction is committed: so
 * the verdict is no refusal.
 */
export async function takeTotpCode(
  tx: Tx,
  lasting: Sealer,
  { userId, stamp, code }: { userId: string; stamp: string; code: string },
): Promise<TotpVerdict> {
  const now = tx.clock.now();
  const latest = now + (attemptsAtOnce - 1) * attemptShareMs;
  const row = await takeTotpAttempt(tx, { userId, stamp, now, latest, share: attemptShareMs });
  if (!row) {
    const seen = await selectTotpKey(tx, userId);
    if (seen?.stamp !== stamp) return { verdict: "over" };
    return { verdict: "wait", milliseconds: Math.max(1000, seen.attempts_until - latest) };
  }
  const secret = openTotpSecret(lasting, userId, row.secret_sealed);
  const step = secret && (await findTotpStep(secret, code, now));
  if (step === undefined) {
    if (row.attempts_until > latest) await tellOwner(tx, userId);
    return { verdict: "wrong" };
  }
  return (await acceptTotpStep(tx, { userId, stamp, step })) ? { verdict: "right" } : { verdict: "used" };
}

/** When the attempts are used up: whoever makes them knows the first factor. */
async function tellOwner(tx: Tx, userId: string): Promise<void> {
  const first = await claimOnce(tx, "second_factor_failed", userId, tx.clock.now() + toldEveryMs);
  if (first) await recordSecurityEvent(tx, { userId, kind: "second_factor_failed" });
}

/** Takes a recovery code in place of the second factor. Each counts once, over all processes. */
export async function takeRecoveryCode(
  tx: Tx,
  { userId, stamp, code }: { userId: string; stamp: string; code: string },
): Promise<"right" | "wrong" | "over"> {
  const row = await selectTotpKey(tx, userId);
  if (row?.stamp !== stamp) return "over";
  if (!(await spendRecoveryCode(tx, userId, code))) return "wrong";
  await recordAudit(tx, { actorId: userId, action: "recovery_code.used", subjectId: userId });
  await recordSecurityEvent(tx, { userId, kind: "recovery_used" });
  return "right";
}

export type EnrolVerdict =
  | { ok: true; recoveryCodes: string[] }
  | { ok: false; why: /** The code is not of this secret. */ "wrong" | /** There is one already. */ "enrolled" };

/** Puts a secret into force once a code shows that the user's app has it. The codes are shown now and never again. */
export async function enrolTotp(
  tx: Tx,
  lasting: Sealer,
  { userId, secret, code }: { userId: string; secret: Uint8Array; code: string },
): Promise<EnrolVerdict> {
  const now = tx.clock.now();
  const step = await findTotpStep(secret, code, now);
  if (step === undefined) return { ok: false, why: "wrong" };
  const inserted = await insertTotpKey(tx, {
    user_id: userId,
    secret_sealed: sealTotpSecret(lasting, userId, secret),
    last_step: step,
    attempts_until: 0,
    stamp: newStamp(tx),
    created_at: now,
  });
  if (!inserted) return { ok: false, why: "enrolled" };
  const recoveryCodes = await replaceRecoveryCodes(tx, userId);
  // They are dead already; removing the second factor must not wake them.
  await deleteWeakSessions(tx, userId);
  await recordAudit(tx, { actorId: userId, action: "totp.added", subjectId: userId });
  await recordSecurityEvent(tx, { userId, kind: "totp_added" });
  return { ok: true, recoveryCodes };
}

/** Undefined for a user without a second factor, to whom they would be of no use. */
export async function renewRecoveryCodes(tx: Tx, userId: string): Promise<string[] | undefined> {
  // Holds the row, so that of two who renew at once only the codes of the last one count.
  if (!(await replaceStamp(tx, userId, newStamp(tx)))) return undefined;
  await recordAudit(tx, { actorId: userId, action: "recovery_codes.renewed", subjectId: userId });
  await recordSecurityEvent(tx, { userId, kind: "recovery_renewed" });
  return replaceRecoveryCodes(tx, userId);
}

/** False when there was none. */
export async function removeTotp(tx: Tx, userId: string): Promise<boolean> {
  return takeAway(tx, userId, { actorId: userId, action: "totp.removed", kind: "totp_removed" });
}

/** By an operator, for somebody who lost both phone and codes. The first factor alone lets them in then. False when there was none. */
export async function resetSecondFactors(tx: Tx, userId: string, actorId: string): Promise<boolean> {
  return takeAway(tx, userId, { actorId, action: "second_factor.reset", kind: "second_factor_reset" });
}

async function takeAway(
  tx: Tx,
  userId: string,
  { actorId, action, kind }: { actorId: string; action: string; kind: "totp_removed" | "second_factor_reset" },
): Promise<boolean> {
  if (!(await deleteTotpKey(tx, userId))) return false;
  await deleteRecoveryCodes(tx, userId);
  await deleteWeakSessions(tx, userId);
  await recordAudit(tx, { actorId, action, subjectId: userId });
  await recordSecurityEvent(tx, { userId, kind });
  return true;
}

/** Sign-ins that wait for their second factor are worth nothing from now on: for the time after a first factor changed. */
export async function endHalfSignIns(tx: Tx, userId: string): Promise<void> {
  await replaceStamp(tx, userId, newStamp(tx));
}

function newStamp({ random }: Ctx): string {
  return encodeBase64Url(random.bytes(12));
}
