import { type Period, periods } from "../config/config.ts";
import type { Ctx, Tx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { assertAmount } from "./amount.ts";
import { addBudget, findBudget, findLastUse, type Limits, rewriteLimits, windowsEndingAfter } from "./budgets.sql.ts";
import { openTurns, turnsOf } from "./turns.ts";

/** What a budget says of one period now. */
export interface WindowStatus {
  period: Period;
  limitMicros: number;
  spentMicros: number;
  /** Taken by calls in flight. */
  heldMicros: number;
  /** What a new call may still cost; never below zero. */
  remainingMicros: number;
  startsAt: number;
  /** Null for a total, which never resets. */
  resetsAt: number | null;
  /** When the budget last admitted a call, in whatever period. */
  lastUsedAt: number | null;
}

/** A budget has at least one limit: without a window there would be no row whose guard could refuse. */
export async function createBudget(tx: Tx, limits: Limits): Promise<string> {
  assertLimits(limits);
  const id = tx.random.id("bud");
  await addBudget(tx, id, limits);
  return id;
}

/**
 * Every hold admitted after this commit keeps the new limits; calls in flight go on. What a newly limited period counts
 * begins now.
 */
export async function changeBudget(tx: Tx, budgetId: string, limits: Limits): Promise<void> {
  assertLimits(limits);
  await openTurns(tx, await rewriteLimits(tx, budgetId, limits), tx.clock.now());
}

/** The periods that have a limit, day first. A period nobody has spent in yet has no row, and is told all the same. */
export async function budgetStatus(ctx: Ctx, budgetId: string): Promise<WindowStatus[]> {
  const now = ctx.clock.now();
  const budget = await findBudget(ctx, budgetId);
  assert(budget, `there is a budget ${budgetId}`);
  const rows = await windowsEndingAfter(ctx, budgetId, now);
  const lastUsedAt = await findLastUse(ctx, budgetId);
  return turnsOf(budget, now).map(({ period, limitMicros, startsAt, endsAt }) => {
    const row = rows.find((candidate) => candidate.period === period && candidate.startsAt === startsAt);
    const spentMicros = row?.spentMicros ?? 0;
    const heldMicros = row?.heldMicros ?? 0;
    const remainingMicros = Math.max(0, limitMicros - spentMicros - heldMicros);
    return { period, limitMicros, spentMicros, heldMicros, remainingMicros, startsAt, resetsAt: endsAt, lastUsedAt };
  });
}

function assertLimits(limits: Limits): void {
  const given = periods.flatMap((period) => limits[period] ?? []);
  assert(given.length > 0, "a budget limits at least one period");
  for (const limit of given) assertAmount(limit, "a limit");
}
