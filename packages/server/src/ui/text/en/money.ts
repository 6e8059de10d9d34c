import { exactText, leftText, type Period, spentOfText, spentText } from "../../money-text.ts";
import { resetText } from "../../time-text.ts";

const each = { day: "each day", week: "each week", month: "each month", total: "in total" } as const;
const current = { day: "today", week: "this week", month: "this month", total: "in total" } as const;

/** Caps, gauges and the fields of an amount. */
export const money = {
  each,
  /** The workspace that everybody has. */
  personal: "Personal",
  cap: (limitMicros: number, period: Period) => `${exactText(limitMicros)} ${each[period]}`,
  ofLimit: (limitMicros: number, period: Period) => `of ${exactText(limitMicros)} ${current[period]}`,
  meter: (spentMicros: number, heldMicros: number, limitMicros: number) =>
    heldMicros > 0
      ? `${spentOfText(spentMicros, limitMicros)} spent, ${spentOfText(heldMicros, limitMicros)} held of ${exactText(limitMicros)}`
      : `${spentOfText(spentMicros, limitMicros)} spent of ${exactText(limitMicros)}`,
  heldForCalls: (heldMicros: number) => `${spentText(heldMicros)} held for calls in progress.`,
  startsAgain: (at: number, now: number) => `Starts again on ${resetText(at, now)}.`,
  startsAgainAtMidnight: "Starts again at 00:00 UTC.",
  neverStartsAgain: "Does not start again.",
  left: (micros: number) => `${leftText(micros)} left`,
  fieldLabel: "Cap in US dollars",
  periodLabel: "Period of the cap",
  most: "The most it may spend",
  secondCap: "And each day, at most",
  noSecondCap: "no daily cap",
  until: "Until",
  errors: {
    form: "Write an amount such as 10 or 10.50.",
    zero: "Write an amount above zero, or refuse spending.",
    dayAboveCap: "The daily cap is above the cap. Lower it or leave it empty.",
    past: "Choose a day after today, or leave it empty.",
    date: "Write a date such as 2027-02-01, or leave it empty.",
  },
  aboveCeiling: (ceilingMicros: number, period: Period) =>
    `The most anyone may allow here is ${exactText(ceilingMicros)} ${each[period]}.`,
  ceilings: (limits: readonly (readonly [Period, number])[]) =>
    `No cap may be above ${limits.map(([period, micros]) => `${exactText(micros)} ${each[period]}`).join(" or ")}.`,
};

export type CapErrorKind = keyof typeof money.errors;
