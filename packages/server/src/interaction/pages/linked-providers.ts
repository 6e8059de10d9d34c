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
import { type ProviderFace, providerButtons } from "./provider-buttons.ts";

export const providersPath = "/account/security/providers";

export interface LinkedFace {
  id: string;
  /** The address or name there. */
  label: string;
  /** Undefined for one that the operator has taken away. */
  provider: string | undefined;
  createdAt: number;
  lastUsedAt: number | null;
}

export interface LinkedProvidersProps {
  person: Person;
  csrf: string;
  /** Whether the person signed in a moment ago: else there is only something to look at. */
  fresh: boolean;
  linked: readonly LinkedFace[];
  /** Every provider of this platform. */
  providers: readonly ProviderFace[];
  /** The tray that `?remove=ID` opens. */
  remove?: string | undefined;
  /** What happened a moment ago: the name of the provider that was linked, or what became of a removal. */
  done?: { linked: string } | "removed" | "last" | undefined;
}

/** `POST …/link` with `provider`; `POST …/remove` with `identity`. */
export function renderLinkedProviders(frame: Frame, props: LinkedProvidersProps): string {
  const words = frame.text.upstream;
  const rows = props.linked.map((each) => row(frame, each, props));
  return renderRoom(frame, {
    room: "security",
    title: words.linkedTitle,
    failed: props.done === "last",
    person: props.person,
    body: html`<div class="title"><h1>${words.linkedTitle}</h1></div>
  <div class="stack">${doneNotice(frame, props)}
  <section class="panel stack" aria-label="${words.linkedTitle}"><p class="mut">${words.linkedLede}</p>
  ${rows.length > 0 ? html`<ul>${rows}</ul>` : emptyRoom(words.emptyTitle, words.empty)}
  ${wayToLink(frame, props)}</section>
  <p class="mut"><a href="/account/security">${words.security}</a></p></div>`,
  });
}

function doneNotice({ text }: Frame, { done }: LinkedProvidersProps): Content {
  const words = text.upstream;
  if (!done) return undefined;
  if (done === "last") return notice("bad", words.lastNotice, true);
  return notice("good", done === "removed" ? words.removedNotice : words.linkedNotice(done.linked), true);
}

function row(frame: Frame, face: LinkedFace, props: LinkedProvidersProps): Markup {
  const words = frame.text.upstream;
  const { id, label } = face;
  return html`<li class="app-row" id="${id}">
    <div class="id"><span class="tile">${icon("key", 20)}</span><div class="stack-s"><h3><bdi>${label}</bdi></h3>${dates(frame, face)}</div></div>
    <div class="row"><a class="btn btn-s" href="?remove=${id}#${id}" aria-label="${words.removeOf(label)}">${words.remove}</a></div>
    ${props.remove === id && removeTray(frame, face, props)}</li>`;
}

function dates({ text, now }: Frame, { provider, createdAt, lastUsedAt }: LinkedFace): Markup {
  const words = text.upstream;
  const hotkeys = text.security;
  if (provider === undefined) return html`<p class="fine">${words.gone}</p>`;
  const used = lastUsedAt === null ? hotkeys.notUsed : time(lastUsedAt, hotkeys.lastUsed(lastUsedAt, now));
  return html`<p class="fine num">${provider}: ${time(createdAt, hotkeys.linkedOn(createdAt))}${used}</p>`;
}

function removeTray({ text }: Frame, { id, label }: LinkedFace, { csrf, fresh }: LinkedProvidersProps): Markup {
  const words = text.upstream;
  const keep = html`<a class="btn btn-s btn-quiet" href="${providersPath}">${words.keep}</a>`;
  const title = html`<p><b>${words.removeTitle(label)}</b></p>`;
  if (!fresh) {
    const next = encodeURIComponent(`${providersPath}?remove=${id}`);
    return html`<div class="tray stack-s">${title}<p class="fine">${words.fresh}</p>
    <div class="row tray-end"><a class="btn btn-s" href="/sign-in?next=${next}">${words.signInAgain}</a>${keep}</div></div>`;
  }
  return html`<form class="tray stack-s" method="post" action="${providersPath}/remove">${hidden({ csrf, identity: id })}
    ${title}<p class="fine">${words.removeLede}</p>
    <div class="row tray-end"><button class="btn btn-bad btn-s">${words.removeNow}</button>${keep}</div></form>`;
}

function wayToLink(frame: Frame, { providers, csrf, fresh }: LinkedProvidersProps): Content {
  const words = frame.text.upstream;
  if (providers.length === 0) return undefined;
  if (!fresh) {
    const next = encodeURIComponent(providersPath);
    return html`<div class="row"><a class="btn" href="/sign-in?next=${next}">${words.signInAgain}</a><p class="fine">${words.fresh}</p></div>`;
  }
  const buttons = providerButtons(
    frame,
    providers,
    { csrf },
    { action: `${providersPath}/link`, words: words.link, look: "row" },
  );
  return html`${buttons}<p class="fine">${words.linkLede}</p>`;
}
