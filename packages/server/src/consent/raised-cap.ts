import { findApp } from "../apps/index.ts";
import type { Tx } from "../context.ts";
import { changeBudget, findBudget, type Limits } from "../ledger/index.ts";
import { recordSecurityEvent } from "../people/index.ts";
import { lockLiveGrant } from "./grants.sql.ts";
import type { Terms } from "./terms.ts";

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

/**
 * Whether new terms let anything through that those in force hold back: a larger amount, any amount for longer, or any at
 * all where nothing may be spent. Else whoever may not raise a cap would end what it belongs to and allow it anew. Asked in
 * the transaction of the change, under the lock of the grant: what was in force a moment before says nothing.
 */
export async function raisesTerms(
  tx: Tx,
  { userId, appId }: { userId: string; appId: string },
  terms: Terms,
): Promise<boolean> {
  const grant = await lockLiveGrant(tx, userId, appId);
  if (!grant?.budgetId) return true;
  if ((terms.expiresAt ?? Infinity) > (grant.expiresAt ?? Infinity)) return true;
  const budget = await findBudget(tx, grant.budgetId);
  return !budget || isRaised(budget.limits, terms.limits);
}

function isRaised(before: Limits, after: Limits): boolean {
  const periods = Object.keys(before) as (keyof Limits)[];
  return periods.some((period) => (after[period] ?? Infinity) > before[period]!);
}
