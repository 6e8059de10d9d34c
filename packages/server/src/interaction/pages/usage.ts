import {
  attribute,
  bill,
  billTexts,
  callParts,
  countText,
  emptyRoom,
  type Frame,
  html,
  icon,
  type Markup,
  type Person,
  renderRoom,
  time,
} from "../../ui/index.ts";
import { type Receipt, receiptSlip } from "./receipt.ts";
import { type AppColumn, type UsageDay, usageChart } from "./usage-chart.ts";

export interface UsageCall {
  /** The id of the receipt. */
  id: string;
  at: number;
  /** Null for the person's own keys. */
  appId: string | null;
  model: string;
  /** All input tokens, cached ones included. */
  tokensIn: number;
  tokensOut: number;
  costMicros: number;
}

/** Both null for the person's own keys. */
export interface UsageApp {
  appId: string | null;
  name: string | null;
  spentMicros: number;
}

export interface UsageProps {
  person: Person;
  /** The month shown: `2026-11`, and its first and next first midnight UTC. */
  month: { key: string; startsAt: number; endsAt: number };
  /** The months that can be chosen, newest first. */
  months: readonly { key: string; startsAt: number }[];
  /** The sums of the month, largest first. */
  apps: readonly UsageApp[];
  /** The sums by day and app, in any order. `at` is midnight UTC. */
  days: readonly { at: number; appId: string | null; spentMicros: number }[];
  callCount: number;
  /** One page of calls, newest first. */
  calls: readonly UsageCall[];
  /** How many calls of the month are newer than this page. */
  skipped: number;
  /** The cursor of this page and of the next older one. */
  before?: string;
  olderBefore?: string;
  receipt?: Receipt;
}

const dayMs = 86_400_000;

/** `GET /account/usage` with `month`, `before` and `receipt`. */
export function renderUsage(frame: Frame, props: UsageProps): string {
  const words = frame.text.usage;
  return renderRoom(frame, {
    room: "usage",
    person: props.person,
    body: html`<div class="title"><h1>${words.title}</h1>${monthChoice(frame, props)}</div>
  ${props.callCount === 0 ? emptyRoom(words.emptyTitle, words.empty) : columns(frame, props)}`,
  });
}

function monthChoice({ text }: Frame, { month, months }: UsageProps): Markup {
  const words = text.usage;
  const options = months.map(({ key, startsAt }) => {
    const chosen = attribute("selected", key === month.key);
    return html`<option value="${key}"${chosen}>${words.monthOption(startsAt)}</option>`;
  });
  return html`<form class="filters" method="get" action="/account/usage"><span class="select select-s"><select name="month" aria-label="${words.month}">${options}</select></span><button class="btn btn-s">${words.show}</button></form>`;
}

function columns(frame: Frame, props: UsageProps): Markup {
  const words = frame.text.usage;
  const until = Math.min(props.month.endsAt - 1, frame.now);
  const dayCount = Math.floor((until - props.month.startsAt) / dayMs) + 1;
  return html`<div class="cols">
    <section class="panel" aria-labelledby="by-day"><div class="title"><h2 id="by-day">${words.byDay}</h2><p class="mut num">${words.days(dayCount, props.callCount)}</p></div>${usageChart(frame, props.month, chartColumns(frame, props), chartDays(props))}</section>
    ${appBill(frame, props, until)}
    ${callList(frame, props)}
    ${props.receipt && receiptSlip(frame, props.receipt)}
  </div>`;
}

/** Four apps have a colour of their own; all others share the fifth column. */
function chartColumns({ text }: Frame, { apps }: UsageProps): AppColumn[] {
  const named = apps
    .slice(0, 4)
    .map((app, index) => ({ label: app.name ?? text.usage.ownKeys, colour: colourOf(index) }));
  return apps.length > 4 ? [...named, { label: text.usage.otherApps, colour: colourOf(4) }] : named;
}

function chartDays({ apps, days }: UsageProps): UsageDay[] {
  const width = Math.min(apps.length, 5);
  const byDay = new Map<number, number[]>();
  for (const { at, appId, spentMicros } of days) {
    const spent = byDay.get(at) ?? Array<number>(width).fill(0);
    const column = Math.min(columnOf(apps, appId), width - 1);
    spent[column] = (spent[column] ?? 0) + spentMicros;
    byDay.set(at, spent);
  }
  return [...byDay].sort(([a], [b]) => a - b).map(([at, spent]) => ({ at, spent }));
}

