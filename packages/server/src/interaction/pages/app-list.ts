import { appTile, emptyRoom, type Frame, html, type Markup, notice, type Person, renderRoom } from "../../ui/index.ts";
import { type AppHead, appAddress, appBadges } from "./app-frame.ts";

export interface ListedApp extends AppHead {
  description?: string;
  /** How many people allow it now. */
  people: number;
  createdAt: number;
}

export interface AppListProps {
  person: Person;
  /** The reader's own and those shared with him, newest first. */
  apps: readonly ListedApp[];
  /** Why the reader may register no app. */
  mayNot?: keyof Frame["text"]["apps"]["mayNot"];
  /** The name of an app deleted a moment ago. */
  deleted?: string;
}

export function renderAppList(frame: Frame, { person, apps, mayNot, deleted }: AppListProps): string {
  const words = frame.text.apps;
  const create = !mayNot && html`<a class="btn btn-1 btn-s" href="/account/apps/new">${words.create}</a>`;
  const link = html`<a href="/apps">${words.directory}</a>`;
  return renderRoom(frame, {
    room: "apps",
    person,
    body: html`<div class="title"><h1>${words.title}</h1>${apps.length > 0 && html`<span class="row">${html`<span class="mut num">${words.summary(apps.length)}</span>`}${create}</span>`}</div>
  <div class="stack">${deleted !== undefined && notice("good", words.deleted(deleted), true)}
  ${mayNot && notice("plain", words.mayNot[mayNot])}
  ${apps.length > 0 ? html`<ul class="panel">${apps.map((app) => row(frame, app))}</ul>` : emptyRoom(words.emptyTitle, words.empty(frame.brand.name), create)}</div>
  <p class="fine under-l">${words.note(link)}</p>`,
  });
}

function row(frame: Frame, app: ListedApp): Markup {
  const words = frame.text.apps;
  const { face, description, people, createdAt, role, owner } = app;
  const shared = role !== "owner" && html`<p class="fine">${words.roles[role]}, ${words.sharedBy(owner)}</p>`;
  return html`<li class="app-row">
    <div class="id">${appTile(face)}<div class="stack-s"><div class="row"><h2><a class="plain" href="${appAddress("app", app)}">${face.name}</a></h2>${appBadges(frame, { ...app, role: "owner" })}</div>${description && html`<p class="fine clip">${description}</p>`}${shared}</div></div>
    <div class="row row-b"><div><p class="num">${words.people(people)}</p><p class="fine num">${words.registered(createdAt)}</p></div><a class="btn btn-s" href="${appAddress("app", app)}" aria-label="${words.openOf(face.name)}">${words.open}</a></div></li>`;
}
