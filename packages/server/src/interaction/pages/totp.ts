import {
  type Content,
  type Frame,
  hidden,
  html,
  icon,
  type Markup,
  notice,
  type Person,
  qrPicture,
  renderRoom,
  type Squares,
  textField,
  time,
} from "../../ui/index.ts";

export const totpPath = "/account/security/totp";

export interface TotpProps {
  person: Person;
  csrf: string;
  /** Whether the person signed in a moment ago: else there is only something to look at. */
  fresh: boolean;
  /** The second factor in force. */
  factor?: { createdAt: number; codesLeft: number } | undefined;
  /** The form that `?add=1` opens. */
  setup?: TotpSetupProps | undefined;
  /** The tray that `?open=` names. */
  open?: "renew" | "remove" | undefined;
  removed?: boolean;
  /** The sealed authorization request of an app that waits for the second factor. */
  request?: string | undefined;
}

export interface TotpSetupProps {
  squares: Squares;
  uri: string;
  key: string;
  /** The secret as it travels, sealed. */
  sealed: string;
  problem?: "wrong" | "expired" | undefined;
}

/** Few enough to say so. */
const fewCodes = 3;

/** `POST /account/security/totp/add` with `setup`, `code`, `request`; `…/codes`; `…/remove`. */
export function renderTotp(frame: Frame, props: TotpProps): string {
  const words = frame.text.totp;
  return renderRoom(frame, {
    room: "security",
    title: words.title,
    failed: props.setup?.problem !== undefined,
    person: props.person,
    body: html`<div class="title"><h1>${words.title}</h1><a href="/account/security">${words.back}</a></div>
  <div class="stack">${props.removed && notice("good", words.removedNotice, true)}
  ${appPanel(frame, props)}
  ${props.factor && codesPanel(frame, props, props.factor.codesLeft)}</div>`,
  });
}

function appPanel(frame: Frame, props: TotpProps): Markup {
  const words = frame.text.totp;
  const { factor, setup, open } = props;
  const state = factor
    ? html`<p class="fine num">${time(factor.createdAt, words.onSince(factor.createdAt))}</p>`
    : undefined;
  const badge = factor
    ? html`<span class="badge">${icon("check", 14)}<b>${words.on}</b></span>`
    : html`<span class="badge badge-off">${words.off}</span>`;
  return html`<section class="panel stack" aria-labelledby="totp"><div class="stack-s"><div class="row"><h2 id="totp">${words.app}</h2>${badge}</div>${state}<p class="mut">${words.lede}</p></div>
  ${setup ? setupForm(frame, props, setup) : wayOn(frame, props)}
  ${open === "remove" && tray(frame, props, "remove")}</section>`;
}

function wayOn({ text }: Frame, { fresh, factor, request }: TotpProps): Markup {
  const words = text.totp;
  if (!fresh) return freshNote(words, nextPage({ factor, request }));
  if (factor) return html`<div class="row"><a class="btn btn-s" href="?open=remove#tray">${words.remove}</a></div>`;
  return html`<div class="row"><a class="btn" href="${nextPage({ request })}">${words.add}</a></div>`;
}

function nextPage({ factor, request }: Pick<TotpProps, "factor" | "request">): string {
  return factor ? totpPath : `${totpPath}?${new URLSearchParams({ add: "1", ...(request && { request }) })}`;
}

function freshNote(words: Frame["text"]["totp"], next: string): Markup {
  return html`<div class="row"><a class="btn" href="/sign-in?next=${encodeURIComponent(next)}">${words.signInAgain}</a><p class="fine">${words.fresh}</p></div>`;
}

function setupForm(frame: Frame, { csrf, request }: TotpProps, setup: TotpSetupProps): Markup {
  const words = frame.text.totp;
  const { problem, squares, uri, key, sealed } = setup;
  const code = textField({
    name: "code",
    label: words.code,
    numeric: true,
    autocomplete: "one-time-code",
    verbatim: true,
    required: true,
    maxLength: 40,
    error: problem === "wrong" ? words.problems.wrongField : undefined,
    focus: problem === "wrong",
  });
  return html`<div class="tray stack"><div class="stack-s"><h3>${words.scanTitle}</h3><p class="mut">${words.scanLede}</p></div>
    ${problem && notice("bad", words.problems[problem], true)}
    <div class="row">${qrPicture(squares, words.picture)}</div>
    <p class="fine"><a href="${uri}">${words.openHere}</a></p>
    <div class="stack-s"><p class="label">${words.typeKey}</p><p class="code" id="totp-key">${grouped(key)}</p><p class="help">${words.keyHelp}</p></div>
    <form class="stack" method="post" action="${totpPath}/add">${hidden({ csrf, setup: sealed, request })}
    ${code}
    <div class="row"><button class="btn btn-1">${words.turnOn}</button><a class="btn btn-quiet" href="${totpPath}">${words.leave}</a></div></form></div>`;
}

/** As people read it aloud. */
function grouped(key: string): string {
  return key.replace(/.{4}(?=.)/g, (group) => `${group} `);
}

function codesPanel(frame: Frame, props: TotpProps, left: number): Markup {
  const words = frame.text.totp;
  const warning = left === 0 ? words.noCodes : left <= fewCodes ? words.fewCodes : undefined;
  return html`<section class="panel stack" aria-labelledby="codes"><div class="stack-s"><h2 id="codes">${words.codesTitle}</h2><p class="mut">${words.codesLede}</p></div>
  ${warning && notice("caution", warning)}
  ${left > 0 && html`<p class="num">${words.codesLeft(left)}</p>`}
  ${props.fresh && html`<div class="row"><a class="btn btn-s" href="?open=renew#tray">${words.renew}</a></div>`}
  ${props.open === "renew" && tray(frame, props, "renew")}</section>`;
}

function tray(frame: Frame, { csrf, fresh }: TotpProps, what: "renew" | "remove"): Content {
  const words = frame.text.totp;
  if (!fresh) return undefined;
  const { action, title, lede, look, now } = {
    renew: { action: "codes", title: words.renewTitle, lede: words.renewLede, look: "btn-1", now: words.renewNow },
    remove: {
      action: "remove",
      title: words.removeTitle,
      lede: words.removeLede,
      look: "btn-bad",
      now: words.removeNow,
    },
  }[what];
  return html`<form class="tray stack-s" id="tray" method="post" action="${totpPath}/${action}">${hidden({ csrf })}
    <p><b>${title}</b></p><p class="fine">${lede}</p>
    <div class="row tray-end"><button class="btn ${look} btn-s">${now}</button><a class="btn btn-s btn-quiet" href="${totpPath}">${words.keep}</a></div></form>`;
}
