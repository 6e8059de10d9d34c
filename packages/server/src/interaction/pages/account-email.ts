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
  textField,
} from "../../ui/index.ts";
import { againForm, type CodeProblem, codeField, codeNotice } from "./email-code.ts";

export const emailPath = "/account/profile/email";

export interface AccountEmailProps {
  person: Person;
  csrf: string;
  email: string | null;
  verified: boolean;
  /** The address that waits for its code. */
  pending?: string | undefined;
  /** Whether the person signed in a moment ago: else the address cannot be changed. */
  fresh: boolean;
  /** Whether people can be written to. */
  byMail: boolean;
  /** What was written as the new address before a failed submit. */
  written?: string | undefined;
  problem?: CodeProblem | { kind: "taken" } | undefined;
  confirmed?: boolean | undefined;
}

/** `POST /account/profile/email/send` with `email`, `POST /account/profile/email/confirm` with `code`; both with `csrf`. */
export function renderAccountEmail(frame: Frame, props: AccountEmailProps): string {
  const words = frame.text.accountEmail;
  const { person, email, problem, pending, byMail } = props;
  return renderRoom(frame, {
    room: "profile",
    title: words.title,
    failed: problem !== undefined,
    person,
    body: html`<div class="title"><h1>${words.title}</h1></div>
  <div class="stack">${notices(frame, props)}
  <section class="panel stack" aria-labelledby="present"><h2 id="present" class="row"><bdi>${email ?? words.none}</bdi>${badge(frame, props)}</h2>
  <p class="mut">${words.lede}</p>
  ${byMail && (pending === undefined ? offer(frame, props) : confirmForm(frame, props, pending))}</section>
  ${byMail && changePanel(frame, props)}</div>`,
  });
}

function notices(frame: Frame, { problem, confirmed, email }: AccountEmailProps): Content {
  const words = frame.text.accountEmail;
  if (problem?.kind === "taken") return notice("bad", words.taken, true);
  if (problem) return codeNotice(frame, problem);
  return confirmed && email !== null && notice("good", words.confirmed(email), true);
}

function badge({ text }: Frame, { email, verified }: AccountEmailProps): Content {
  const words = text.accountEmail;
  if (email === null) return undefined;
  return verified
    ? html`<span class="badge">${icon("seal", 14)}<b>${words.verified}</b></span>`
    : html`<span class="badge badge-un">${icon("warn", 14)}${words.notVerified}</span>`;
}

function offer({ text }: Frame, { csrf, email, verified }: AccountEmailProps): Content {
  if (email === null || verified) return undefined;
  const words = text.accountEmail;
  return html`<form class="stack" method="post" action="${emailPath}/send">${hidden({ csrf, email })}
    <p>${words.sendTo(html`<b><bdi>${email}</bdi></b>`)}</p>
    <div class="row"><button class="btn btn-1">${words.send}</button></div></form>`;
}

function confirmForm(frame: Frame, { csrf, problem }: AccountEmailProps, pending: string): Markup {
  const words = frame.text.accountEmail;
  return html`<div class="tray stack"><p>${words.sentTo(html`<b><bdi>${pending}</bdi></b>`)}</p>
    <form class="stack" method="post" action="${emailPath}/confirm">${hidden({ csrf })}
    ${codeField(frame, problem?.kind === "taken" ? undefined : problem)}
    <div class="row"><button class="btn btn-1">${words.confirm}</button><a class="btn btn-quiet" href="/account/connected">${words.later}</a></div></form>
    ${againForm(`${emailPath}/send`, words.sendAgain, { csrf, email: pending })}</div>`;
}

function changePanel({ text }: Frame, { csrf, fresh, written, problem }: AccountEmailProps): Markup {
  const words = text.accountEmail;
  const head = html`<div class="stack-s"><h2 id="change">${words.changeTitle}</h2><p class="mut">${words.changeLede}</p></div>`;
  if (!fresh) {
    const next = encodeURIComponent(emailPath);
    return html`<section class="panel stack" aria-labelledby="change">${head}
    <div class="row"><a class="btn" href="/sign-in?next=${next}">${words.signInAgain}</a><p class="fine">${words.fresh}</p></div></section>`;
  }
  const field = textField({
    name: "email",
    label: words.email,
    type: "email",
    value: written,
    autocomplete: "email",
    error: problem?.kind === "address" ? words.problems.address : undefined,
    focus: problem?.kind === "address",
    required: true,
  });
  return html`<section class="panel stack" aria-labelledby="change">${head}
    <form class="stack" method="post" action="${emailPath}/send">${hidden({ csrf })}
    ${field}
    <div class="row"><button class="btn">${words.change}</button></div></form></section>`;
}
