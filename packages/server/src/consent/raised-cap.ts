import { findApp } from "../apps/index.ts";
import type { Tx } from "../context.ts";
import { changeBudget, findBudget, type Limits } from "../ledger/index.ts";
import { recordSecurityEvent } from "../people/index.ts";

/** Changes what an app may spend. When anything gets through that was held back before, the user is told. */
export async function changeCap(
  tx: Tx,
  { userId, appId, budgetId, limits }: { userId: string; appId: string; budgetId: string; limits: Limits },
): Promise<void> {
  const before = await findBudget(tx, budgetId);
  await changeBudget(tx, budgetId, limits);
  if (!before || !isRaised(before.limits, limits)) return;
  const app = await findApp(tx, appId);
  await recordSecurityEvent(tx, { userId, kind: "cap_raised", detail: { app: app?.name ?? appId } });
}

function isRaised(before: Limits, after: Limits): boolean {
  const periods = Object.keys(before) as (keyof Limits)[];
  return periods.some((period) => (after[period] ?? Infinity) > before[period]!);
}
