import type { Ctx } from "../context.ts";
import type { Session } from "./sessions.ts";

const recentMs = 30 * 60_000;

/** A session that lies open on a shared computer must not be enough to spend more, or to send people elsewhere. */
export function isRecentlySignedIn(ctx: Ctx, session: Pick<Session, "authenticatedAt">): boolean {
  return ctx.clock.now() - session.authenticatedAt <= recentMs;
}
