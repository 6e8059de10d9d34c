import {
  type Content,
  type Frame,
  hidden,
  html,
  type Markup,
  notice,
  type Person,
  renderRoom,
  textField,
} from "../../ui/index.ts";

export const deletePath = "/account/delete";

export interface DeleteAccountProps {
  person: Person;
  csrf: string;
  username: string;
  /** Days in which it can be taken back. */
  graceDays: number;
  /** Without one the sign-in itself must be of a moment ago. */
  hasPassword: boolean;
  fresh: boolean;
  /** Nobody else could run the platform: said before anything is asked. */
  isLastOperator: boolean;
  problem?: { kind: "wrong" } | { kind: "last_operator" } | { kind: "wait"; milliseconds: number } | undefined;
}

/** `POST /account/delete` with `password` where there is one. */
export function renderDeleteAccount(frame: Frame, props: DeleteAccountProps): string {
  const words = frame.text.accountDeletion;
  const { person, username, graceDays, hasPassword, fresh, isLastOperator, problem } = props;
  const isLast = isLastOperator || problem?.kind === "last_operator";
  return renderRoom(frame, {
    room: "profile",
    title: words.title,
    failed: problem !== undefined,
    person,
    body: html`<div class="title"><h1>${words.title}</h1></div>
  <div class="stack">${problem?.kind === "wait" && notice("caution", frame.text.signIn.wait(problem.milliseconds), true)}${isLast && notice("bad", words.problems.last_operator, problem !== undefined)}
  <section class="panel stack" aria-labelledby="question"><h2 id="question">${words.question(username)}</h2>
  <p>${graceDays === 0 ? words.immediateLede : words.lede(graceDays)}</p>
  <ul class="stack-s mut">${words.consequences.map((line) => html`<li>${line}</li>`)}</ul>
  ${isLast ? wayBack(frame) : hasPassword || fresh ? form(frame, props) : signInAgain(frame)}</section></div>`,
  });
}

function form({ text }: Frame, { csrf, hasPassword, problem }: DeleteAccountProps): Markup {
  const words = text.accountDeletion;
  const wrong = problem?.kind === "wrong";
  const password: Content =
    hasPassword &&
    textField({
      name: "password",
      label: words.password,
      type: "password",
      autocomplete: "current-password",
      error: wrong ? words.problems.wrong : undefined,
      focus: wrong,
      required: true,
    });
  return html`<form class="stack" method="post" action="${deletePath}">${hidden({ csrf })}
    ${password}
    <div class="row"><button class="btn btn-bad">${words.confirm}</button><a class="btn btn-quiet" href="/account/profile">${words.keep}</a></div></form>`;
}

function wayBack({ text }: Frame): Markup {
  return html`<div class="row"><a class="btn btn-quiet" href="/account/profile">${text.accountDeletion.keep}</a></div>`;
}

function signInAgain({ text }: Frame): Markup {
  const words = text.accountDeletion;
  const next = encodeURIComponent(deletePath);
  return html`<div class="row"><a class="btn" href="/sign-in?next=${next}">${words.signInAgain}</a><p class="fine">${words.fresh}</p><a class="btn btn-quiet" href="/account/profile">${words.keep}</a></div>`;
}
