import {
  type AppFace,
  appTile,
  attribute,
  type Content,
  type Frame,
  html,
  type Markup,
  notice,
  type Person,
  renderRoom,
  trustBadge,
} from "../../ui/index.ts";

export type AppRole = "owner" | "manager" | "viewer";

/** One app, as the head of each of its pages shows it. */
export interface AppHead {
  id: string;
  face: AppFace;
  /** What the reader is to the app: viewers see everything and have no forms. */
  role: AppRole;
  /** The owner, by name. */
  owner: string;
  isPublic: boolean;
  active: boolean;
  listed: boolean;
}

export type AppTab = keyof Frame["text"]["apps"]["tabs"];

export interface AppPage {
  tab: AppTab;
  person: Person;
  app: AppHead;
  failed?: boolean;
  /** What was just done. */
  done?: string;
  /** Where the reader signs in again before anything here can be changed; for changes that a borrowed session may not do. */
  signInAgain?: string;
  body: Content;
}

/** One page of an app, with the way to the others. */
export function renderAppPage(frame: Frame, { tab, person, app, failed, done, signInAgain, body }: AppPage): string {
  const words = frame.text.apps;
  return renderRoom(frame, {
    room: "apps",
    title: words.pageTitle(app.face.name, words.tabs[tab]),
    failed,
    person,
    body: html`<p class="crumb"><a href="/account/apps">${words.title}</a></p>
  <div class="head-app">${appTile(app.face)}<div class="stack-s"><h1>${app.face.name}</h1><div class="row">${appBadges(frame, app)}</div></div></div>
  ${tabs(frame, app, tab)}
  <div class="stack">${done !== undefined && notice("good", done, true)}${standing(frame, app)}${signInAgain !== undefined && mayChange(app) && again(frame, signInAgain)}
  ${body}</div>`,
  });
}

export function appAddress(tab: string, app: { id: string }, more = ""): string {
  return `/account/apps/${tab}?app=${encodeURIComponent(app.id)}${more}`;
}

export function mayChange({ role }: Pick<AppHead, "role">): boolean {
  return role !== "viewer";
}

export function appBadges({ text }: Frame, { face, active, listed, role }: AppHead): Content {
  const words = text.apps;
  return [
    trustBadge(text, face),
    !active && html`<span class="badge badge-bad badge-words">${words.inactive}</span>`,
    active && listed && html`<span class="badge badge-off">${words.listed}</span>`,
    role !== "owner" && html`<span class="badge badge-off">${words.roles[role]}</span>`,
  ];
}

function tabs({ text }: Frame, app: AppHead, current: AppTab): Markup {
  const words = text.apps;
  const links = (Object.keys(words.tabs) as AppTab[]).map((tab) => {
    const mark = attribute("aria-current", tab === current ? "page" : undefined);
    return html`<a href="${appAddress(tab, app)}"${mark}>${words.tabs[tab]}</a>`;
  });
  return html`<nav class="tabs" aria-label="${words.pages}">${links}</nav>`;
}

function standing({ text }: Frame, app: AppHead): Content {
  const words = text.apps;
  return [
    !app.active && notice("bad", words.inactiveNotice),
    !mayChange(app) && notice("plain", words.viewing(app.owner)),
  ];
}

function again({ text }: Frame, address: string): Markup {
  const words = text.apps;
  return notice("plain", html`${words.signInAgain} <a href="${address}">${words.signInNow}</a>.`);
}
