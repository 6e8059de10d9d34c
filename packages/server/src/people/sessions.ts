import { type Ctx, inTx, type Tx } from "../context.ts";
import { encodeBase64Url } from "../kernel/bytes.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import { joinWords, splitWords } from "../kernel/words.ts";
import { type Acr, oneFactor, readAcr } from "./acr.ts";
import {
  deleteAllSessions,
  deleteExpiredSessions,
  deleteSession,
  findSessionAndUserRow,
  findSessionRow,
  insertSession,
  type SessionRow,
  touchSession,
} from "./sessions.sql.ts";
import type { User } from "./user.ts";

export interface Session {
  /** Not the cookie: its hash. */
  id: string;
  userId: string;
  /** When the user last proved who they are, in epoch milliseconds; `auth_time` in seconds. */
  authenticatedAt: number;
  /** RFC 8176. The first factor comes first. */
  amr: string[];
  /** How surely. */
  acr: Acr;
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
  options: {
    amr: readonly string[];
    acr?: Acr;
    userAgent: string | null;
    /** Of `seeDevice`. */
    deviceId?: string | undefined;
    replaces?: string | undefined;
    /** Epoch milliseconds. @default now */
    authenticatedAt?: number;
  },
): Promise<{ token: string; session: Session }> {
  if (options.replaces !== undefined) await deleteSession(tx, options.replaces);
  const token = encodeBase64Url(tx.random.bytes(32));
  const now = tx.clock.now();
  const row = await insertSession(tx, {
    id: sha256Base64Url(token),
    user_id: user.id,
    user_generation: user.generation,
    amr: joinWords(options.amr),
    acr: options.acr ?? oneFactor,
    authenticated_at: options.authenticatedAt ?? now,
    created_at: now,
    last_used_at: now,
    expires_at: now + idleLife,
    user_agent: options.userAgent?.slice(0, 256) ?? null,
    device_id: options.deviceId ?? null,
  });
  return { token, session: toSession(row) };
}

/** The living session of a cookie. */
export async function findSession(ctx: Ctx, token: string | undefined): Promise<Session | undefined> {
  const id = sessionIdOf(token);
  const row = id && (await findSessionRow(ctx, id));
  return row ? useSession(ctx, row) : undefined;
}

export async function findSessionUser(
  ctx: Ctx,
  token: string | undefined,
): Promise<{ session: Session; user: User } | undefined> {
  const id = sessionIdOf(token);
  const row = id && (await findSessionAndUserRow(ctx, id));
  if (!row) return undefined;
  const user: User = {
    id: row.user_id,
    username: row.username,
    displayName: row.display_name,
    email: row.email,
    emailVerifiedAt: row.email_verified_at,
    phone: row.phone,
    phoneVerifiedAt: row.phone_verified_at,
    address: row.address,
    locale: row.locale,
    nickname: row.nickname,
    avatarId: row.avatar_id,
    role: row.role,
    generation: row.user_generation,
    disabledAt: null,
    deletionDueAt: null,
    createdAt: row.user_created_at,
    updatedAt: row.user_updated_at,
  };
  return { session: await useSession(ctx, row), user };
}

/** What is stored of a cookie; undefined for a text that cannot be one. */
function sessionIdOf(token: string | undefined): string | undefined {
  return token?.length === 43 ? sha256Base64Url(token) : undefined;
}

async function useSession(ctx: Ctx, row: SessionRow): Promise<Session> {
  if (ctx.clock.now() - row.last_used_at > touchEvery) await prolong(ctx, row);
  return toSession(row);
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
    acr: readAcr(row.acr) ?? oneFactor,
    expiresAt: row.expires_at,
  };
}
