import {
  attribute,
  type Content,
  type Frame,
  hidden,
  html,
  type Markup,
  notice,
  renderStage,
  textField,
} from "../../ui/index.ts";
import { carryOn, doorPath, madeElsewhere, type RequestingApp } from "./sign-in.ts";

export type CodeProblem =
  | { kind: "address" }
  | { kind: "wrong" }
  /** Used, spent or too old. */
  | { kind: "dead" }
  | { kind: "wait"; milliseconds: number };

export interface EmailAskProps {
  csrf: string;
  /** The sealed authorization request, when an app waits for the answer. */
  request?: string | undefined;
  /** The page of our own that waits for the sign-in. */
  next?: string | undefined;
  app?: RequestingApp | undefined;
  /** What was written before a failed submit. */
  email?: string | undefined;
  problem?: CodeProblem | undefined;
}

export interface EmailCodeProps extends EmailAskProps {
  email: string;
  /** Of the code that was sent; not the code. */
  codeId: string;
}

export const emailSignInPath = "/idp/login/email";

/** `POST /idp/login/email` with `email`, `csrf` and, on the way to an app, `request`. */
export function renderEmailAsk(frame: Frame, props: EmailAskProps): string {
  const words = frame.text.emailCode;
  return renderStage(frame, {
    title: words.title,
    failed: props.problem !== undefined,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${words.title}</h1><p class="lede">${words.lede}</p></div>
  ${waitNotice(frame, props.problem)}
  <form class="stack" method="post" action="${emailSignInPath}">${hidden(waiting(props))}
    ${addressField(frame, props)}
    <div class="actions"><button class="btn btn-1">${words.send}</button></div>
  </form>
  <p class="mut"><a href="${doorPath("/sign-in", props)}">${words.usePassword}</a></p>
</div></div>
${props.app && madeElsewhere(frame, props.app)}`,
  });
}

/** `POST /idp/login` with `auth_method=email_code`, `code_id`, `code`, `email`, `csrf` and, on the way to an app, `request`. */
export function renderEmailCode(frame: Frame, props: EmailCodeProps): string {
  const words = frame.text.emailCode;
  const { problem, codeId, email } = props;
  return renderStage(frame, {
    title: words.sentTitle,
    failed: problem !== undefined,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${words.sentTitle}</h1><p class="lede">${words.sentLede(html`<b><bdi>${email}</bdi></b>`)}</p></div>
  ${codeNotice(frame, problem)}
  ${
    problem?.kind !== "dead" &&
    html`<form class="stack" method="post" action="/idp/login">${hidden({ ...waiting(props), auth_method: "email_code", code_id: codeId, email })}
    ${codeField(frame, problem)}
    <div class="actions"><button class="btn btn-1 login-submit">${words.submit}</button></div>
  </form>`
  }
  ${againForm(emailSignInPath, words.sendAgain, { ...waiting(props), email }, problem)}
  <p class="mut"><a href="${emailSignInPath}${carryOn(props)}">${words.other}</a></p>
</div></div>
${props.app && madeElsewhere(frame, props.app)}`,
  });
}

function waiting({ csrf, request, next }: EmailAskProps) {
  return { csrf, request, next };
}

/** The address to which a code goes. */
export function addressField({ text }: Frame, { email, problem }: Pick<EmailAskProps, "email" | "problem">): Markup {
  const wrong = problem?.kind === "address";
  return textField({
    name: "email",
    label: text.emailCode.email,
    type: "email",
    value: email,
    autocomplete: "email",
    error: wrong ? text.emailCode.problems.address : undefined,
    focus: wrong,
    required: true,
  });
}

/** The code out of the mail. */
export function codeField({ text }: Frame, problem: CodeProblem | undefined): Markup {
  const words = text.emailCode;
  const wrong = problem?.kind === "wrong";
  return textField({
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
}

export function waitNotice({ text }: Frame, problem: CodeProblem | undefined): Content {
  return problem?.kind === "wait" && notice("caution", text.emailCode.wait(problem.milliseconds), true);
}

export function codeNotice(frame: Frame, problem: CodeProblem | undefined): Content {
  if (problem?.kind === "dead") return notice("bad", frame.text.emailCode.problems.dead, true);
  return waitNotice(frame, problem);
}

/** The same once more, with what was written before. Where the code is dead, it is the one thing to do. */
export function againForm(
  action: string,
  words: string,
  values: Record<string, string | undefined>,
  problem?: CodeProblem,
): Markup {
  const dead = problem?.kind === "dead";
  const button = html`<button class="${dead ? "btn btn-1" : "link"}">${words}</button>`;
  return html`<form${attribute("class", dead && "actions")} method="post" action="${action}">${hidden(values)}${button}</form>`;
}
