import type { Grant } from "../../consent/index.ts";
import type { Ctx } from "../../context.ts";
import { budgetStatus, type Limits } from "../../ledger/index.ts";
import type { Session } from "../../people/index.ts";

const recentMs = 30 * 60_000;

/** A session that lies open on a shared computer must not be enough to spend more. */
export function isRecentlySignedIn(ctx: Ctx, session: Session): boolean {
  return ctx.clock.now() - session.authenticatedAt <= recentMs;
}

/** Whether new limits let anything through that the present ones hold back. */
export async function raises(ctx: Ctx, grant: Grant, limits: Limits): Promise<boolean> {
  if (grant.budgetId === null) return true;
  const present = await budgetStatus(ctx, grant.budgetId);
  return present.some(({ period, limitMicros }) => (limits[period] ?? Number.POSITIVE_INFINITY) > limitMicros);
}
