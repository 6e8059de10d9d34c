import {
  attribute,
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

export const passkeysPath = "/account/security/passkeys";

export interface PasskeyFace {
  id: string;
  name: string;
  /** Since when its keeper has a copy for other devices. */
  syncedAt: number | null;
  createdAt: number;
  lastUsedAt: number | null;
}

export interface PasskeysProps {
  person: Person;
  csrf: string;
  /** Whether the person signed in a moment ago: else nothing is added or removed. */
  fresh: boolean;
  passkeys: readonly PasskeyFace[];
  /** JSON for the script: which passkeys are good here, for their keepers to know. */
  accepted: string;
  script: string;
  /** The form that `?add=1` opens: JSON of what the browser is asked for, and for how long. */
  add?: { options: string; lifeMs: number } | undefined;
  /** The tray that `?rename=ID` opens, and what was written before a failed submit. */
  rename?: { id: string; name?: string | undefined } | undefined;
  /** The tray that `?remove=ID` opens. */
  remove?: string | undefined;
  problem?: keyof Text["passkeys"]["problems"] | undefined;
  /** What was done a moment ago, and to which. */
  added?: string | undefined;
  renamed?: string | undefined;
  removed?: boolean;
}

/**
 * `POST /account/security/passkeys/add` with `passkey` (JSON); `…/rename` with `passkey` (an id) and `name`; `…/remove` with
 * `passkey`.
 */
export function renderPasskeys(frame: Frame, props: PasskeysProps): string {
  const words = frame.text.passkeys;
  const rows = props.passkeys.map((passkey) => row(frame, passkey, props));
  const none = props.add ? undefined : emptyRoom(words.emptyTitle, words.empty);
  return renderRoom(frame, {
    room: "security",
    title: words.title,
    failed: props.problem !== undefined,
    person: props.person,
    body: html`<div class="title"><h1>${words.title}</h1><a href="/account/security">${words.back}</a></div>
  <div class="stack">${notices(frame, props)}
  <section class="panel stack" id="passkeys" aria-labelledby="yours"${attribute("data-accepted", props.accepted)}><div class="stack-s"><h2 id="yours">${words.yours}</h2><p class="mut">${words.lede}</p></div>
  ${rows.length > 0 ? html`<ul>${rows}</ul>` : none}
  ${props.add ? addTray(frame, props, props.add) : wayToAdd(frame, props.fresh)}</section></div>
<script src="${props.script}" defer></script>`,
  });
}

function notices({ text }: Frame, { passkeys, added, renamed, removed, problem }: PasskeysProps): Content {
  const nameOf = (id: string | undefined) => passkeys.find((passkey) => passkey.id === id)?.name;
  const [newName, changedName] = [nameOf(added), nameOf(renamed)];
  if (problem && problem !== "name") return notice("bad", text.passkeys.problems[problem], true);
  if (newName !== undefined) return notice("good", text.passkeys.addedNotice(newName), true);
  if (changedName !== undefined) return notice("good", text.passkeys.renamedNotice(changedName), true);
  return removed && notice("good", text.passkeys.removedNotice, true);
}

function row(frame: Frame, passkey: PasskeyFace, props: PasskeysProps): Markup {
  const words = frame.text.passkeys;
  const id = encodeURIComponent(passkey.id);
  const badge =
    passkey.syncedAt !== null &&
    html`<span class="badge badge-off" title="${words.syncedMeans}">${words.synced}</span>`;
  return html`<li class="app-row" id="${passkey.id}">
    <div class="id"><span class="tile">${icon("key", 20)}</span><div class="stack-s"><div class="row"><h3>${passkey.name}</h3>${badge}</div>${dates(frame, passkey)}</div></div>
    <div class="row"><a class="btn btn-s" href="?rename=${id}#${id}" aria-label="${words.renameOf(passkey.name)}">${words.rename}</a><a class="btn btn-s" href="?remove=${id}#${id}" aria-label="${words.removeOf(passkey.name)}">${words.remove}</a></div>
    ${props.rename?.id === passkey.id && renameTray(frame, passkey, props)}${props.remove === passkey.id && removeTray(frame, passkey, props)}</li>`;
}

function dates({ text, now }: Frame, { createdAt, lastUsedAt }: PasskeyFace): Markup {
  const words = text.passkeys;
  const used = lastUsedAt === null ? words.notUsed : time(lastUsedAt, words.lastUsed(lastUsedAt, now));
  return html`<p class="fine num">${time(createdAt, words.createdOn(createdAt))}${used}</p>`;
}

function renameTray({ text }: Frame, passkey: PasskeyFace, { csrf, rename, problem }: PasskeysProps): Markup {
  const words = text.passkeys;
  const name = textField({
    name: "name",
    label: words.name,
    help: words.nameHelp,
    value: rename?.name ?? passkey.name,
    error: problem === "name" ? words.problems.name : undefined,
    focus: true,
    autocomplete: "off",
    required: true,
    maxLength: 64,
  });
  return html`<form class="tray stack-s" method="post" action="${passkeysPath}/rename">${hidden({ csrf, passkey: passkey.id })}
    ${name}
    <div class="row tray-end"><button class="btn btn-1 btn-s">${words.save}</button><a class="btn btn-s btn-quiet" href="${passkeysPath}">${words.leave}</a></div></form>`;
}

function removeTray({ text }: Frame, passkey: PasskeyFace, { csrf, fresh }: PasskeysProps): Markup {
  const words = text.passkeys;
  const keep = html`<a class="btn btn-s btn-quiet" href="${passkeysPath}">${words.keep}</a>`;
  const title = html`<p><b>${words.removeTitle(passkey.name)}</b></p>`;
  if (!fresh) {
    return html`<div class="tray stack-s">${title}<p class="fine">${words.fresh}</p>
    <div class="row tray-end"><a class="btn btn-s" href="${signInFor(`remove=${passkey.id}`)}">${words.signInAgain}</a>${keep}</div></div>`;
  }
  return html`<form class="tray stack-s" method="post" action="${passkeysPath}/remove">${hidden({ csrf, passkey: passkey.id })}
    ${title}<p class="fine">${words.removeLede}</p>
    <div class="row tray-end"><button class="btn btn-bad btn-s">${words.removeNow}</button>${keep}</div></form>`;
}

function wayToAdd({ text }: Frame, fresh: boolean): Markup {
  const words = text.passkeys;
  if (fresh) return html`<div class="row"><a class="btn" href="?add=1">${words.add}</a></div>`;
  return html`<div class="row"><a class="btn" href="${signInFor("add=1")}">${words.signInAgain}</a><p class="fine">${words.fresh}</p></div>`;
}

/** The button is shown by the script, which alone reaches an authenticator. */
function addTray(
  { text }: Frame,
  { csrf }: PasskeysProps,
  { options, lifeMs }: NonNullable<PasskeysProps["add"]>,
): Markup {
  const words = text.passkeys;
  const said = [
    attribute("data-options", options),
    attribute("data-life", lifeMs),
    attribute("data-again", `${passkeysPath}?add=1`),
    attribute("data-refused", words.addRefused),
    attribute("data-known", words.addKnown),
  ];
  return html`<div class="tray stack"><div class="stack-s"><h3>${words.add}</h3><p class="mut">${words.addLede}</p></div>
    <div data-without-passkeys>${notice("caution", words.addAbsent)}</div>
    <form class="stack-s" id="passkey-form" method="post" action="${passkeysPath}/add" data-does="add" hidden${said}>${hidden({ csrf, passkey: "" })}
    <div class="row"><button class="btn btn-1">${words.addNow}</button><a class="btn btn-quiet" href="${passkeysPath}">${words.leave}</a></div>
    <p class="fine" id="passkey-status" role="status"></p></form></div>`;
}

function signInFor(query: string): string {
  return `/sign-in?next=${encodeURIComponent(`${passkeysPath}?${query}`)}`;
}
