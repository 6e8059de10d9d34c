import type { Ctx, Tx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { splitWords } from "../kernel/words.ts";
import { deleteOtherSessions, deleteSession, type SessionRow, selectSessionsOf } from "./sessions.sql.ts";

/** A sign-in as its user may see it. Times are epoch milliseconds. */
export interface ShownSession {
  /** Made of the stored id, which is made of the cookie, each in one direction only: whoever reads it can use nothing. */
  id: string;
  amr: string[];
  userAgent: string | null;
  /** As coarse as a country, and only where the operator has a database for it. */
  place: string | null;
  authenticatedAt: number;
  createdAt: number;
  /** To the day. */
  lastUsedAt: number;
  expiresAt: number;
  isCurrent: boolean;
}

/** The living sessions of a user, the last used first. */
export async function listSessions(ctx: Ctx, userId: string, currentId?: string): Promise<ShownSession[]> {
  return (await selectSessionsOf(ctx, userId)).map((row) => show(row, currentId));
}

/** Its cookie is worth nothing from now on. False when the user has no such session. */
export async function endOwnSession(tx: Tx, userId: string, shownId: string): Promise<boolean> {
  const row = (await selectSessionsOf(tx, userId)).find(({ id }) => shownIdOf(id) === shownId);
  if (!row || !(await deleteSession(tx, row.id))) return false;
  await recordAudit(tx, { actorId: userId, action: "session.ended", subjectId: shownId });
  return true;
}

/** Ends all of a user's sessions but the one he is using, if any. Answers how many there were. */
export async function endOtherSessions(tx: Tx, userId: string, currentId: string | undefined): Promise<number> {
  const ended = (await deleteOtherSessions(tx, { userId, except: currentId ?? "" })).length;
  if (ended > 0) await recordAudit(tx, { actorId: userId, action: "sessions.ended", subjectId: userId });
  return ended;
}

function show(row: SessionRow, currentId: string | undefined): ShownSession {
  return {
    id: shownIdOf(row.id),
    amr: splitWords(row.amr),
    userAgent: row.user_agent,
    place: row.place,
    authenticatedAt: row.authenticated_at,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    isCurrent: row.id === currentId,
  };
}

function shownIdOf(id: string): string {
  return `ses_${sha256Hex(`shown ${id}`).slice(0, 32)}`;
}
