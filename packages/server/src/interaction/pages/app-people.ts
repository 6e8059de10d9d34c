import {
  type Content,
  choiceField,
  type Frame,
  hidden,
  html,
  type Markup,
  type Person,
  textField,
  time,
} from "../../ui/index.ts";
import { type AppHead, renderAppPage } from "./app-frame.ts";

export interface AppShare {
  userId: string;
  name: string;
  username: string;
  role: "manager" | "viewer";
  createdAt: number;
}

export interface AppPeopleProps {
  person: Person;
  csrf: string;
  app: AppHead;
  ownerUsername: string;
  shares: readonly AppShare[];
  /** What was written before a failed submit, and what is wrong with it. */
  written?: { username?: string; role?: string; error: keyof Frame["text"]["appPeople"]["errors"] };
  /** Where the reader signs in again before anything here can be changed. */
  signInAgain?: string;
  done?: { kind: "shared"; name: string } | { kind: "takenBack" };
}

/** `POST /account/apps/people` with `app`, `username` and `role` shares; `POST /account/apps/people/remove` with `app` and `user`. */
export function renderAppPeople(frame: Frame, props: AppPeopleProps): string {
  const { app, person, ownerUsername, shares, done, signInAgain } = props;
  const words = frame.text.appPeople;
  const rows = shares.map((share) => row(frame, share, props));
  return renderAppPage(frame, {
    tab: "people",
    person,
    app,
    signInAgain,
    failed: props.written !== undefined,
    done: done && (done.kind === "shared" ? words.shared(done.name) : words.takenBack),
    body: html`<section class="panel" aria-labelledby="people"><h2 id="people">${words.title}</h2>
    <ul class="rows"><li><div class="stack-xs"><p class="row"><b>${app.owner}</b><span class="mut"><bdi>${ownerUsername}</bdi></span><span class="badge badge-off">${words.owner}</span></p><p class="fine">${words.ownerLede}</p></div></li>${rows}</ul>
    ${rows.length === 0 && html`<p class="fine gap">${words.empty}</p>`}</section>
  ${app.role === "owner" && sharing(frame, props)}`,
  });
}

function row({ text }: Frame, share: AppShare, { app, csrf }: AppPeopleProps): Markup {
  const words = text.appPeople;
  const { userId, name, username, role, createdAt } = share;
  const takeBack: Content =
    app.role === "owner" &&
    html`<form method="post" action="/account/apps/people/remove">${hidden({ csrf, app: app.id, user: userId })}<button class="btn btn-s" aria-label="${words.takeBackOf(name)}">${words.takeBack}</button></form>`;
  return html`<li><div class="stack-xs"><p class="row"><b>${name}</b><span class="mut"><bdi>${username}</bdi></span><span class="badge badge-off">${words.roles[role]}</span></p><p class="fine num">${words.roleLedes[role]} ${time(createdAt, words.since(createdAt))}.</p></div>${takeBack}</li>`;
}

function sharing({ text }: Frame, { app, csrf, written }: AppPeopleProps): Markup {
  const words = text.appPeople;
  return html`<form class="panel stack" method="post" action="/account/apps/people" aria-labelledby="share">${hidden({ csrf, app: app.id })}
    <h2 id="share">${words.add}</h2>
    <div class="add">${textField({
      name: "username",
      label: words.username,
      value: written?.username,
      autocomplete: "off",
      verbatim: true,
      required: true,
      maxLength: 32,
      error: written && words.errors[written.error],
      focus: written !== undefined,
    })}${choiceField({ name: "role", label: words.role, options: Object.entries(words.roleChoices), value: written?.role })}<button class="btn btn-1">${words.submit}</button></div></form>`;
}
