import { type Ctx, inTx, type Tx } from "../context.ts";
import { encodeBase64Url } from "../kernel/bytes.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import { splitWords } from "../kernel/words.ts";
import {
  deleteAllSessions,
  deleteExpiredSessions,
  deleteSession,
  findSessionRow,
  insertSession,
  type SessionRow,
  touchSession,
} from "./sessions.sql.ts";
import type { User } from "./user.ts";
import { findUser } from "./users.sql.ts";

export interface Session {
  /** Not the cookie: its hash. */
  id: string;
  userId: string;
  /** When the user last proved who they are, in epoch milliseconds; `auth_time` in seconds. */
  authenticatedAt: number;
  /** RFC 8176. */
  amr: string[];
  expiresAt: number;
}

const day = 86_400_000;
const idleLife = 14 * day;
const touchEvery = day;
const longestLife = 90 * day;

/**
 * Begins a session and answers the cookie's value, which is stored nowhere. A sign-in always begins a new one, so a
 * cookie that somebody planted before is worth nothing (ASVS 7.2.4); `replaces` is the session it takes the place of.
 */
export async function startSession(
  tx: Tx,
  user: User,
  options: { amr: string[]; userAgent: string | null; replaces?: string | undefined },
): Promise<{ token: string; session: Session }> {
  if (options.replaces !== undefined) await deleteSession(tx, options.replaces);
  const token = encodeBase64Url(tx.random.bytes(32));
  const now = tx.clock.now();
  const row = await insertSession(tx, {
    id: sha256Base64Url(token),
    user_id: user.id,
    user_generation: user.generation,
    amr: options.amr.join(" "),
    authenticated_at: now,
    created_at: now,
    last_used_at: now,
    expires_at: now + idleLife,
    user_agent: options.userAgent?.slice(0, 256) ?? null,
  });
  return { token, session: toSession(row) };
}

/** The living session of a cookie, with its user's facts left to {@link findSessionUser}. One read. */
export async function findSession(ctx: Ctx, token: string | undefined): Promise<Session | undefined> {
  if (token === undefined || token.length !== 43) return undefined;
  const row = await findSessionRow(ctx, sha256Base64Url(token));
  if (!row) return undefined;
  if (ctx.clock.now() - row.last_used_at > touchEvery) await prolong(ctx, row);
  return toSession(row);
}

export async function findSessionUser(
  ctx: Ctx,
  token: string | undefined,
): Promise<{ session: Session; user: User } | undefined> {
  const session = await findSession(ctx, token);
  const user = session && (await findUser(ctx, session.userId));
  return session && user && { session, user };
}

export async function endSession(tx: Tx, sessionId: string): Promise<boolean> {
  return (await deleteSession(tx, sessionId)) !== undefined;
}

/** For the time after restoring a backup, which holds sessions that were ended since. Answers how many there were. */
export async function endAllSessions(tx: Tx): Promise<number> {
  return (await deleteAllSessions(tx)).length;
}

export async function forgetExpiredSessions(tx: Tx): Promise<number> {
  return (await deleteExpiredSessions(tx, tx.clock.now())).length;
}

/** Once a day, so that reading a page hardly ever writes. */
async function prolong(ctx: Ctx, row: SessionRow): Promise<void> {
  const expiresAt = Math.min(ctx.clock.now() + idleLife, row.created_at + longestLife);
  await inTx(ctx, (ctx) => touchSession(ctx, row.id, expiresAt));
}

function toSession(row: SessionRow): Session {
  return {
    id: row.id,
    userId: row.user_id,
    authenticatedAt: row.authenticated_at,
    amr: splitWords(row.amr),
    expiresAt: row.expires_at,
  };
}
