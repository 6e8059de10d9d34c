/** What the platform lets Storyteller spend. Amounts are micro-dollars. */
export interface Budget {
  limitMicros: number;
  remainingMicros: number;
  period: string;
  /** Epoch milliseconds; absent for a cap in total. */
  resetsAt: number | undefined;
}

const microsPerDollar = 1_000_000;

/** Dollars as the platform writes them ("0.912345") in micro-dollars. */
export function readMicros(dollars: unknown): number {
  return Math.round(Number(dollars) * microsPerDollar);
}

/** The `budget` of a token answer; absent when spending was not granted. */
export function readBudget(value: unknown): Budget | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { limit, remaining, period, resets_at: resetsAt } = value as Record<string, unknown>;
  return {
    limitMicros: readMicros(limit),
    remainingMicros: readMicros(remaining),
    period: String(period),
    resetsAt: readTime(resetsAt),
  };
}

export function readTime(value: unknown): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** What is left, rounded down: never promise a cent that is not there. */
export function leftText(micros: number): string {
  return micros > 0 && micros < 10_000
    ? "under $0.01"
    : `$${(Math.floor(Math.max(0, micros) / 10_000) / 100).toFixed(2)}`;
}

/** The price of one call, exact: the zeros before its first figure apart, because they are shown dimmed. */
export function callParts(micros: number): [zeros: string, figures: string] {
  const text = `$${(micros / microsPerDollar).toFixed(6)}`;
  const zeros = /^\$0\.0*/.exec(text)?.[0] ?? "";
  return zeros.length === text.length ? [text, ""] : [zeros, text.slice(zeros.length)];
}

const everyPeriod: Record<string, string> = { day: "today", week: "this week", month: "this month", total: "in total" };

export function periodText(period: string): string {
  return everyPeriod[period] ?? "";
}

/** `1 December, 00:00 UTC`. */
export function timeText(time: number): string {
  const date = new Date(time);
  const day = date.toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}
