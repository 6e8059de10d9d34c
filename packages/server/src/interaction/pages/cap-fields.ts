import {
  type Frame,
  html,
  isoDate,
  type Markup,
  moneyField,
  type Period,
  type Text,
  textField,
} from "../../ui/index.ts";

const dayMs = 86_400_000;

/** What can be wrong with a cap, and in which field. `aboveCeiling` carries the ceiling it broke. */
export type CapError =
  | { field: "amount" | "day"; kind: "form" | "zero" | "dayAboveCap" }
  | { field: "amount" | "day"; kind: "aboveCeiling"; ceilingMicros: number; period: Period }
  | { field: "until"; kind: "past" | "date" };

/** The fields of a cap as they were written, or as the page begins. */
export interface CapValues {
  amount: string;
  period: Period;
  /** The second cap, each day. */
  day?: string;
  /** `YYYY-MM-DD`. */
  until?: string;
}

/** A cap in a form, and what is wrong with it. */
export interface CapForm {
  cap: CapValues;
  error?: CapError;
}

/** The sentence beside the field that is wrong. */
export function capErrors(text: Text, error: CapError | undefined): Partial<Record<CapError["field"], string>> {
  if (!error) return {};
  const words = text.money;
  const sentence =
    error.kind === "aboveCeiling" ? words.aboveCeiling(error.ceilingMicros, error.period) : words.errors[error.kind];
  return { [error.field]: sentence };
}

export function dayField({ text }: Frame, { cap, error }: CapForm): Markup {
  const wrong = capErrors(text, error).day;
  const field = moneyField(text, {
    name: "cap_day",
    value: cap.day ?? "",
    placeholder: text.money.noSecondCap,
    error: wrong,
    focus: wrong !== undefined,
  });
  return html`<div class="field"><label for="cap_day">${text.money.secondCap}</label>${field}</div>`;
}

export function untilField({ text, now }: Frame, { cap, error }: CapForm): Markup {
  const wrong = capErrors(text, error).until;
  return textField({
    name: "until",
    label: text.money.until,
    type: "date",
    value: cap.until,
    min: isoDate(now + dayMs),
    error: wrong,
    focus: wrong !== undefined,
  });
}
