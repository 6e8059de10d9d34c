import { type Ctx, inTx, type Tx } from "../context.ts";
import type { PasswordHasher } from "../kernel/password.ts";
import {
  type CodeClaim,
  type CodeRefusal,
  claimCode,
  findPasswordHash,
  findUser,
  judgePassword,
  type PasswordFault,
  setPassword,
  type User,
} from "../people/index.ts";

export type PasswordVerdict = { ok: true } | { ok: false; why: PasswordFault | "wrong" | "stale" };

export interface PasswordChange {
  user: User;
  /** What was typed as the present one; not asked of a user who has none. */
  current: string;
  password: string;
  /** The session that goes on; all others end. */
  keepSession: string;
}

/**
 * Changes a password, or sets the first one of a user who has none.
 * @throws Fault `temporarily_unavailable` when too many passwords are waiting.
 */
export async function changePassword(
  ctx: Ctx,
  hasher: PasswordHasher,
  { user, current, password, keepSession }: PasswordChange,
): Promise<PasswordVerdict> {
  const seen = await findPasswordHash(ctx, user.id);
  if (seen === undefined) return { ok: false, why: "stale" };
  if (seen !== null && !(await hasher.verify(seen, current))) return { ok: false, why: "wrong" };
  const fault = await judgeOf(user, password);
  if (fault) return { ok: false, why: fault };
  const hash = await hasher.hash(password);
  return inTx(ctx, (tx) => setPassword(tx, { userId: user.id, hash, seen, keepSession }));
}

export type ResetVerdict = { ok: true; target: string } | { ok: false; why: PasswordFault } | CodeRefusal;

/**
 * Sets a password for whoever has the code that was sent to a proven address, and ends all sessions. A password that
 * cannot be used costs no attempt.
 *
 * @param isReached whether the address is still the user's own
 * @throws Fault `temporarily_unavailable` when too many passwords are waiting.
 */
export async function resetPassword(
  ctx: Ctx,
  hasher: PasswordHasher,
  claim: CodeClaim,
  { password, isReached }: { password: string; isReached: (user: User | undefined, target: string) => boolean },
): Promise<ResetVerdict> {
  const fault = await judgePassword(password, []);
  if (fault) return { ok: false, why: fault };
  const hash = await hasher.hash(password);
  return claimCode(ctx, claim, async (tx: Tx, { userId, target }): Promise<ResetVerdict> => {
    const user = await findUser(tx, userId);
    if (!user || !isReached(user, target)) return { ok: false, why: "wrong" };
    const personal = await judgeOf(user, password);
    if (personal) return { ok: false, why: personal };
    const set = await setPassword(tx, { userId, hash, seen: "any" });
    return set.ok ? { ok: true, target } : { ok: false, why: "wrong" };
  });
}

function judgeOf({ username, displayName, email }: User, password: string): Promise<PasswordFault | undefined> {
  return judgePassword(password, [username, displayName, email]);
}
