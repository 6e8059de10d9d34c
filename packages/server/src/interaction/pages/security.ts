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
  type Text,
  textField,
  time,
} from "../../ui/index.ts";
import { keyFields, shortAddress, textToSign, walletBox } from "./key-parts.ts";
import { type WayFace, waysList } from "./ways-list.ts";

export interface HotkeyFace {
  id: string;
  name: string;
  /** SS58, with the generic prefix. */
  address: string;
  scheme: string;
  createdAt: number;
  lastUsedAt: number | null;
}

export interface SecurityProps {
  person: Person;
  csrf: string;
  /** Whether the person signed in a moment ago: else there is only something to look at. */
  fresh: boolean;
  /** The ways that have a page of their own. */
  ways: readonly WayFace[];
  keys: readonly HotkeyFace[];
  /** The form that `?link=1` opens, and what was written before a failed submit. */
  link?:
    | {
        text: string;
        nonce: string;
        walletScript: string;
        name?: string | undefined;
        hotkey?: string | undefined;
        problem?: keyof Text["security"]["problems"] | undefined;
      }
    | undefined;
  /** The tray that `?unlink=KEY` opens. */
  unlink?: string | undefined;
  /** The key linked a moment ago. */
  linked?: string | undefined;
  unlinked?: boolean;
  /** It was to be unlinked and is the last way in. */
  last?: boolean;
}

/** `POST /account/security/link` with `name`, `hotkey`, `signature`, `nonce`; `POST /account/security/unlink` with `hotkey`. */
export function renderSecurity(frame: Frame, props: SecurityProps): string {
  const words = frame.text.security;
  const rows = props.keys.map((key) => keyRow(frame, key, props));
  return renderRoom(frame, {
    room: "security",
    failed: props.link?.problem !== undefined || props.last === true,
    person: props.person,
    body: html`<div class="title"><h1>${words.title}</h1></div>
  <div class="stack">${notices(frame, props)}
  ${waysList(frame, props.ways)}
  <section class="panel stack" aria-labelledby="hotkeys"><div class="stack-s"><h2 id="hotkeys">${words.hotkeys}</h2><p class="mut">${words.lede}</p></div>
  ${rows.length > 0 ? html`<ul>${rows}</ul>` : emptyRoom(words.emptyTitle, words.empty)}
  ${props.link ? linkForm(frame, props.csrf, props.link) : wayToLink(frame, props.fresh)}</section></div>`,
  });
}

function notices({ text }: Frame, { keys, linked, unlinked, last }: SecurityProps): Content {
  if (last) return notice("bad", text.security.lastNotice, true);
  const name = keys.find(({ id }) => id === linked)?.name;
  if (name !== undefined) return notice("good", text.security.linkedNotice(name), true);
  return unlinked && notice("good", text.security.unlinkedNotice, true);
}

function keyRow(frame: Frame, key: HotkeyFace, props: SecurityProps): Markup {
  const words = frame.text.security;
  const id = encodeURIComponent(key.id);
  return html`<li class="app-row" id="${key.id}">
    <div class="id"><span class="tile">${icon("key", 20)}</span><div class="stack-s"><div class="row"><h3>${key.name}</h3><code class="mono mut" title="${key.address}"><bdi>${shortAddress(key.address)}</bdi></code></div>${dates(frame, key)}</div></div>
    <div class="row"><a class="btn btn-s" href="?unlink=${id}#${id}" aria-label="${words.unlinkOf(key.name)}">${words.unlink}</a></div>
    ${props.unlink === key.id && unlinkTray(frame, key, props)}</li>`;
}

function dates({ text, now }: Frame, { scheme, createdAt, lastUsedAt }: HotkeyFace): Markup {
  const words = text.security;
  const used = lastUsedAt === null ? words.notUsed : time(lastUsedAt, words.lastUsed(lastUsedAt, now));
  return html`<p class="fine num">${time(createdAt, words.linkedOn(createdAt))}${used}, ${scheme}</p>`;
}

function unlinkTray({ text }: Frame, key: HotkeyFace, { csrf, fresh }: SecurityProps): Markup {
  const words = text.security;
  const keep = html`<a class="btn btn-s btn-quiet" href="/account/security">${words.keep}</a>`;
  const title = html`<p><b>${words.unlinkTitle(key.name)}</b></p>`;
  if (!fresh) {
    const next = encodeURIComponent(`/account/security?unlink=${key.id}`);
    return html`<div class="tray stack-s">${title}<p class="fine">${words.fresh}</p>
    <div class="row tray-end"><a class="btn btn-s" href="/sign-in?next=${next}">${words.signInAgain}</a>${keep}</div></div>`;
  }
  return html`<form class="tray stack-s" method="post" action="/account/security/unlink">${hidden({ csrf, hotkey: key.id })}
    ${title}<p class="fine">${words.unlinkLede}</p>
    <div class="row tray-end"><button class="btn btn-bad btn-s">${words.unlinkNow}</button>${keep}</div></form>`;
}

function wayToLink({ text }: Frame, fresh: boolean): Markup {
  const words = text.security;
  if (fresh) return html`<div class="row"><a class="btn" href="?link=1">${words.link}</a></div>`;
  const next = encodeURIComponent("/account/security?link=1");
  return html`<div class="row"><a class="btn" href="/sign-in?next=${next}">${words.signInAgain}</a><p class="fine">${words.fresh}</p></div>`;
}

function linkForm(frame: Frame, csrf: string, link: NonNullable<SecurityProps["link"]>): Markup {
  const words = frame.text.security;
  const { nonce, problem, hotkey } = link;
  const name = textField({
    name: "name",
    label: words.name,
    help: words.nameHelp,
    value: link.name,
    error: problem === "name" ? words.problems.name : undefined,
    focus: problem === "name",
    autocomplete: "off",
    required: true,
    maxLength: 64,
  });
  const wrong = problem === "wrong" ? frame.text.hotkeys.wrongField : undefined;
  return html`<div class="tray stack"><div class="stack-s"><h3>${words.link}</h3><p class="mut">${words.linkLede}</p></div>
    ${problem && problem !== "name" && notice("bad", words.problems[problem], true)}
    ${textToSign(frame, link.text)}
    <form class="stack" id="key-form" method="post" action="/account/security/link">${hidden({ csrf, nonce })}
    ${name}
    ${keyFields(frame, { hotkey, wrong })}
    <div class="row"><button class="btn btn-1">${words.linkNow}</button><a class="btn btn-quiet" href="/account/security">${words.leave}</a></div></form>
    ${walletBox(frame, link.walletScript)}</div>`;
}
