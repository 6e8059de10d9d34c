import { type Frame, hidden, html, type Markup, renderStage, textField } from "../../ui/index.ts";
import {
  addressField,
  againForm,
  codeField,
  codeNotice,
  type EmailAskProps,
  type EmailCodeProps,
  waitNotice,
} from "./email-code.ts";
import { carryOn, doorPath } from "./sign-in.ts";

export const resetPath = "/reset-password";

export type ResetAskProps = Omit<EmailAskProps, "app">;

export interface ResetProps extends Omit<EmailCodeProps, "app"> {
  passwordError?: "missing" | "short" | "long" | "common" | undefined;
}

/** `POST /reset-password` with `email` and `csrf`. */
export function renderResetAsk(frame: Frame, props: ResetAskProps): string {
  const words = frame.text.passwordReset;
  return renderStage(frame, {
    title: words.title,
    failed: props.problem !== undefined,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${words.title}</h1><p class="lede">${words.lede}</p></div>
  ${waitNotice(frame, props.problem)}
  <form class="stack" method="post" action="${resetPath}">${hidden(waiting(props))}
    ${addressField(frame, props)}
    <div class="actions"><button class="btn btn-1">${words.send}</button></div>
  </form>
  <p class="mut"><a href="${doorPath("/sign-in", props)}">${words.back}</a></p>
</div></div>`,
  });
}

/** `POST /reset-password/new` with `code_id`, `code`, `email`, `password` and `csrf`. */
export function renderReset(frame: Frame, props: ResetProps): string {
  const words = frame.text.passwordReset;
  const { problem, email } = props;
  return renderStage(frame, {
    title: words.title,
    failed: problem !== undefined || props.passwordError !== undefined,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${words.title}</h1><p class="lede">${words.sentLede(html`<b><bdi>${email}</bdi></b>`)}</p></div>
  ${codeNotice(frame, problem)}
  ${problem?.kind !== "dead" && form(frame, props)}
  ${againForm(resetPath, words.sendAgain, { ...waiting(props), email }, problem)}
  <p class="mut"><a href="${resetPath}${carryOn(props)}">${words.other}</a></p>
</div></div>`,
  });
}

function form(frame: Frame, props: ResetProps): Markup {
  const words = frame.text.passwordReset;
  const { email, codeId, problem, passwordError } = props;
  const password = textField({
    name: "password",
    label: words.password,
    type: "password",
    autocomplete: "new-password",
    help: words.passwordHelp,
    error: passwordError && frame.text.signUp.errors.password[passwordError],
    focus: passwordError !== undefined,
    required: true,
  });
  return html`<form class="stack" method="post" action="${resetPath}/new">${hidden({ ...waiting(props), code_id: codeId, email })}
    ${codeField(frame, problem)}
    ${password}
    <div class="actions"><button class="btn btn-1">${words.submit}</button></div>
  </form>`;
}

/** After a reset. */
export function renderResetDone(frame: Frame, props: Pick<ResetAskProps, "request" | "next">): string {
  const words = frame.text.passwordReset;
  return renderStage(frame, {
    title: words.doneTitle,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${words.doneTitle}</h1><p class="lede">${words.doneLede}</p></div>
  <div class="actions"><a class="btn btn-1" href="${doorPath("/sign-in", props)}">${words.signIn}</a></div>
</div></div>`,
  });
}

function waiting({ csrf, request, next }: ResetAskProps) {
  return { csrf, request, next };
}
