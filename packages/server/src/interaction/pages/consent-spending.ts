import {
  attribute,
  bill,
  type Frame,
  html,
  icon,
  type Markup,
  moneyField,
  notice,
  type Period,
  payerName,
  spentText,
} from "../../ui/index.ts";
import { type CapForm, capErrors, dayField, untilField } from "./cap-fields.ts";

export interface CapSpending extends CapForm {
  /** Who could pay. The first one is chosen unless `workspaceId` says otherwise. */
  workspaces: readonly { id: string; name: string; leftMicros: number }[];
  workspaceId?: string;
  /** What the app suggests. */
  proposal?: { limitMicros: number; period: Period };
  /** What the page begins with when the app suggests nothing. */
  fallback: { limitMicros: number; period: Period };
  /** The operator's highest caps. */
  ceilings?: Partial<Record<Period, number>>;
  /** The page is shown again after Enter: the terms as they were understood. */
  review?: { caps: readonly { limitMicros: number; period: Period }[]; until: number | null };
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
    ${spending.review && notice("plain", words.readBack(spending.review.caps, spending.review.until), true)}
    ${actions}
  </section>`;
}

export function billHalf({ text, now }: Frame, kept: KeptBill, actions: Markup): Markup {
  const words = text.consent;
  const rows = [
    ...(kept.cap ? [{ label: words.cap, amount: text.money.cap(kept.cap.limitMicros, kept.cap.period) }] : []),
    { label: words.spentIn(now), amount: spentText(kept.spentMicros, text.language) },
    { label: words.whoPays, amount: payerName(text, kept.payer) },
  ];
  return html`<section class="stub stub-bill stack" aria-labelledby="bill">
    <div class="stack-s"><h2 class="head" id="bill">${icon("slip", 18)}${words.billStays}</h2>${bill(rows)}</div>
    ${actions}
  </section>`;
}

function payerChoice({ text }: Frame, { workspaces, workspaceId }: CapSpending): Markup {
  const words = text.consent;
  const options = workspaces.map(({ id, name, leftMicros }) => {
    const chosen = attribute("selected", id === workspaceId);
    return html`<option value="${id}"${chosen}>${words.payer(payerName(text, name), text.money.left(leftMicros))}</option>`;
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
  const error = capErrors(text, spending.error).amount;
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
  return html`<details class="more"${open}><summary>${frame.text.consent.more}</summary><div class="pair">${dayField(frame, spending)}${untilField(frame, spending)}</div></details>`;
}
