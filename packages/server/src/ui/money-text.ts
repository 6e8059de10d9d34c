/** Amounts as people read them. In: integer micro-dollars. The minus is U+2212 and comes before the sign. */
import { assert } from "../kernel/assert.ts";

/** How often a cap starts again. */
export type Period = "day" | "week" | "month" | "total";

type Rounding = "up" | "down";
type Decimals = 2 | 4 | 6;

const microsPerDollar = 1_000_000;
const microsPerCent = 10_000;

/** What was used, to the cent and rounded up: never less than was really spent. */
export function spentText(micros: number): string {
  return toCents(micros, "up");
}

/** What was used of a limit: to the cent, but exactly where the limit itself is finer than cents. */
export function spentOfText(micros: number, limitMicros: number): string {
  return limitMicros % microsPerCent === 0 ? spentText(micros) : exactText(micros);
}

/** What may still be used, to the cent and rounded down: never a cent that is not there. */
export function leftText(micros: number): string {
  return toCents(micros, "down");
}

/** A cap or a price as it was written: two decimals, more only where the amount has them. */
export function exactText(micros: number): string {
  const shown = decimalText(micros, 6, "down");
  return shown.replace(/0{1,4}$/, "");
}

/** What stands in the field of an amount. */
export function amountInput(micros: number): string {
  return exactText(micros).slice(1).replaceAll(",", "");
}

/** One call, always to the micro-dollar, cut where its first figure stands: `["$0.0", "11130"]`. */
export function callParts(micros: number): [zeros: string, figures: string] {
  const shown = callText(micros);
  const first = shown.search(/[1-9]/);
  return first === -1
    ? [shown, ""]
    : first <= shown.indexOf("$") + 1
      ? ["", shown]
      : [shown.slice(0, first), shown.slice(first)];
}

export function callText(micros: number): string {
  return decimalText(micros, 6, "up");
}

/**
 * The amounts of one bill with as few decimals (two, four, six) as let the rows add up to the sum that is shown and
 * show no row as nothing. Six always do.
 */
export function billTexts(rows: readonly number[]): { rows: string[]; sum: string } {
  const sum = rows.reduce((total, row) => total + row, 0);
  const decimals = ([2, 4] as const).find((fewer) => addsUp(rows, sum, fewer)) ?? 6;
  return { rows: rows.map((row) => decimalText(row, decimals, "up")), sum: decimalText(sum, decimals, "up") };
}

/** How much of the limit, in per cent of at most 100 with two decimals, for the width of a meter. */
export function shareOf(micros: number, limitMicros: number): number {
  if (limitMicros <= 0) return 100;
  return Math.min(100, Math.round((micros / limitMicros) * 10_000) / 100);
}

/** A count with grouped thousands. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function addsUp(rows: readonly number[], sum: number, decimals: Decimals): boolean {
  const unit = 10 ** (6 - decimals);
  const visible = rows.every((row) => row === 0 || row >= unit);
  return visible && rows.reduce((total, row) => total + Math.ceil(row / unit), 0) === Math.ceil(sum / unit);
}

function toCents(micros: number, rounding: Rounding): string {
  if (micros > 0 && micros < microsPerCent) return "under $0.01";
  return decimalText(micros, 2, rounding);
}

function decimalText(micros: number, decimals: Decimals, rounding: Rounding): string {
  assert(Number.isSafeInteger(micros), "an amount is a safe integer of micro-dollars");
  const unit = 10 ** (6 - decimals);
  const units = rounding === "up" ? Math.ceil(micros / unit) : Math.floor(micros / unit);
  const size = Math.abs(units);
  const perDollar = microsPerDollar / unit;
  const part = String(size % perDollar).padStart(decimals, "0");
  return `${units < 0 ? "−" : ""}$${countText(Math.floor(size / perDollar))}.${part}`;
}
