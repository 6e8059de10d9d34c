import type { Ctx, Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import { queueMail } from "../mail/index.ts";
import { findLanguage, textIn } from "../ui/index.ts";
import { deleteAvatar } from "./avatars.sql.ts";
import {
  buryUser,
  deletePersonalRows,
  markLeaving,
  selectDue,
  selectFarewell,
  selectLeaving,
  unmarkLeaving,
} from "./deletion.sql.ts";
import { endCodes } from "./one-time-codes.ts";
import { recordSecurityEvent } from "./security-events.ts";
import { deleteSessionsOf } from "./sessions.sql.ts";
import { holdOtherOperators } from "./staff.sql.ts";
import { findUser } from "./users.sql.ts";

const dayMs = 86_400_000;

export type LeaveVerdict =
  | { ok: true; dueAt: number }
  | {
      ok: false;
      why: /** It was asked for already. */ "asked" | /** Nobody would be left to run the platform. */ "last_operator";
    };

/**
 * Makes an account one that will be deleted. From this moment on it is as if it were disabled: sessions are gone, and every
 * token and key is of a generation that is dead for good.
 */
export async function askForDeletion(tx: Tx, userId: string): Promise<LeaveVerdict> {
  const dueAt = tx.clock.now() + tx.config.accounts.deletionGraceDays * dayMs;
  const others = (await findUser(tx, userId))?.role === "operator" ? await holdOtherOperators(tx, userId) : [];
  const marked = await markLeaving(tx, userId, dueAt);
  if (!marked) return { ok: false, why: "asked" };
  // Whoever became one this very moment is refused too: nobody held the others still.
  if (marked.role === "operator" && others.length === 0) return { ok: false, why: "last_operator" };
  await deleteSessionsOf(tx, userId);
  await endCodes(tx, userId);
  await announce(tx, "user", userId);
  await recordSecurityEvent(tx, { userId, kind: "deletion_requested" });
  await recordAudit(tx, { actorId: userId, action: "user.deletion_requested", subjectId: userId });
  return { ok: true, dueAt };
}

/** Somebody who signed in to an account that will be deleted: nothing but taking that back is open to him. */
export interface LeavingUser {
  sessionId: string;
  userId: string;
  username: string;
  dueAt: number;
  authenticatedAt: number;
}

/** Whose session this is, where it counts for nothing but taking the deletion back. */
export async function findLeavingUser(ctx: Ctx, token: string | undefined): Promise<LeavingUser | undefined> {
  if (token?.length !== 43) return undefined;
  const sessionId = sha256Base64Url(token);
  const row = await selectLeaving(ctx, sessionId);
  return (
    row && {
      sessionId,
      userId: row.id,
      username: row.username,
      dueAt: row.deletion_due_at!,
      authenticatedAt: row.authenticated_at,
    }
  );
}

/** Sessions of whoever signed in since come to life; what was ended before stays dead. False when it is too late. */
export async function takeDeletionBack(tx: Tx, userId: string): Promise<boolean> {
  if (!(await unmarkLeaving(tx, userId))) return false;
  await announce(tx, "user", userId);
  await recordSecurityEvent(tx, { userId, kind: "deletion_taken_back" });
  await recordAudit(tx, { actorId: userId, action: "user.deletion_taken_back", subjectId: userId });
  return true;
}

/** Whose time is over, the longest waiting first. */
export async function listDueDeletions(ctx: Ctx, limit: number): Promise<string[]> {
  return (await selectDue(ctx, limit)).map(({ id }) => id);
}

/**
 * Removes whatever this room knows of a person; the username is free again. What stays is the account number, under which the
 * bill and the audit log keep what they must. False when it was taken back meanwhile.
 */
export async function eraseUser(tx: Tx, userId: string): Promise<boolean> {
  const farewell = await selectFarewell(tx, userId);
  if (!(await buryUser(tx, userId))) return false;
  await deletePersonalRows(tx, userId);
  if (farewell?.avatar_id) await deleteAvatar(tx, farewell.avatar_id);
  await announce(tx, "user", userId);
  await recordAudit(tx, { actorId: "system", action: "user.deleted", subjectId: userId });
  if (farewell?.email && farewell.email_verified_at !== null) await sayFarewell(tx, farewell.email, farewell.locale);
  return true;
}

async function sayFarewell(tx: Tx, to: string, locale: string | null): Promise<void> {
  const { language, direction, accountDeletion } = textIn(findLanguage([locale ?? ""]) ?? "en");
  const words = accountDeletion.farewell(tx.config.brand.name);
  await queueMail(tx, { to, kind: "account_deleted", text: { language, direction, ...words } });
}
