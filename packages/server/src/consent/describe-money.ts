import type { Config } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { findBudget, findWallet, sumByApp } from "../ledger/index.ts";
import { workspacesOf } from "../workspaces/index.ts";
import { type Cap, capsOf, lowerToCeiling } from "./caps.ts";
import type { Grant } from "./grant.ts";

/** The part of the page where money begins. */
export interface AskedSpending {
  /** Who could pay, and what is left there for new calls. */
  payers: { id: string; name: string; leftMicros: number }[];
  start: StartTerms;
  proposal: Cap | null;
  /** What the form starts with when the app proposes nothing. */
  fallback: Cap;
}

/** What stands in the form at first. */
export interface StartTerms {
  cap: Cap;
  /** The second cap, each day. */
  dayMicros: number | null;
  expiresAt: number | null;
}

/** What is spent under a cap that a further request leaves as it is. */
export interface KeptBill {
  cap: Cap;
  /** This month (UTC). */
  spentMicros: number;
  payer: string;
}

/** The caps of a grant, the one with the longest period first; none while spending is refused. */
export async function capsInForce(ctx: Ctx, grant: Grant | undefined): Promise<Cap[]> {
  if (!grant?.budgetId) return [];
  const budget = await findBudget(ctx, grant.budgetId);
  assert(budget, "a grant names a budget");
  return capsOf(budget.limits);
}

export async function describePayers(ctx: Ctx, userId: string): Promise<AskedSpending["payers"]> {
  const workspaces = await workspacesOf(ctx, userId);
  return Promise.all(
    workspaces.map(async ({ id, name }) => {
      const wallet = await findWallet(ctx, id);
      return { id, name, leftMicros: wallet ? wallet.balanceMicros - wallet.heldMicros : 0 };
    }),
  );
}

/**
 * What is in force, else what the app proposes, else the operator's default; never above the operator's ceiling.
 * A proposal that is asked about goes before what is in force: it is the question.
 */
export function startOf(
  { default: fallback, ceilings }: Config["budgets"],
  grant: Grant | undefined,
  inForce: readonly Cap[],
  proposal: Cap | null,
  raised: boolean,
): StartTerms {
  const [main, second] = inForce;
  const cap = lowerToCeiling((raised ? proposal : main) ?? proposal ?? fallback, ceilings);
  const day = second?.period === "day" && cap.period !== "day" ? lowerToCeiling(second, ceilings) : undefined;
  return {
    cap,
    dayMicros: day ? Math.min(day.limitMicros, cap.limitMicros) : null,
    expiresAt: grant?.expiresAt ?? null,
  };
}

export async function describeBill(ctx: Ctx, grant: Grant): Promise<KeptBill | null> {
  const [cap] = await capsInForce(ctx, grant);
  const payer = (await workspacesOf(ctx, grant.userId)).find(({ id }) => id === grant.workspaceId);
  if (!cap || !payer) return null;
  const now = ctx.clock.now();
  const today = new Date(now);
  const from = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1);
  const sums = await sumByApp(ctx, { walletId: payer.id, appId: grant.appId, from, to: now + 1 });
  return { cap, spentMicros: sums[0]?.costMicros ?? 0, payer: payer.name };
}
