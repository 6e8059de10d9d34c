import type { Config, Period } from "../config/config.ts";
import { parseDollars } from "../kernel/money.ts";
import type { Limits } from "../ledger/index.ts";
import { isPeriod } from "./caps.ts";

/** On what terms an app may spend. */
export interface Terms {
  limits: Limits;
  /** Epoch milliseconds; null is until revoked. */
  expiresAt: number | null;
}

/** The fields of the form, as a person wrote them. */
export interface TermsForm {
  /** `10`, `10.5`, `10,50` or `$10`. */
  amount: string;
  period: string;
  /** A second cap, each day; may be empty. */
  day: string;
  /** `YYYY-MM-DD`, the day on which it ends at 00:00 UTC; may be empty. */
  until: string;
}

/** What is wrong, and in which field. */
export type TermsFault =
  | { field: "amount" | "day"; kind: "form" | "zero" | "dayAboveCap" }
  | { field: "amount" | "day"; kind: "aboveCeiling"; ceilingMicros: number; period: Period }
  | { field: "until"; kind: "past" | "date" };

export type TermsVerdict = { ok: true; terms: Terms } | { ok: false; fault: TermsFault };

type Ceilings = Config["budgets"]["ceilings"];

/** Reads the form of a cap; no amount may be above the operator's ceiling of its period. */
export function readTerms(form: TermsForm, ceilings: Ceilings, now: number): TermsVerdict {
  if (!isPeriod(form.period)) return { ok: false, fault: { field: "amount", kind: "form" } };
  const main = readAmount("amount", form.amount, form.period, ceilings);
  if (typeof main === "object") return { ok: false, fault: main };
  const limits: Limits = { [form.period]: main };
  if (form.day.trim() !== "") {
    const day = readAmount("day", form.day, "day", ceilings);
    if (typeof day === "object") return { ok: false, fault: day };
    if (day > main) return { ok: false, fault: { field: "day", kind: "dayAboveCap" } };
    limits.day = day;
  }
  const expiresAt = readUntil(form.until, now);
  if (typeof expiresAt === "string") return { ok: false, fault: { field: "until", kind: expiresAt } };
  return { ok: true, terms: { limits, expiresAt } };
}

/** The end that a person wrote, as epoch milliseconds; null for none, or else what is wrong with it. */
export function readUntil(text: string, now: number): number | null | "past" | "date" {
  if (text.trim() === "") return null;
  const expiresAt = readDay(text.trim());
  if (expiresAt === undefined) return "date";
  return expiresAt <= now ? "past" : expiresAt;
}

function readAmount(field: "amount" | "day", text: string, period: Period, ceilings: Ceilings): number | TermsFault {
  const micros = parseDollars(text);
  if (micros === undefined) return { field, kind: "form" };
  if (micros === 0) return { field, kind: "zero" };
  const ceilingMicros = ceilings[period];
  if (ceilingMicros !== undefined && micros > ceilingMicros) {
    return { field, kind: "aboveCeiling", ceilingMicros, period };
  }
  return micros;
}

/** Midnight UTC of a date; undefined for anything that is not a real one. */
function readDay(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  // 30 February parses to NaN or to another day, depending on the month.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? undefined : at;
}
