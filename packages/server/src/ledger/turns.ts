import { type Period, periods } from "../config/config.ts";
import type { Tx } from "../context.ts";
import { type Budget, closeWindow, unclosedWindows, type WindowKey, writeWindow } from "./budgets.sql.ts";
import { type Turn, turnAt } from "./window.ts";

/** Another process's clock may be behind ours: what has ended here goes on there for a while. */
const slowestClockMs = 86_400_000;

export type LimitedTurn = WindowKey & Turn & { limitMicros: number };

/** The windows in which a budget counts at a moment, by period, the shortest first. */
export function turnsOf({ id: budgetId, limits }: Budget, now: number): LimitedTurn[] {
  return periods.flatMap((period) => {
    const limitMicros = limits[period];
    return limitMicros === undefined ? [] : [{ budgetId, period, limitMicros, ...turnAt(period, now) }];
  });
}

/**
 * Makes the budget's windows ready for holds. Afterwards each of its rows has the present limit and revision, or is
 * closed; so whoever remembers older limits finds no row, however far his clock is off. The budget's row must be locked.
 */
export async function openTurns(tx: Tx, budget: Budget, now: number): Promise<void> {
  const { id: budgetId, revision, limits } = budget;
  const unclosed = await unclosedWindows(tx, budgetId);
  const missing = turnsOf(budget, now).filter((turn) => !unclosed.some((window) => isSame(window, turn)));
  for (const window of [...unclosed, ...missing.map((turn) => ({ ...turn, revision: 0 }))].sort(inLockOrder)) {
    const limitMicros = limits[window.period];
    const isOver = window.endsAt !== null && window.endsAt <= now - slowestClockMs;
    if (limitMicros === undefined || isOver) await closeWindow(tx, { ...window, budgetId });
    else if (window.revision !== revision) await writeWindow(tx, { ...window, budgetId, limitMicros, revision });
  }
}

type OfBudget = Turn & { period: Period };

function isSame(a: OfBudget, b: OfBudget): boolean {
  return a.period === b.period && a.startsAt === b.startsAt;
}

/** The one order in which everybody locks windows of one budget; between budgets it is that of their ids. */
export function inLockOrder(a: OfBudget, b: OfBudget): number {
  if (a.period !== b.period) return a.period < b.period ? -1 : 1;
  return a.startsAt - b.startsAt;
}