function columnOf(apps: readonly UsageApp[], appId: string | null): number {
  const index = apps.findIndex((app) => app.appId === appId);
  return index === -1 ? apps.length : index;
}

function colourOf(index: number): string {
  return index < 4 ? `a${index + 1}` : "a0";
}

function swatch({ text }: Frame, apps: readonly UsageApp[], appId: string | null): Markup {
  const index = columnOf(apps, appId);
  return html`<span class="row nowrap"><span class="dot ${colourOf(index)}"></span>${apps[index]?.name ?? text.usage.ownKeys}</span>`;
}

function appBill(frame: Frame, { apps, month }: UsageProps, until: number): Markup {
  const words = frame.text.usage;
  const amounts = billTexts(
    apps.map((app) => app.spentMicros),
    frame.text.language,
  );
  const rows = apps.map(({ appId }, index) => ({ label: swatch(frame, apps, appId), amount: amounts.rows[index] }));
  const span = until < month.endsAt - 1 ? words.soFar(month.startsAt, until) : words.wholeMonth(month.startsAt, until);
  return html`<section class="panel" aria-labelledby="by-app"><h2 id="by-app">${words.byApp}</h2><p class="big num">${amounts.sum}</p><p class="fine num">${span}</p>
      ${bill([...rows, { label: words.sum, amount: amounts.sum, kind: "sum" }], true)}</section>`;
}

function callList(frame: Frame, props: UsageProps): Markup {
  const words = frame.text.usage;
  const heads = html`<tr><th scope="col" class="wide-only">${words.time}</th><th scope="col">${words.app}</th><th scope="col" class="wide-only">${words.model}</th><th scope="col" class="r wide-only">${words.tokensIn}</th><th scope="col" class="r wide-only">${words.tokensOut}</th><th scope="col" class="r">${words.price}</th><th scope="col" class="r"><span class="vh">${words.receipt}</span></th></tr>`;
  const rows = props.calls.map((call) => callRow(frame, props, call));
  return html`<section class="panel${!props.receipt && " all"}" aria-labelledby="calls"><div class="title"><h2 id="calls">${words.calls}</h2></div>
      <div class="scroll"><table class="table"><caption class="vh">${words.caption}</caption><thead>${heads}</thead><tbody>${rows}</tbody></table></div>
      ${pager(frame, props)}</section>`;
}

function callRow(frame: Frame, props: UsageProps, call: UsageCall): Markup {
  const words = frame.text.usage;
  const [zeros, figures] = callParts(call.costMicros, frame.text.language);
  const price = html`${zeros && html`<span class="zero">${zeros}</span>`}${figures}`;
  const chosen = attribute("aria-current", call.id === props.receipt?.id && "true");
  const link = address(props, { before: props.before, receipt: call.id });
  return html`<tr${chosen}><td class="mut wide-only">${time(call.at, words.callTime(call.at, frame.now))}</td><td>${swatch(frame, props.apps, call.appId)}<span class="fine phone-only">${words.callShort(call.at, frame.now, call.model)}</span></td><td class="mono wide-only">${call.model}</td><td class="r wide-only">${countText(call.tokensIn, frame.text.language)}</td><td class="r wide-only">${countText(call.tokensOut, frame.text.language)}</td><td class="r">${price}</td><td class="r"><a class="rc" href="${link}#receipt" aria-label="${words.receiptOf(call.id)}">${icon("slip", 16)}</a></td></tr>
`;
}

function pager({ text }: Frame, props: UsageProps): Markup {
  const words = text.usage;
  const { calls, skipped, callCount, olderBefore } = props;
  const position = words.position(skipped + 1, skipped + calls.length, callCount);
  const newest = skipped > 0 && html`<a class="btn btn-s btn-quiet" href="${address(props, {})}">${words.newest}</a>`;
  const older =
    olderBefore && html`<a class="btn btn-s" href="${address(props, { before: olderBefore })}">${words.older}</a>`;
  return html`<div class="row row-b pager"><span class="fine num">${position}</span><span class="row">${newest}${older}</span></div>`;
}

function address({ month }: UsageProps, query: { before?: string; receipt?: string }): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `?${new URLSearchParams([["month", month.key], ...given])}`;
}
