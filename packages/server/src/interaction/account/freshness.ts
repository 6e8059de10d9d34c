import type { Grant, Terms } from "../../consent/index.ts";
import type { Ctx } from "../../context.ts";
import { budgetStatus } from "../../ledger/index.ts";

export { isRecentlySignedIn } from "../../people/index.ts";

/** Whether new terms let anything through that the present ones hold back: a larger amount, or any amount for longer. */
export async function raises(ctx: Ctx, { budgetId, expiresAt }: Grant, terms: Terms): Promise<boolean> {
  if (budgetId === null) return false;
  if ((terms.expiresAt ?? Infinity) > (expiresAt ?? Infinity)) return true;
  const present = await budgetStatus(ctx, budgetId);
  return present.some(({ period, limitMicros }) => (terms.limits[period] ?? Infinity) > limitMicros);
}
