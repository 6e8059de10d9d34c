import type { Grant, Terms } from "../../consent/index.ts";
import type { Ctx } from "../../context.ts";
import { budgetStatus } from "../../ledger/index.ts";
import type { Session } from "../../people/index.ts";

const recentMs = 30 * 60_000;

/** A session that lies open on a shared computer must not be enough to spend more. */
export function isRecentlySignedIn(ctx: Ctx, session: Session): boolean {
  return ctx.clock.now() - session.authenticatedAt <= recentMs;
}

/** Whether new terms let anything through that the present ones hold back: a larger amount, or any amount for longer. */
export async function raises(ctx: Ctx, { budgetId, expiresAt }: Grant, terms: Terms): Promise<boolean> {
  if (budgetId === null) return false;
  if ((terms.expiresAt ?? Infinity) > (expiresAt ?? Infinity)) return true;
  const present = await budgetStatus(ctx, budgetId);
  return present.some(({ period, limitMicros }) => (terms.limits[period] ?? Infinity) > limitMicros);
}
