import type { Ctx } from "../context.ts";
import { type Acr, twoFactors } from "./acr.ts";
import type { Session } from "./sessions.ts";
import { selectTotpKey } from "./totp-keys.sql.ts";

const recentMs = 30 * 60_000;

/**
 * A session that lies open on a shared computer must not be enough to spend more, or to send people elsewhere. The session of
 * somebody with a second factor has seen it, or is dead: so a recent one is recent in both.
 */
export function isRecentlySignedIn(ctx: Ctx, session: Pick<Session, "authenticatedAt">): boolean {
  return ctx.clock.now() - session.authenticatedAt <= recentMs;
}

/** The same for a proof that is no living session: a call signed with a key, or the sign-in that a token came of. */
export async function isRecentlyProven(
  ctx: Ctx,
  { userId, authenticatedAt, acr }: { userId: string; authenticatedAt: number; acr: Acr | null },
): Promise<boolean> {
  if (!isRecentlySignedIn(ctx, { authenticatedAt })) return false;
  return acr === twoFactors || (await selectTotpKey(ctx, userId)) === undefined;
}
