import {
  bill,
  type Content,
  type Frame,
  html,
  icon,
  leftText,
  type Markup,
  notice,
  type Person,
  payerName,
  perforation,
  renderRoom,
  spentText,
  time,
} from "../../ui/index.ts";
import { emailPath } from "./account-email.ts";
import { phonePath } from "./phone.ts";
import { postalAddressPath } from "./postal-address.ts";

export interface ProfileProps {
  person: Person;
  user: {
    id: string;
    name: string;
    username: string;
    email: string | null;
    emailVerified: boolean;
    /** As people read it; undefined where numbers are not verified. */
    phone?: { number: string | null } | undefined;
    /** The postal one, in one line. */
    address?: string | null | undefined;
    createdAt: number;
  };
  /** The personal workspace and its wallet; `balanceMicros` includes what is held. */
  workspace: { name: string; balanceMicros: number; heldMicros: number };
}

/** From here on a call may be refused for the balance alone. One cent. */
const lowBalanceMicros = 10_000;

export function renderProfile(frame: Frame, { person, user, workspace }: ProfileProps): string {
  const words = frame.text.profile;
  const left = workspace.balanceMicros - workspace.heldMicros;
  return renderRoom(frame, {
    room: "profile",
    person,
    body: html`<div class="title"><h1>${words.title}</h1></div>
  <div class="stack"><div class="cols">
    <section class="panel stack" aria-labelledby="you"><h2 id="you">${words.you}</h2>${facts(frame, user)}<div class="row"><a class="btn" href="/account/profile/edit">${frame.text.profileEdit.open}</a></div></section>
    <section class="slip" aria-labelledby="balance">
      <div class="stub stack-s"><h2 class="head" id="balance">${icon("slip", 18)}${words.balance}</h2><p class="big num">${leftText(workspace.balanceMicros, frame.text.language)}</p>
        ${left < lowBalanceMicros && notice("bad", words.low(left))}</div>
      ${perforation()}
      <div class="stub stub-bill stack-s">${bill([
        { label: words.held, amount: spentText(workspace.heldMicros, frame.text.language) },
        { label: words.left, amount: leftText(left, frame.text.language) },
        { label: words.workspace, amount: payerName(frame.text, workspace.name) },
      ])}<p class="fine">${words.workspaceNote}</p></div>
    </section>
  </div>
  ${endings(frame)}</div>`,
  });
}

/** Taking everything along, and leaving. */
function endings({ text }: Frame): Markup {
  const words = text.accountDeletion;
  return html`<section class="panel stack" aria-labelledby="endings"><div class="stack-s"><h2 id="endings">${words.exportTitle}</h2><p class="mut">${words.exportLede}</p></div>
    <div class="row"><a class="btn" href="/account/export">${words.exportNow}</a><a class="btn" href="/account/delete">${words.start}</a></div></section>`;
}

function facts({ text }: Frame, user: ProfileProps["user"]): Markup {
  const words = text.profile;
  return html`<dl class="facts">
      <dt>${words.name}</dt><dd>${user.name}</dd>
      <dt>${words.username}</dt><dd><bdi>${user.username}</bdi></dd>
      <dt>${words.email}</dt><dd>${email(text.profile, user)} <a href="${emailPath}">${emailStep(text.accountEmail, user)}</a></dd>
      ${user.phone && phone(text.accountPhone, user.phone.number)}
      ${address(text.postalAddress, user.address)}
      <dt>${words.since}</dt><dd class="num">${time(user.createdAt, words.sinceDate(user.createdAt))}</dd>
      <dt>${words.number}</dt><dd class="mono">${user.id}</dd>
    </dl>`;
}

function emailStep(words: Frame["text"]["accountEmail"], { email, emailVerified }: ProfileProps["user"]): string {
  if (email === null) return words.addTitle;
  return emailVerified ? words.changeTitle : words.confirmTitle;
}

function phone(words: Frame["text"]["accountPhone"], number: string | null): Markup {
  const link = html`<a href="${phonePath}">${number === null ? words.addTitle : words.changeTitle}</a>`;
  return html`<dt>${words.title}</dt><dd>${number !== null && html`<bdi dir="ltr">${number}</bdi> `}${link}</dd>`;
}

function address(words: Frame["text"]["postalAddress"], line: string | null | undefined): Markup {
  const link = html`<a href="${postalAddressPath}">${!line ? words.add : words.change}</a>`;
  return html`<dt>${words.title}</dt><dd>${line && html`<bdi>${line}</bdi> `}${link}</dd>`;
}

function email(words: Frame["text"]["profile"], user: ProfileProps["user"]): Content {
  if (user.email === null) return words.noEmail;
  if (user.emailVerified) {
    return html`<span class="row"><bdi>${user.email}</bdi><span class="badge">${icon("seal", 14)}<b>${words.verified}</b></span></span>`;
  }
  return html`<span class="row"><bdi>${user.email}</bdi><span class="badge badge-un">${icon("warn", 14)}${words.notVerified}</span></span><span class="fine">${words.emailNote}</span>`;
}
