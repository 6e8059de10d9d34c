import {
  type AppFace,
  appTile,
  attribute,
  bill,
  type Content,
  exactText,
  type Frame,
  gauge,
  hidden,
  html,
  type Markup,
  moneyField,
  notice,
  type Person,
  payerName,
  perforation,
  renderStage,
  type Text,
  trustBadge,
} from "../../ui/index.ts";
import type { CapWindow } from "./cap-gauges.ts";

export type LimitError = { kind: "form" | "zero" | "notHigher" | "aboveCeiling" };

/** The app's own page. */
export interface AppBack {
  url: string;
  host: string;
}

export interface LimitProps {
  person: Person;
  csrf: string;
  grantId: string;
  app: AppFace;
  /** The cap that stops the app, or would stop it first. */
  window: CapWindow;
  /** Its last call was refused for this cap. */
  reached: boolean;
  /** The workspace that pays, and what it has left. */
  payer: { name: string; leftMicros: number };
  /** The operator's highest cap for this period. */
  ceilingMicros?: number;
  /** The app's own page, to which the person can go back. */
  back?: AppBack | undefined;
  /** What was written after a failed submit. */
  other?: string;
  error?: LimitError;
}

/**
 * `POST /account/limit` with `csrf`, `grant`, `cap_period`, `refused` (when the cap is reached), `decision` (`raise`,
 * `leave`), `cap` (integer micro-dollars of the choice) and `cap_other` (dollars as written; wins when it is not empty).
 */
export function renderLimit(frame: Frame, props: LimitProps): string {
  const { app, window, person } = props;
  const words = frame.text.limit;
  return renderStage(frame, {
    title: words.title(app.name),
    failed: props.error !== undefined,
    person,
    body: html`<form class="slip slip-mid" method="post" action="/account/limit">
  ${hidden({ csrf: props.csrf, grant: props.grantId, cap_period: window.period, refused: props.reached ? "1" : undefined })}
  <section class="stub stack" aria-labelledby="who">${head(frame, props)}${state(frame, props)}</section>
  ${perforation()}
  <section class="stub stub-bill stack" aria-labelledby="raise">${raising(frame, props)}</section>
</form>`,
  });
}

/** Three caps a little, clearly and far above the present one, none above the ceiling. Micro-dollars. */
export function suggestCaps(limitMicros: number, ceilingMicros = Number.MAX_SAFE_INTEGER): number[] {
  const base = limitMicros === 0 ? 1_000_000 : limitMicros;
  const suggested = [1.5, 2, 3].map((times) => roundUp(base * times));
  const allowed = suggested.map((cap) => Math.min(cap, ceilingMicros)).filter((cap) => cap > limitMicros);
  return [...new Set(allowed)];
}

/** To the unit that people name such an amount in: dollars from ten on, halves from one on, five cents, cents. */
function roundUp(micros: number): number {
  const unit = micros >= 10_000_000 ? 1_000_000 : micros >= 1_000_000 ? 500_000 : micros >= 100_000 ? 50_000 : 10_000;
  return Math.ceil(micros / unit) * unit;
}

function head({ text }: Frame, { app, reached }: LimitProps): Content {
  const words = text.limit;
  const from = html`<bdi>${app.host}</bdi>`;
  return [
    html`<div class="id">${appTile(app)}<div>${trustBadge(text, app)}<p class="fine">${from}</p></div></div>`,
    html`<div><h1 id="who">${reached ? words.reached(app.name) : words.open(app.name)}</h1><p class="lede">${reached ? words.reachedLede : words.openLede}</p></div>`,
  ];
}

function state({ text, now }: Frame, { window, reached, payer }: LimitProps): Content {
  const words = text.limit;
  const again = window.resetsAt === null ? text.money.neverStartsAgain : text.money.startsAgain(window.resetsAt, now);
  return [
    html`<div class="stack-s">${gauge(text, window)}<p class="fine num">${again}</p></div>`,
    bill([
      { label: words.appCap, amount: reached ? words.capReached : words.capOpen, kind: reached ? "cut" : undefined },
      { label: words.balance(payerName(text, payer.name)), amount: text.money.left(payer.leftMicros) },
    ]),
  ];
}

function raising(frame: Frame, props: LimitProps): Content {
  const { text } = frame;
  const { window, ceilingMicros, payer } = props;
  const words = text.limit;
  const caps = suggestCaps(window.limitMicros, ceilingMicros);
  if (caps.length === 0) {
    const highest = text.money.aboveCeiling(props.ceilingMicros ?? window.limitMicros, window.period);
    return [
      html`<h2 id="raise">${words.newCap[window.period]}</h2>`,
      notice("plain", highest),
      actions(frame, props, false),
    ];
  }
  const other = moneyField(text, {
    name: "cap_other",
    value: props.other ?? "",
    help: words.stopsAtBalance(payer.leftMicros),
    error: props.error && errorText(frame, props, props.error),
    focus: props.error !== undefined,
  });
  return [
    html`<fieldset class="field"><legend class="label" id="raise">${words.newCap[window.period]}</legend><div class="pick">${choices(frame, caps)}</div></fieldset>`,
    html`<div class="field"><label for="cap_other">${words.other}</label>${other}</div>`,
    actions(frame, props, true),
  ];
}

function choices(frame: Frame, caps: readonly number[]): Content {
  return caps.map((micros, index) => {
    const chosen = attribute("checked", index === 0);
    return html`<label><input type="radio" name="cap" value="${micros}"${chosen}>${exactText(micros, frame.text.language)}</label>`;
  });
}

function errorText({ text }: Frame, { window, ceilingMicros }: LimitProps, { kind }: LimitError): string {
  if (kind === "notHigher") return text.limit.notHigher(window.limitMicros, window.period);
  if (kind !== "aboveCeiling") return text.money.errors[kind];
  return text.money.aboveCeiling(ceilingMicros ?? window.limitMicros, window.period);
}

function actions({ text }: Frame, { back, app }: LimitProps, canRaise: boolean): Markup {
  const words = text.limit;
  const raise =
    canRaise && html`<button class="btn btn-1 login-submit" name="decision" value="raise">${words.raise}</button>`;
  return html`<div class="actions actions-2"><button class="btn" name="decision" value="leave" id="deny" formnovalidate>${words.leave}</button>${raise}
    ${back && html`<p class="fine">${backLink(text, app.name, back)}</p>`}</div>`;
}

/** For whoever came from the app. */
export function backLink({ limit: words }: Text, app: string, back: AppBack | undefined): Content {
  return (
    back &&
    words.goBack(
      html`<a href="${back.url}" rel="noreferrer">${words.backTo(app)}</a>`,
      html`<b><bdi>${back.host}</bdi></b>`,
    )
  );
}
