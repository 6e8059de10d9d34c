import {
  type Content,
  countText,
  type Frame,
  hidden,
  html,
  type Markup,
  type Person,
  spentText,
  time,
} from "../../ui/index.ts";
import { type AppHead, appAddress, mayChange, renderAppPage } from "./app-frame.ts";

/** What an app comes to: the last two and the first of the last 30 days. */
export interface AppFigures {
  /** How many people allow it now. */
  people: number;
  /** Of them, how many used it in the last 30 days. */
  activePeople: number;
  spentMicros: number;
  failedCalls: number;
}

export interface AppOverviewProps {
  person: Person;
  csrf: string;
  app: AppHead;
  figures: AppFigures;
  clientId: string;
  issuer: string;
  /** The permissions it may ask for, in sentences. */
  scopes: readonly string[];
  createdAt: number;
  updatedAt: number;
  /** The tray that `?ask=deactivate` opens. */
  asking?: boolean;
  done?: "activated" | "deactivated" | "saved";
}

/** `POST /account/apps/activate` and `POST /account/apps/deactivate` with `app`. */
export function renderAppOverview(frame: Frame, props: AppOverviewProps): string {
  const { person, app, done } = props;
  const words = frame.text.appOverview;
  return renderAppPage(frame, {
    tab: "app",
    person,
    app,
    done: done && (done === "saved" ? frame.text.apps.saved : words[done]),
    body: html`${figures(frame, props)}
  <div class="cols cols-even">
    <section class="panel stack" aria-labelledby="connect"><div><h2 id="connect">${words.connect}</h2><p class="fine">${words.connectLede}</p></div>
      ${codeRow(words.clientId, props.clientId)}${codeRow(words.issuer, props.issuer)}${codeRow(words.discovery, `${props.issuer}/.well-known/openid-configuration`)}</section>
    <section class="panel stack" aria-labelledby="about"><h2 id="about">${words.about}</h2>${facts(frame, props)}</section>
    ${mayChange(app) && switches(frame, props)}
  </div>`,
  });
}

function figures({ text }: Frame, { figures: seen }: AppOverviewProps): Markup {
  const words = text.appOverview;
  const rows = [
    [words.people, countText(seen.people, text.language), words.peopleNote],
    [words.active, countText(seen.activePeople, text.language), words.activeNote],
    [words.spent, spentText(seen.spentMicros, text.language), words.spentNote],
    [words.errors, countText(seen.failedCalls, text.language), words.errorsNote],
  ] as const;
  return html`<dl class="panel figures">${rows.map(([name, value, note]) => html`<div><dt>${name}</dt><dd class="big num">${value}</dd><dd class="fine">${note}</dd></div>`)}</dl>`;
}

function codeRow(label: string, code: string): Markup {
  return html`<div><p class="label">${label}</p><p class="code"><bdi>${code}</bdi></p></div>`;
}

function facts({ text, now }: Frame, { app, scopes, createdAt, updatedAt }: AppOverviewProps): Markup {
  const words = text.appOverview;
  const rows: [string, Content][] = [
    [words.owner, app.owner],
    [words.type, words.types[app.isPublic ? "public" : "confidential"]],
    [words.scopes, html`<ul class="stack-xs">${scopes.map((sentence) => html`<li>${sentence}</li>`)}</ul>`],
    [words.registered, time(createdAt, words.registeredOn(createdAt))],
    [words.changed, time(updatedAt, words.changedAt(updatedAt, now))],
    [words.appId, html`<span class="mono">${app.id}</span>`],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function switches({ text }: Frame, { app, csrf, asking, figures: { people } }: AppOverviewProps): Markup {
  const words = text.appOverview;
  const remove =
    app.role === "owner" &&
    html`<a class="btn btn-s btn-quiet" href="${appAddress("delete", app)}">${words.remove}</a>`;
  const off =
    app.active &&
    html`<a class="btn btn-s" href="${appAddress("app", app, "&ask=deactivate#state")}">${words.deactivate}</a>`;
  const on =
    !app.active &&
    html`<form method="post" action="/account/apps/activate">${hidden({ csrf, app: app.id })}<button class="btn btn-1 btn-s">${words.activate}</button></form>`;
  return html`<section class="panel all stack" id="state" aria-labelledby="state-title"><div><h2 id="state-title">${app.active ? words.state : words.stateOff}</h2><p class="fine">${words.activeLede}</p></div>
      ${asking && app.active ? tray(words, app, csrf, people) : html`<div class="row">${off}${on}${remove}</div>`}</section>`;
}

function tray(words: Frame["text"]["appOverview"], app: AppHead, csrf: string, people: number): Markup {
  return html`<form class="tray stack-s" method="post" action="/account/apps/deactivate">${hidden({ csrf, app: app.id })}
    <p><b>${words.deactivateTitle(app.face.name)}</b></p><p class="fine">${words.deactivateLede(people)}</p>
    <div class="row tray-end"><button class="btn btn-bad btn-s">${words.deactivateNow}</button><a class="btn btn-s btn-quiet" href="${appAddress("app", app)}">${words.keep}</a></div></form>`;
}
