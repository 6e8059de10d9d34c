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
import { againForm } from "./email-code.ts";

export const phonePath = "/account/profile/phone";

export type PhoneProblem =
  | { kind: "number" | "wrong" | "dead" | "taken" | "limit" | "crowded" | "busy" | "unavailable" }
  | { kind: "wait"; milliseconds: number };

/** A code that is on its way. */
export interface PhonePending {
  /** Sealed; not the code. */
  proof: string;
  /** As it is called. */
  number: string;
  /** As people read it. */
  shown: string;
  /** The code itself, on a development machine. */
  revealed: string | undefined;
}

export interface PhoneProps {
  person: Person;
  csrf: string;
  /** As people read it. */
  number: string | null;
  /** Whether the person signed in a moment ago: else nothing can be changed. */
  fresh: boolean;
  pending?: PhonePending | undefined;
  /** What was written before a failed submit. */
  written?: string | undefined;
  problem?: PhoneProblem | undefined;
  done?: "confirmed" | "removed" | undefined;
}

/** `POST /account/profile/phone/send` with `number`, `…/confirm` with `proof` and `code`, `…/remove`; all with `csrf`. */
export function renderPhone(frame: Frame, props: PhoneProps): string {
  const words = frame.text.accountPhone;
  const { person, number, problem, pending } = props;
  return renderRoom(frame, {
    room: "profile",
    title: words.title,
    failed: problem !== undefined,
    person,
    body: html`<div class="title"><h1>${words.title}</h1></div>
  <div class="stack">${notices(frame, props)}
  <section class="panel stack" aria-labelledby="present"><h2 id="present" class="row">${present(frame, number)}</h2>
  <p class="mut">${words.lede}</p>
  ${pending ? confirmForm(frame, props, pending) : removeForm(frame, props)}</section>
  ${!pending && writePanel(frame, props)}</div>`,
  });
}

/** Beside the field stands what is wrong with what was written into it. */
const besideField: ReadonlySet<string> = new Set(["number", "wrong"]);

function notices({ text }: Frame, { problem, done, number }: PhoneProps): Content {
  const words = text.accountPhone;
  if (problem?.kind === "wait") return notice("caution", words.wait(problem.milliseconds), true);
  if (problem) return !besideField.has(problem.kind) && notice("bad", words.problems[problem.kind], true);
  if (done === "confirmed" && number !== null) return notice("good", words.confirmed(number), true);
  return done === "removed" && number === null && notice("good", words.removed, true);
}

function present({ text }: Frame, number: string | null): Content {
  if (number === null) return text.accountPhone.none;
  return html`${shownNumber(number)}<span class="badge">${icon("seal", 14)}<b>${text.accountPhone.verified}</b></span>`;
}

/** Numbers are written from left to right everywhere. */
function shownNumber(number: string): Markup {
  return html`<bdi dir="ltr">${number}</bdi>`;
}

function confirmForm({ text }: Frame, { csrf, problem }: PhoneProps, pending: PhonePending): Markup {
  const words = text.accountPhone;
  const { proof, number, shown, revealed } = pending;
  const wrong = problem?.kind === "wrong";
  const field = textField({
    name: "code",
    label: words.code,
    help: words.codeHelp,
    error: wrong ? words.problems.wrong : undefined,
    focus: wrong,
    autocomplete: "one-time-code",
    numeric: true,
    maxLength: 12,
    required: true,
  });
  return html`<div class="tray stack"><p>${
    revealed === undefined
      ? words.sentTo(html`<b>${shownNumber(shown)}</b>`)
      : words.revealed(html`<b class="num">${revealed}</b>`)
  }</p>
    <form class="stack" method="post" action="${phonePath}/confirm">${hidden({ csrf, proof })}
    ${field}
    <div class="row"><button class="btn btn-1">${words.confirm}</button><a class="btn btn-quiet" href="${phonePath}">${words.cancel}</a></div></form>
    ${againForm(`${phonePath}/send`, words.sendAgain, { csrf, number })}</div>`;
}

function removeForm({ text }: Frame, { csrf, number, fresh }: PhoneProps): Content {
  if (number === null || !fresh) return undefined;
  return html`<form method="post" action="${phonePath}/remove">${hidden({ csrf })}
    <button class="btn">${text.accountPhone.remove}</button></form>`;
}

function writePanel({ text }: Frame, { csrf, number, fresh, written, problem }: PhoneProps): Markup {
  const words = text.accountPhone;
  const head = html`<div class="stack-s"><h2 id="write">${number === null ? words.addTitle : words.changeTitle}</h2>${
    number !== null && html`<p class="mut">${words.changeLede}</p>`
  }</div>`;
  if (!fresh) {
    const next = encodeURIComponent(phonePath);
    return html`<section class="panel stack" aria-labelledby="write">${head}
    <div class="row"><a class="btn" href="/sign-in?next=${next}">${words.signInAgain}</a><p class="fine">${words.fresh}</p></div></section>`;
  }
  const wrong = problem?.kind === "number";
  const field = textField({
    name: "number",
    label: words.number,
    type: "tel",
    value: written,
    autocomplete: "tel",
    help: words.numberHelp,
    error: wrong ? words.problems.number : undefined,
    focus: wrong,
    maxLength: 40,
    required: true,
  });
  return html`<section class="panel stack" aria-labelledby="write">${head}
    <form class="stack" method="post" action="${phonePath}/send">${hidden({ csrf })}
    ${field}
    <div class="row"><button class="btn${number === null && " btn-1"}">${words.send}</button></div></form></section>`;
}
