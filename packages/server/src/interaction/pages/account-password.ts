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

export const passwordPath = "/account/security/password";

export interface AccountPasswordProps {
  person: Person;
  csrf: string;
  /** Whether there is a password already. */
  hasPassword: boolean;
  /** Whether the person signed in a moment ago: without a password, only they may set one. */
  fresh: boolean;
  changed?: boolean | undefined;
  problem?:
    | { kind: "wrong" }
    | { kind: "stale" }
    | { kind: "wait"; milliseconds: number }
    | { kind: "password"; error: "missing" | "short" | "long" | "common" }
    | undefined;
}

/** `POST /account/security/password` with `current`, `password` and `csrf`. */
export function renderAccountPassword(frame: Frame, props: AccountPasswordProps): string {
  const words = frame.text.accountPassword;
  const { person, hasPassword, fresh, problem } = props;
  return renderRoom(frame, {
    room: "security",
    title: words.title,
    failed: problem !== undefined,
    person,
    body: html`<div class="title"><h1>${words.title}</h1></div>
  <div class="stack">${notices(frame, props)}
  <section class="panel stack"><p class="mut">${hasPassword ? words.lede : words.firstLede}</p>
  ${hasPassword || fresh ? form(frame, props) : signInAgain(frame)}</section></div>`,
  });
}

function notices({ text }: Frame, { problem, changed }: AccountPasswordProps): Content {
  const words = text.accountPassword;
  if (problem?.kind === "stale") return notice("bad", words.stale, true);
  if (problem?.kind === "wait") return notice("caution", words.wait(problem.milliseconds), true);
  return changed && notice("good", words.changed, true);
}

function signInAgain({ text }: Frame): Markup {
  const words = text.accountPassword;
  const next = encodeURIComponent(passwordPath);
  return html`<div class="row"><a class="btn" href="/sign-in?next=${next}">${words.signInAgain}</a><p class="fine">${words.fresh}</p></div>`;
}

function form(frame: Frame, { person, csrf, hasPassword, problem }: AccountPasswordProps): Markup {
  const words = frame.text.accountPassword;
  const wrong = problem?.kind === "wrong";
  const error = problem?.kind === "password" ? problem.error : undefined;
  const current = textField({
    name: "current",
    label: words.current,
    type: "password",
    autocomplete: "current-password",
    error: wrong ? words.problems.wrong : undefined,
    focus: wrong,
    required: true,
  });
  const fresh = textField({
    name: "password",
    label: words.password,
    type: "password",
    autocomplete: "new-password",
    help: words.passwordHelp,
    error: error && frame.text.signUp.errors.password[error],
    focus: error !== undefined,
    required: true,
  });
  // For password managers, which keep a password by name.
  const { username } = frame.text.profile;
  const name = html`<input type="text" name="username" value="${person.label}" autocomplete="username" aria-label="${username}" hidden>`;
  return html`<form class="stack" method="post" action="${passwordPath}">${hidden({ csrf })}${name}
    ${hasPassword && current}
    ${fresh}
    <div class="row"><button class="btn btn-1">${hasPassword ? words.submit : words.set}</button><a class="btn btn-quiet" href="/account/security">${words.leave}</a></div></form>`;
}
