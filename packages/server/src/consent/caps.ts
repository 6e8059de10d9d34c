import { type Config, type Period, periods } from "../config/config.ts";
import { parseDollars } from "../kernel/money.ts";
import type { Limits } from "../ledger/index.ts";

/** The most an app may spend, in micro-dollars, each period. */
export interface Cap {
  limitMicros: number;
  period: Period;
}

type Ceilings = Config["budgets"]["ceilings"];

const plainDecimal = /^\d{1,10}(?:\.\d{1,6})?$/;

/**
 * What an app proposes on the wire: `budget_limit` in decimal dollars, and `budget_period`, by default the operator's.
 * Null when it proposes nothing.
 */
export function readProposal(
  limit: string | undefined,
  period: string | undefined,
  defaultPeriod: Period,
): { ok: true; proposal: Cap | null } | { ok: false; why: string } {
  if (limit === undefined) {
    if (period === undefined) return { ok: true, proposal: null };
    return { ok: false, why: "budget_period stands without budget_limit" };
  }
  const limitMicros = plainDecimal.test(limit) ? parseDollars(limit) : undefined;
  if (!limitMicros) return { ok: false, why: 'budget_limit is an amount of dollars above zero, such as "5.00"' };
  if (period !== undefined && !isPeriod(period)) {
    return { ok: false, why: `budget_period is one of ${periods.join(", ")}` };
  }
  return { ok: true, proposal: { limitMicros, period: period ?? defaultPeriod } };
}

/** Nothing may start above the ceiling, neither what an app proposes nor what was allowed before the ceiling came. */
export function lowerToCeiling(cap: Cap, ceilings: Ceilings): Cap {
  const ceiling = ceilings[cap.period];
  return ceiling === undefined || cap.limitMicros <= ceiling ? cap : { ...cap, limitMicros: ceiling };
}

/** Whether whoever allowed `cap` has allowed `other` as well: as much in the same time, or in a longer one. */
export function covers(cap: Cap, other: Cap): boolean {
  return other.limitMicros <= cap.limitMicros && periods.indexOf(other.period) >= periods.indexOf(cap.period);
}

export function isPeriod(text: string): text is Period {
  return (periods as readonly string[]).includes(text);
}

/** Every cap in force under these limits, the one with the longest period first. */
export function capsOf(limits: Limits): Cap[] {
  return periods
    .toReversed()
    .flatMap((period) => (limits[period] === undefined ? [] : [{ limitMicros: limits[period], period }]));
}
