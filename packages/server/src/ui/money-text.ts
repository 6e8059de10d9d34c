/**
 * Amounts as people read them. In: integer micro-dollars. Written by the habits of
 * the language. The minus is U+2212 and comes before the amount.
 */
import { assert } from "../kernel/assert.ts";
import { habits, type Language } from "./language.ts";
import { unitsOf } from "./text/units.ts";

/** How often a cap starts again. */
export type Period = "day" | "week" | "month" | "total";

type Rounding = "up" | "down";

const microsPerDollar = 1_000_000;
const microsPerCent = 10_000;

/** What was used, to the cent and rounded up: never less than was really spent. */
export function spentText(micros: number, language: Language = "en"): string {
  return toCents(micros, "up", language);
}

/** What was used of a limit: to the cent, but exactly where the limit itself is finer than cents. */
export function spentOfText(micros: number, limitMicros: number, language: Language = "en"): string {
  return limitMicros % microsPerCent === 0 ? spentText(micros, language) : exactText(micros, language);
}

/** What may still be used, to the cent and rounded down: never a cent that is not there. */
export function leftText(micros: number, language: Language = "en"): string {
  return toCents(micros, "down", language);
}

/** A cap or a price as it was written: two decimals, more only where the amount has them. */
export function exactText(micros: number, language: Language = "en"): string {
  const needed = String(Math.abs(micros) % microsPerDollar)
    .padStart(6, "0")
    .replace(/0{1,4}$/, "").length;
  return decimalText(micros, needed, "down", language);
}

/** What stands in the field of an amount: with a point in every language, which every language may write there. */
export function amountInput(micros: number): string {
  return exactText(micros).slice(1).replaceAll(",", "");
}

/** One call, always to the micro-dollar, cut where its first figure stands: `["$0.0", "11130"]`. */
export function callParts(micros: number, language: Language = "en"): [zeros: string, figures: string] {
  const shown = callText(micros, language);
  const first = shown.search(/[1-9]/);
  if (first === -1) return [shown, ""];
  return first === shown.search(/\d/) ? ["", shown] : [shown.slice(0, first), shown.slice(first)];
}

export function callText(micros: number, language: Language = "en"): string {
  return decimalText(micros, 6, "up", language);
}

/**
 * The amounts of one bill with as few decimals (two, four, six) as let the rows add up to the sum that is shown and
 * show no row as nothing. Six always do.
 */
export function billTexts(rows: readonly number[], language: Language = "en"): { rows: string[]; sum: string } {
  const sum = rows.reduce((total, row) => total + row, 0);
  const decimals = ([2, 4] as const).find((fewer) => addsUp(rows, sum, fewer)) ?? 6;
  const shown = (micros: number) => decimalText(micros, decimals, "up", language);
  return { rows: rows.map(shown), sum: shown(sum) };
}

/** How much of the limit, in per cent of at most 100 with two decimals, for the width of a meter. */
export function shareOf(micros: number, limitMicros: number): number {
  if (limitMicros <= 0) return 100;
  return Math.min(100, Math.round((micros / limitMicros) * 10_000) / 100);
}

/** A count with grouped thousands. */
export function countText(count: number, language: Language = "en"): string {
  return formatOf(`count ${language}`, () => new Intl.NumberFormat(habits[language].numbers)).format(count);
}

function addsUp(rows: readonly number[], sum: number, decimals: number): boolean {
  const unit = 10 ** (6 - decimals);
  const visible = rows.every((row) => row === 0 || row >= unit);
  return visible && rows.reduce((total, row) => total + Math.ceil(row / unit), 0) === Math.ceil(sum / unit);
}

function toCents(micros: number, rounding: Rounding, language: Language): string {
  if (micros > 0 && micros < microsPerCent)
    return unitsOf[language].underCent(decimalText(microsPerCent, 2, "up", language));
  return decimalText(micros, 2, rounding, language);
}

function decimalText(micros: number, decimals: number, rounding: Rounding, language: Language): string {
  assert(Number.isSafeInteger(micros), "an amount is a safe integer of micro-dollars");
  const unit = 10 ** (6 - decimals);
  const units = rounding === "up" ? Math.ceil(micros / unit) : Math.floor(micros / unit);
  const size = Math.abs(units);
  const perDollar = microsPerDollar / unit;
  const part = String(size % perDollar).padStart(decimals, "0");
  // As text: a large amount with all its decimals is no exact number.
  const amount = `${Math.floor(size / perDollar)}.${part}` as `${number}`;
  return `${units < 0 ? "−" : ""}${dollarFormat(language, decimals).format(amount)}`;
}

function dollarFormat(language: Language, decimals: number): Intl.NumberFormat {
  return formatOf(`${decimals} ${language}`, () => {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    return new Intl.NumberFormat(habits[language].numbers, { style: "currency", currency: "USD", ...digits });
  });
}

/** Making one takes a thousand times as long as using it. There are a few for each language. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(name: string, make: () => Intl.NumberFormat): Intl.NumberFormat {
  const known = formats.get(name) ?? make();
  formats.set(name, known);
  return known;
}
