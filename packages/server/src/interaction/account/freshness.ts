import type { Grant, Terms } from "../../consent/index.ts";
import type { Ctx } from "../../context.ts";
import { budgetStatus } from "../../ledger/index.ts";

export { isRecentlySignedIn } from "../../people/index.ts";

/** Whether the app has a cap at all. */
export function mayBeSpent(grant: Grant | undefined): grant is Grant & { budgetId: string } {
  return grant !== undefined && grant.budgetId !== null;
}

/**
 * Whether new terms let anything through that the present ones hold back: a larger amount, any amount for longer, or any at
 * all where nothing may be spent. Else whoever may not raise a cap would end what it belongs to and allow it anew.
 */
export async function raises(ctx: Ctx, grant: Grant | undefined, terms: Terms): Promise<boolean> {
  if (!mayBeSpent(grant)) return true;
  if ((terms.expiresAt ?? Infinity) > (grant.expiresAt ?? Infinity)) return true;
  const present = await budgetStatus(ctx, grant.budgetId);
  return present.some(({ period, limitMicros }) => (terms.limits[period] ?? Infinity) > limitMicros);
}
