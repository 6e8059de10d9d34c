import {
  attribute,
  bill,
  type Content,
  type Frame,
  html,
  icon,
  isoDate,
  type Markup,
  moneyField,
  notice,
  type Period,
  spentText,
  type Text,
  textField,
} from "../../ui/index.ts";

const day = 86_400_000;

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

export interface CapSpending {
  /** Who could pay. The first one is chosen unless `workspaceId` says otherwise. */
  workspaces: readonly { id: string; name: string; leftMicros: number }[];
  workspaceId?: string;
  cap: CapValues;
  /** What the app suggests. */
  proposal?: { limitMicros: number; period: Period };
  /** What the page begins with when the app suggests nothing. */
  fallback: { limitMicros: number; period: Period };
  /** The operator's highest caps. */
  ceilings?: Partial<Record<Period, number>>;
  error?: CapError;
  /** The page is shown again after Enter: the cap as it was understood. */
  review?: { limitMicros: number; period: Period };
}

/** What is spent already under a cap that this request does not change. */
export interface KeptBill {
  cap?: { limitMicros: number; period: Period };
  spentMicros: number;
  payer: string;
}

export function spendingHalf(
  frame: Frame,
  app: string,
  spending: CapSpending,
  permissions: Markup,
  actions: Markup,
): Markup {
  const words = frame.text.consent;
  return html`<section class="stub stub-bill stack" aria-labelledby="bill">
    <div><h2 class="head" id="bill">${icon("slip", 18)}${words.maySpend}</h2>${permissions}</div>
    ${payerChoice(frame, spending)}
    ${capField(frame, app, spending)}
    ${furtherLimits(frame, spending)}
    ${spending.review && notice("plain", words.readBack(spending.review.limitMicros, spending.review.period), true)}
    ${actions}
  </section>`;
}

export function billHalf({ text, now }: Frame, kept: KeptBill, actions: Markup): Markup {
  const words = text.consent;
  const rows = [
    ...(kept.cap ? [{ label: words.cap, amount: text.money.cap(kept.cap.limitMicros, kept.cap.period) }] : []),
    { label: words.spentIn(now), amount: spentText(kept.spentMicros) },
    { label: words.whoPays, amount: kept.payer },
  ];
  return html`<section class="stub stub-bill stack" aria-labelledby="bill">
    <div class="stack-s"><h2 class="head" id="bill">${icon("slip", 18)}${words.billStays}</h2>${bill(rows)}</div>
    ${actions}
  </section>`;
}

/** The sentence beside the field that is wrong. */
export function capErrors(
  text: Text,
  { error }: { error?: CapError },
): Partial<Record<CapError["field"], string>> | undefined {
  if (!error) return undefined;
  const words = text.money;
  const sentence =
    error.kind === "aboveCeiling" ? words.aboveCeiling(error.ceilingMicros, error.period) : words.errors[error.kind];
  return { [error.field]: sentence };
}

function payerChoice({ text }: Frame, { workspaces, workspaceId }: CapSpending): Markup {
  const words = text.consent;
  const options = workspaces.map(({ id, name, leftMicros }) => {
    const chosen = attribute("selected", id === workspaceId);
    return html`<option value="${id}"${chosen}>${words.payer(name, text.money.left(leftMicros))}</option>`;
  });
  return html`<div class="field"><label for="workspace">${words.whoPays}</label><span class="select"><select id="workspace" name="workspace">${options}</select></span></div>`;
}

function capField({ text }: Frame, app: string, spending: CapSpending): Markup {
  const { cap, proposal, fallback, ceilings = {} } = spending;
  const words = text.consent;
  const suggestion = proposal
    ? words.suggests(app, proposal.limitMicros, proposal.period)
    : words.suggestsNone(app, fallback.limitMicros, fallback.period);
  const limits = Object.entries(ceilings) as [Period, number][];
  const error = capErrors(text, spending)?.amount;
  const field = moneyField(text, {
    name: "cap_amount",
    label: text.money.fieldLabel,
    value: cap.amount,
    period: cap.period,
    periodName: "cap_period",
    large: true,
    required: true,
    help: html`${suggestion}${limits.length > 0 && ` ${text.money.ceilings(limits)}`}`,
    error,
    focus: error !== undefined,
  });
  return html`<fieldset class="field"><legend class="label">${text.money.most}</legend>${field}</fieldset>`;
}

function furtherLimits(frame: Frame, spending: CapSpending): Markup {
  const wrong = spending.error !== undefined && spending.error.field !== "amount";
  const open = attribute("open", wrong || Boolean(spending.cap.day || spending.cap.until));
  return html`<details class="more"${open}><summary>${frame.text.consent.more}</summary>${furtherFields(frame, spending.cap, spending.error)}</details>`;
}

/** The second cap and the end date, as on the page of the connected apps. */
export function furtherFields({ text, now }: Frame, cap: CapValues, error: CapError | undefined): Markup {
  const words = text.money;
  const errors = capErrors(text, { error });
  const dayField = moneyField(text, {
    name: "cap_day",
    value: cap.day ?? "",
    placeholder: words.noSecondCap,
    error: errors?.day,
    focus: errors?.day !== undefined,
  });
  return html`<div class="pair"><div class="field"><label for="cap_day">${words.secondCap}</label>${dayField}</div>${untilField(text, now, cap, errors?.until)}</div>`;
}

function untilField(text: Text, now: number, cap: CapValues, error: string | undefined): Content {
  return textField({
    name: "until",
    label: text.money.until,
    type: "date",
    value: cap.until,
    min: isoDate(now + day),
    error,
    focus: error !== undefined,
  });
}
