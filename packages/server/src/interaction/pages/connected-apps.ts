import {
  type AppFace,
  amountInput,
  appTile,
  type Content,
  emptyRoom,
  type Frame,
  hidden,
  html,
  isoDate,
  type Markup,
  moneyField,
  notice,
  type Period,
  type Person,
  payerName,
  renderRoom,
  time,
  trustBadge,
} from "../../ui/index.ts";
import { type CapError, type CapForm, type CapValues, capErrors, dayField, untilField } from "./cap-fields.ts";
import { type CapWindow, capGauges, mainWindow, secondWindow, usedMicros } from "./cap-gauges.ts";
import { type AppBack, backLink } from "./limit.ts";

export interface ConnectedApp {
  grantId: string;
  app: AppFace;
  /** The granted scopes with the sentences of the registry. */
  scopes: readonly { name: string; title: string; spends: boolean }[];
  payer: string;
  allowedAt: number;
  lastUsedAt?: number | null;
  /** When the permission ends, if the person set a day. */
  endsAt?: number | null;
  /** The caps; empty while spending is refused. */
  windows: readonly CapWindow[];
  spentThisMonthMicros: number;
}

export interface ChangedNotice {
  kind: "changed";
  app: string;
  limitMicros: number;
  period: Period;
  back: AppBack | undefined;
}

export interface ConnectedAppsProps {
  person: Person;
  csrf: string;
  apps: readonly ConnectedApp[];
  revoked: readonly { grantId: string; app: AppFace; revokedAt: number }[];
  showRevoked?: boolean;
  /** The tray that `?change=GRANT` or `?revoke=GRANT` opens; with what was written and what is wrong after a failed submit. */
  tray?: { grantId: string; kind: "change" | "revoke"; cap?: CapValues; error?: CapError };
  notice?: { kind: "revoked"; app: string } | ChangedNotice;
}

/** `POST /account/apps/cap` with `grant`, `cap_amount`, `cap_period`, `cap_day`, `until`; `POST /account/apps/revoke` with `grant`. */
export function renderConnectedApps(frame: Frame, props: ConnectedAppsProps): string {
  const words = frame.text.connected;
  const spent = props.apps.reduce((sum, app) => sum + app.spentThisMonthMicros, 0);
  const rows = props.apps.map((app) => appRow(frame, app, props));
  return renderRoom(frame, {
    room: "connected",
    failed: props.tray?.error !== undefined,
    person: props.person,
    body: html`<div class="title"><h1>${words.title}</h1>${rows.length > 0 && html`<p class="mut num">${words.summary(rows.length, spent, frame.now)}</p>`}</div>
  <div class="stack">${doneNotice(frame, props)}
  ${rows.length > 0 ? html`<ul class="panel">${rows}</ul>` : emptyRoom(words.emptyTitle, words.empty(frame.brand.name))}</div>
  <p class="fine under-l">${words.note} ${revokedLink(frame, props)}</p>
  ${props.showRevoked && revokedList(frame, props)}`,
  });
}

function doneNotice({ text }: Frame, { notice: done }: ConnectedAppsProps): Content {
  const words = text.connected;
  if (done?.kind === "changed") {
    const told = words.capNotice(done.app, done.limitMicros, done.period);
    return notice("good", html`${told} ${backLink(text, done.app, done.back)}`, true);
  }
  const receipts = html`<a href="/account/usage">${words.receiptsStay}</a>`;
  return done && notice("good", words.revokedNotice(done.app, receipts), true);
}

function appRow(frame: Frame, connected: ConnectedApp, props: ConnectedAppsProps): Markup {
  const { app, grantId } = connected;
  const open = props.tray?.grantId === grantId ? props.tray : undefined;
  const tray = open?.kind === "change" ? capTray : revokeTray;
  return html`<li class="app-row" id="${grantId}">
    <div class="id">${appTile(app)}<div class="stack-s"><div class="row"><h2>${app.name}</h2>${trustBadge(frame.text, app)}</div>${permissions(frame, connected)}${dates(frame, connected)}</div></div>
    <div class="stack-s">${capColumn(frame, connected)}${rowActions(frame, connected)}</div>
    ${open && tray(frame, connected, props)}</li>`;
}

function permissions({ text }: Frame, { scopes, payer }: ConnectedApp): Markup {
  const words = text.connected;
  const known = scopes.flatMap((scope) => words.knowsWords[scope.name] ?? []);
  const others = scopes.filter((scope) => !scope.spends && words.knowsWords[scope.name] === undefined);
  const sentences = [
    known.length > 0 && words.knows(known),
    scopes.some((scope) => scope.spends) && words.uses(payerName(text, payer)),
    others.length > 0 && words.also(others.map((scope) => scope.title)),
  ];
  return html`<p class="fine">${sentences.filter(Boolean).join(" ")}</p>`;
}

