import {
  type Content,
  type Frame,
  hidden,
  html,
  icon,
  type Markup,
  notice,
  type Person,
  renderRoom,
  type SecurityEventKind,
  time,
} from "../../ui/index.ts";

export const sessionsPath = "/account/sessions";

export interface SessionFace {
  id: string;
  /** As its browser calls itself; empty when it says nothing. */
  device: string;
  /** As coarse as a country. */
  place: string | null;
  authenticatedAt: number;
  lastUsedAt: number;
  isCurrent: boolean;
}

export interface EventFace {
  id: string;
  kind: string;
  detail: Readonly<Record<string, string>>;
  createdAt: number;
}

export interface SessionsProps {
  person: Person;
  csrf: string;
  sessions: readonly SessionFace[];
  events: readonly EventFace[];
  /** The id with which older events are asked for, if there are any. */
  older?: string | undefined;
  /** Whether these are not the newest events. */
  turned?: boolean;
  ended?: "one" | "others" | undefined;
}

/** `POST /account/sessions/end` with `session`; `POST /account/sessions/end-others`. */
export function renderSessions(frame: Frame, props: SessionsProps): string {
  const words = frame.text.sessions;
  const { person, csrf, sessions, ended } = props;
  const done = ended === "one" ? words.endedNotice : words.othersEndedNotice;
  return renderRoom(frame, {
    room: "sessions",
    person,
    body: html`<div class="title"><h1>${words.title}</h1></div>
  <div class="stack">${ended && notice("good", done, true)}
  <section class="panel stack" aria-labelledby="devices"><div class="stack-s"><h2 id="devices">${words.devices}</h2><p class="mut">${words.lede}</p></div>
  <ul>${sessions.map((session) => sessionRow(frame, session, csrf))}</ul>
  ${sessions.length > 1 ? endOthers(frame, csrf) : html`<p class="fine">${words.onlyThis}</p>`}</section>
  ${eventList(frame, props)}</div>`,
  });
}

function sessionRow(frame: Frame, session: SessionFace, csrf: string): Markup {
  const words = frame.text.sessions;
  const device = session.device === "" ? words.unknownDevice : session.device;
  const mark = html`<span class="badge">${icon("seal", 14)}<b>${words.current}</b></span>`;
  const end = html`<form class="row" method="post" action="${sessionsPath}/end">${hidden({ csrf, session: session.id })}<button class="btn btn-s" aria-label="${words.endOf(device)}">${words.end}</button></form>`;
  return html`<li class="app-row">
    <div class="stack-s"><div class="row"><h3><bdi>${device}</bdi></h3>${session.isCurrent && mark}</div>${facts(frame, session)}</div>
    ${!session.isCurrent && end}</li>`;
}

function facts({ text, now }: Frame, { authenticatedAt, lastUsedAt, place }: SessionFace): Markup {
  const words = text.sessions;
  const used = time(lastUsedAt, words.lastUsed(lastUsedAt, now));
  const where = place !== null && html`<br>${words.place(place)}`;
  return html`<p class="fine num">${time(authenticatedAt, words.signedIn(authenticatedAt))}${used}${where}</p>`;
}

function endOthers({ text }: Frame, csrf: string): Markup {
  return html`<form method="post" action="${sessionsPath}/end-others">${hidden({ csrf })}<button class="btn">${text.sessions.endOthers}</button></form>`;
}

function eventList(frame: Frame, { events, older, turned }: SessionsProps): Markup {
  const words = frame.text.sessions;
  const rows = events.map((event) => eventRow(frame, event));
  const next =
    older !== undefined &&
    html`<a class="btn btn-s" href="?before=${encodeURIComponent(older)}#events">${words.older}</a>`;
  const first = turned && html`<a class="btn btn-s btn-quiet" href="${sessionsPath}#events">${words.newest}</a>`;
  return html`<section class="panel stack" aria-labelledby="events"><div class="stack-s"><h2 id="events">${words.events}</h2><p class="mut">${words.eventsLede}</p></div>
  ${rows.length > 0 ? html`<dl class="facts">${rows}</dl>` : html`<p class="fine">${words.noEvents}</p>`}
  ${(next || first) && html`<div class="row">${next}${first}</div>`}</section>`;
}

function eventRow({ text }: Frame, { kind, detail, createdAt }: EventFace): Content {
  const { kinds, unknown } = text.securityEvents;
  const known = Object.hasOwn(kinds, kind) ? kinds[kind as SecurityEventKind] : undefined;
  return html`<dt class="num">${time(createdAt, text.sessions.eventTime(createdAt))}</dt><dd><bdi>${known ? known.listed(detail) : unknown}</bdi></dd>`;
}
