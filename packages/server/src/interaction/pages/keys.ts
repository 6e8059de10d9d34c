import {
  type Content,
  emptyRoom,
  type Frame,
  hidden,
  html,
  icon,
  type Markup,
  notice,
  type Person,
  renderRoom,
  time,
} from "../../ui/index.ts";
import { type CapWindow, capGauges } from "./cap-gauges.ts";

/** A key as it may be shown again: never the key itself. */
export interface KeyFace {
  id: string;
  name: string;
  /** How the key begins and ends, such as `sk-ik-…4f0Q`. */
  hint: string;
  /** The app it was made for; without one it is the person's own. */
  app?: string | null;
  createdAt: number;
  lastUsedAt?: number | null;
  expiresAt?: number | null;
  /** Its own caps, if it has any. */
  windows: readonly CapWindow[];
}

export interface KeysProps {
  person: Person;
  csrf: string;
  keys: readonly KeyFace[];
  /** The tray that `?revoke=KEY` opens. */
  revoke?: string;
  /** The name of a key revoked a moment ago. */
  revoked?: string;
  /** A form was sent again that had made its key. */
  again?: boolean;
}

export const newKeyPath = "/account/keys/new";

/** `POST /account/keys/revoke` with `key`. */
export function renderKeys(frame: Frame, props: KeysProps): string {
  const words = frame.text.keys;
  const rows = props.keys.map((key) => keyRow(frame, key, props));
  const make = html`<a class="btn btn-1 btn-s" href="${newKeyPath}">${words.make}</a>`;
  return renderRoom(frame, {
    room: "keys",
    person: props.person,
    body: html`<div class="title"><h1>${words.title}</h1>${rows.length > 0 && html`<span class="row"><span class="mut num">${words.summary(rows.length)}</span>${make}</span>`}</div>
  <div class="stack">${props.revoked !== undefined && notice("good", words.revokedNotice(props.revoked), true)}
  ${props.again && notice("caution", words.againNotice, true)}
  ${rows.length > 0 ? html`<ul class="panel">${rows}</ul>` : emptyRoom(words.emptyTitle, words.empty(frame.brand.name), make)}</div>
  <p class="fine under-l">${words.note}</p>`,
  });
}

function keyRow(frame: Frame, key: KeyFace, props: KeysProps): Markup {
  const words = frame.text.keys;
  const id = encodeURIComponent(key.id);
  return html`<li class="app-row" id="${key.id}">
    <div class="id"><span class="tile">${icon("key", 20)}</span><div class="stack-s"><div class="row"><h2>${key.name}</h2><code class="mono mut"><bdi>${key.hint}</bdi></code></div>${dates(frame, key)}</div></div>
    <div class="stack-s">${key.windows.length > 0 ? capGauges(frame, key.windows) : html`<p class="fine">${words.noCap}</p>`}
    <div class="row"><a class="btn btn-s" href="?revoke=${id}#${id}" aria-label="${words.revokeOf(key.name)}">${words.revoke}</a></div></div>
    ${props.revoke === key.id && revokeTray(frame, key, props.csrf)}</li>`;
}

function dates({ text, now }: Frame, { app, createdAt, lastUsedAt, expiresAt }: KeyFace): Content {
  const words = text.keys;
  const made = time(createdAt, app ? words.madeFor(app, createdAt) : words.made(createdAt));
  const used = lastUsedAt ? time(lastUsedAt, words.lastUsed(lastUsedAt, now)) : words.notUsed;
  return html`<p class="fine num">${made}${used}${expiresAt && time(expiresAt, words.ends(expiresAt))}</p>`;
}

function revokeTray({ text }: Frame, key: KeyFace, csrf: string): Markup {
  const words = text.keys;
  return html`<form class="tray stack-s" method="post" action="/account/keys/revoke">${hidden({ csrf, key: key.id })}
    <p><b>${words.revokeTitle(key.name)}</b></p><p class="fine">${words.revokeLede}</p>
    <div class="row tray-end"><button class="btn btn-bad btn-s">${words.revokeNow}</button><a class="btn btn-s btn-quiet" href="/account/keys">${words.keep}</a></div></form>`;
}