function dates({ text, now }: Frame, { allowedAt, lastUsedAt, endsAt }: ConnectedApp): Markup {
  const words = text.connected;
  const used = lastUsedAt ? time(lastUsedAt, words.lastUsed(lastUsedAt, now)) : words.notUsed;
  return html`<p class="fine num">${time(allowedAt, words.allowed(allowedAt))}${used}${endsAt && time(endsAt, words.ends(endsAt))}</p>`;
}

function capColumn(frame: Frame, { windows }: ConnectedApp): Content {
  return windows.length > 0
    ? capGauges(frame, windows)
    : html`<p class="fine">${frame.text.connected.spendsNothing}</p>`;
}

/** Links, so that they work without a script and can be kept: the server opens the tray. */
function rowActions({ text }: Frame, { grantId, app, windows }: ConnectedApp): Markup {
  const words = text.connected;
  const address = (kind: string) => `?${kind}=${encodeURIComponent(grantId)}#${encodeURIComponent(grantId)}`;
  const change =
    windows.length > 0 &&
    html`<a class="btn btn-s" href="${address("change")}" aria-label="${words.changeCapOf(app.name)}">${words.changeCap}</a>`;
  return html`<div class="row">${change}<a class="btn btn-s${change && " btn-quiet"}" href="${address("revoke")}" aria-label="${words.revokeOf(app.name)}">${words.revoke}</a></div>`;
}

function capTray(frame: Frame, connected: ConnectedApp, { csrf, tray }: ConnectedAppsProps): Content {
  const main = mainWindow(connected.windows);
  if (!main) return undefined;
  const { text } = frame;
  const words = text.connected;
  const form: CapForm = { cap: tray?.cap ?? presentCap(connected, main), error: tray?.error };
  const wrong = capErrors(text, form.error).amount;
  const amount = moneyField(text, {
    name: "cap_amount",
    label: text.money.fieldLabel,
    value: form.cap.amount,
    period: form.cap.period,
    periodName: "cap_period",
    required: true,
    help: words.stopsBelow(usedMicros(main), main.resetsAt),
    error: wrong,
    focus: wrong !== undefined,
  });
  return html`<form class="tray" method="post" action="/account/apps/cap">${hidden({ csrf, grant: connected.grantId })}
    <div class="pair"><fieldset class="field"><legend class="label">${words.mostOf(connected.app.name)}</legend>${amount}</fieldset>${dayField(frame, form)}${untilField(frame, form)}</div>
    <div class="row tray-end"><button class="btn btn-1 btn-s">${words.save}</button><a class="btn btn-s btn-quiet" href="/account/connected">${text.frame.cancel}</a></div></form>`;
}

function presentCap({ windows, endsAt }: ConnectedApp, main: CapWindow): CapValues {
  const second = secondWindow(windows);
  return {
    amount: amountInput(main.limitMicros),
    period: main.period,
    day: second && amountInput(second.limitMicros),
    until: endsAt ? isoDate(endsAt) : undefined,
  };
}

function revokeTray({ text, now }: Frame, connected: ConnectedApp, { csrf }: ConnectedAppsProps): Markup {
  const words = text.connected;
  return html`<form class="tray stack-s" method="post" action="/account/apps/revoke">${hidden({ csrf, grant: connected.grantId })}
    <p><b>${words.revokeTitle(connected.app.name)}</b></p><p class="fine">${words.revokeLede(connected.spentThisMonthMicros, now)}</p>
    <div class="row tray-end"><button class="btn btn-bad btn-s">${words.revokeNow}</button><a class="btn btn-s btn-quiet" href="/account/connected">${words.keep}</a></div></form>`;
}

function revokedLink({ text }: Frame, { revoked, showRevoked }: ConnectedAppsProps): Content {
  if (revoked.length === 0 || showRevoked) return undefined;
  return html`<a href="?show=revoked#revoked">${text.connected.revokedApps(revoked.length)}</a>`;
}

function revokedList(frame: Frame, { revoked }: ConnectedAppsProps): Markup {
  const words = frame.text.connected;
  const rows = revoked.map(
    ({ app, revokedAt }) =>
      html`<li class="app-row"><div class="id">${appTile(app)}<div class="stack-s"><div class="row"><h3>${app.name}</h3><span class="badge badge-bad">${words.revokedTitle}</span></div><p class="fine num">${time(revokedAt, words.revokedOn(revokedAt))}</p></div></div></li>`,
  );
  return html`<section class="gap" id="revoked" aria-labelledby="revoked-title"><div class="title"><h2 id="revoked-title">${words.revokedTitle}</h2></div><ul class="panel">${rows}</ul></section>`;
}
