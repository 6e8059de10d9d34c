import {
  attribute,
  type Content,
  emptyRoom,
  type Frame,
  hidden,
  html,
  type Markup,
  notice,
  type Person,
  textField,
  time,
} from "../../ui/index.ts";
import { type AppHead, appAddress, mayChange, renderAppPage } from "./app-frame.ts";
import { overlapChoices } from "./app-secrets.ts";

/** Something the app was told, or will be. */
export interface Delivery {
  id: string;
  type: string;
  state: keyof Frame["text"]["appWebhook"]["states"];
  attempts: number;
  createdAt: number;
  /** When it is tried next, while it waits. */
  nextAttemptAt: number | null;
  lastError: string | null;
}

export interface AppWebhookProps {
  person: Person;
  csrf: string;
  app: AppHead;
  url: string | null;
  /** What was written instead, when it cannot be taken. */
  written?: string;
  /** Newest first, one page. */
  deliveries: readonly Delivery[];
  total: number;
  /** Counted from zero. */
  page: number;
  perPage: number;
  done?: keyof Frame["text"]["appWebhook"]["done"];
  /** The event could not be sent again, because it is under way. */
  busy?: boolean;
  /** Where the reader signs in again before anything here can be changed. */
  signInAgain?: string;
}

/**
 * `POST /account/apps/webhook` with `app` and `webhook_url`; `/secret` with `overlap`; `/test`; `/replay` with `event` and
 * `page`.
 */
export function renderAppWebhook(frame: Frame, props: AppWebhookProps): string {
  const { app, person, done, signInAgain, url, written, busy } = props;
  const words = frame.text.appWebhook;
  return renderAppPage(frame, {
    tab: "webhook",
    person,
    app,
    signInAgain,
    failed: written !== undefined,
    done: done && words.done[done],
    body: html`${busy && notice("caution", words.busy, true)}
  <div class="cols cols-wide"><section class="panel stack" aria-labelledby="address"><div><h2 id="address">${words.title}</h2><p class="fine">${words.lede}</p></div>${mayChange(app) ? addressForm(frame, props) : html`<p class="code">${url ?? words.none}</p>`}</section>
    ${mayChange(app) && url !== null && secretForm(frame, props)}
    <section class="panel all" aria-labelledby="deliveries"><div class="title"><h2 id="deliveries">${words.deliveries}</h2>${mayChange(app) && url !== null && testForm(frame, props)}</div>${deliveryList(frame, props)}</section></div>`,
  });
}

function addressForm({ text }: Frame, { app, csrf, url, written }: AppWebhookProps): Markup {
  const words = text.appWebhook;
  const wrong = written !== undefined;
  return html`<form class="stack" method="post" action="/account/apps/webhook">${hidden({ csrf, app: app.id })}${textField(
    {
      name: "webhook_url",
      label: words.address,
      type: "url",
      value: written ?? url ?? "",
      help: words.addressHelp,
      verbatim: true,
      maxLength: 2048,
      error: wrong ? text.appForm.errors.webhook_url : undefined,
      focus: wrong,
    },
  )}<div class="row"><button class="btn btn-1">${words.save}</button></div></form>`;
}

function secretForm({ text }: Frame, { app, csrf }: AppWebhookProps): Markup {
  const words = text.appWebhook;
  const choices = overlapChoices.map((seconds) => {
    const chosen = attribute("checked", seconds === 86_400);
    return html`<label><input type="radio" name="overlap" value="${seconds}"${chosen}>${text.appSecrets.overlaps[seconds]}</label>`;
  });
  return html`<form class="panel stack" method="post" action="/account/apps/webhook/secret" aria-labelledby="signing">${hidden({ csrf, app: app.id })}
      <div><h2 id="signing">${words.secret}</h2><p class="fine">${words.secretLede}</p></div>
      <fieldset class="field"><legend class="label">${words.overlap}</legend><div class="pick pick-2">${choices}</div></fieldset>
      <div class="actions"><button class="btn">${words.makeSecret}</button></div></form>`;
}

function testForm({ text }: Frame, { app, csrf }: AppWebhookProps): Markup {
  return html`<form method="post" action="/account/apps/webhook/test">${hidden({ csrf, app: app.id })}<button class="btn btn-s">${text.appWebhook.test}</button></form>`;
}

function deliveryList(frame: Frame, props: AppWebhookProps): Content {
  const words = frame.text.appWebhook;
  if (props.deliveries.length === 0) return emptyRoom(words.emptyTitle, words.empty);
  const rows = props.deliveries.map((delivery) => row(frame, delivery, props));
  return [html`<ul class="rows" aria-label="${words.caption}">${rows}</ul>`, pager(frame, props)];
}

function row({ text, now }: Frame, delivery: Delivery, { app, csrf, page }: AppWebhookProps): Markup {
  const words = text.appWebhook;
  const { id, type, state, attempts, createdAt, nextAttemptAt, lastError } = delivery;
  const looks = { delivered: "", waiting: " badge-un", sending: " badge-off", given_up: " badge-bad" } as const;
  const next = nextAttemptAt !== null && attempts > 0 && time(nextAttemptAt, words.next(nextAttemptAt, now));
  const again =
    mayChange(app) &&
    state !== "sending" &&
    html`<form method="post" action="/account/apps/webhook/replay">${hidden({ csrf, app: app.id, event: id, page: String(page) })}<button class="btn btn-s" aria-label="${words.againOf(id)}">${words.again}</button></form>`;
  return html`<li><div class="stack-xs"><p class="row"><span class="mono">${type}</span><span class="badge badge-words${looks[state]}">${words.states[state]}</span></p><p class="fine num">${time(createdAt, words.at(createdAt, now))}, ${words.attempts(attempts)}. ${state !== "delivered" && lastError && html`<bdi lang="en">${lastError}</bdi>`} ${next}</p></div>${again}</li>`;
}

function pager({ text }: Frame, { app, deliveries, total, page, perPage }: AppWebhookProps): Content {
  const words = text.directory;
  if (total <= perPage) return undefined;
  const first = page * perPage;
  const address = (to: number) => appAddress("webhook", app, `&page=${to}#deliveries`);
  const newer = page > 0 && html`<a class="btn btn-s btn-quiet" href="${address(page - 1)}">${words.newer}</a>`;
  const last = first + deliveries.length;
  const older = last < total && html`<a class="btn btn-s" href="${address(page + 1)}">${words.older}</a>`;
  const place = text.appWebhook.position(first + 1, last, total);
  return html`<div class="row row-b pager"><span class="fine num">${place}</span><span class="row">${newer}${older}</span></div>`;
}
