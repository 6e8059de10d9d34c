import type { Ctx, Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { claimOnce, findOnce } from "../store/index.ts";
import { replacePasswordHash, resetPasswordHash, selectPasswordHash, updateVerifiedEmail } from "./credentials.sql.ts";
import { forgetOtherDevices } from "./devices.ts";
import { endCodes, mailedCodeAmr } from "./one-time-codes.ts";
import { endHalfSignIns } from "./second-factors.ts";
import { recordSecurityEvent } from "./security-events.ts";
import { deleteOtherSessions, deleteSessionsBegunBy } from "./sessions.sql.ts";
import { findByVerifiedEmail, findUser } from "./users.sql.ts";
import { normaliseEmail } from "./users.ts";

/** What is stored of a password: null for a user without one, undefined for no living user. For comparing only. */
export function findPasswordHash(ctx: Ctx, userId: string): Promise<string | null | undefined> {
  return selectPasswordHash(ctx, userId);
}

export interface NewPassword {
  userId: string;
  /** What the hasher made of it. */
  hash: string;
  /** What was stored when the change was allowed; `any` after a proof that needs none, such as a mailed code. */
  seen: string | null | "any";
  /** The one session that goes on. */
  keepSession?: string | undefined;
}

/**
 * Sets a password. Whoever was signed in by the former one is signed in no more, in a browser that is new from now on, and
 * codes under way are worth nothing; what apps were allowed stays. Refused when the password changed meanwhile.
 */
export async function setPassword(
  tx: Tx,
  { userId, hash, seen, keepSession }: NewPassword,
): Promise<{ ok: true } | { ok: false; why: "stale" }> {
  const changed = await (seen === "any"
    ? resetPasswordHash(tx, userId, hash)
    : replacePasswordHash(tx, userId, seen, hash));
  if (!changed) return { ok: false, why: "stale" };
  await deleteOtherSessions(tx, { userId, except: keepSession ?? "" });
  await forgetOtherDevices(tx, userId);
  await endCodes(tx, userId);
  await endHalfSignIns(tx, userId);
  await recordAudit(tx, { actorId: userId, action: "user.password_set", subjectId: userId });
  await recordSecurityEvent(tx, { userId, kind: "password_changed" });
  return { ok: true };
}

/** Longer than any transaction, so that of two who prove one address at once the second hears of the first. */
const claimMs = 60_000;

/** `replaced` is the proven address whose place it took. */
export type EmailVerdict = { ok: true; replaced: string | null } | { ok: false; why: "taken" };

/**
 * Makes an address that was just proven the user's own. Codes under way end: they went elsewhere, and so did those that
 * signed in by the address whose place it takes. Refused when it is somebody else's proven address, for only those are
 * unique. `email` must have passed `normaliseEmail`.
 * @param keepSession the session in which this is done
 */
export async function setVerifiedEmail(
  tx: Tx,
  userId: string,
  email: string,
  keepSession?: string,
): Promise<EmailVerdict> {
  const key = normaliseEmail(email)!;
  const mark = sha256Hex(key);
  const claimed = await claimOnce(tx, "email", mark, tx.clock.now() + claimMs, userId);
  if (!claimed && (await findOnce(tx, "email", mark))?.value !== userId) return { ok: false, why: "taken" };
  const owner = await findByVerifiedEmail(tx, key);
  if (owner && owner.user.id !== userId) return { ok: false, why: "taken" };
  const before = await findUser(tx, userId);
  if (!before || !(await updateVerifiedEmail(tx, userId, email, key))) return { ok: false, why: "taken" };
  await endCodes(tx, userId);
  await endHalfSignIns(tx, userId);
  await announce(tx, "user", userId);
  await recordAudit(tx, { actorId: userId, action: "user.email_verified", subjectId: userId });
  const replaced = before.emailVerifiedAt === null || normaliseEmail(before.email ?? "") === key ? null : before.email;
  if (replaced !== null) {
    await deleteSessionsBegunBy(tx, { userId, amr: mailedCodeAmr, except: keepSession ?? "" });
    await recordSecurityEvent(tx, { userId, kind: "email_changed" });
  }
  return { ok: true, replaced };
}
