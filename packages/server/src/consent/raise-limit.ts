import type { Period } from "../config/config.ts";
import type { Tx } from "../context.ts";
import { findBudget } from "../ledger/index.ts";
import type { Grant } from "./grant.ts";
import { lockLiveGrant } from "./grants.sql.ts";
import { changeTerms, type TermsChange } from "./grants.ts";

/** Raises one limit and leaves the others, and the end, as they are in the transaction: not as a page showed them. */
export async function raiseLimit(
  tx: Tx,
  { grant: { id, userId, appId }, period, limitMicros }: { grant: Grant; period: Period; limitMicros: number },
): Promise<TermsChange | { ok: false; why: "notHigher" }> {
  const grant = await lockLiveGrant(tx, userId, appId);
  const budget = grant?.budgetId ? await findBudget(tx, grant.budgetId) : undefined;
  const before = budget?.limits[period];
  // Of one that was allowed anew since, the page said nothing.
  if (grant?.id !== id || !budget || before === undefined) return { ok: false, why: "closed" };
  if (limitMicros <= before) return { ok: false, why: "notHigher" };
  const terms = { limits: { ...budget.limits, [period]: limitMicros }, expiresAt: grant.expiresAt };
  return changeTerms(tx, { userId, appId, terms });
}
