import {
  type AppFace,
  appTile,
  type Content,
  type Frame,
  hidden,
  html,
  type Markup,
  notice,
  renderStage,
  textField,
} from "../../ui/index.ts";

/** The app a person is on the way to. The links are the app's own and leave without a referrer. */
export interface RequestingApp extends AppFace {
  privacyUrl?: string;
  termsUrl?: string;
}

export interface SignInProps {
  csrf: string;
  /** The sealed authorization request, when an app waits for the answer. */
  request?: string | undefined;
  /** The page of the account that waits for the sign-in. */
  next?: string | undefined;
  app?: RequestingApp | undefined;
  /** What was written before a failed submit. */
  login?: string | undefined;
  problem?:
    | { kind: "wrong" }
    | { kind: "passkey" }
    | { kind: "wait"; milliseconds: number }
    | { kind: "expired" }
    | undefined;
  /** Whether somebody who forgot the password can have a new one. */
  canReset?: boolean;
  /** The other ways of signing in, a button or a link each. */
  offers?: readonly Markup[];
}

/** `POST /idp/login` with `login`, `password`, `csrf` and, on the way to an app, `request`. */
export function renderSignIn(frame: Frame, props: SignInProps): string {
  const { app } = props;
  const words = frame.text.signIn;
  return renderStage(frame, {
    title: words.title,
    failed: props.problem !== undefined,
    body: html`<div class="slip"><div class="stub stack">
  ${head(frame, app)}
  ${problemNotice(frame, props)}
  ${form(frame, props)}
  ${props.offers}
  <p class="mut">${words.newHere(frame.brand.name)} <a href="${doorPath("/sign-up", props)}">${words.createAccount}</a></p>
</div></div>
${app && madeElsewhere(frame, app)}`,
  });
}

export const keySignInPath = "/idp/login/key";

/** The query with which another way of signing in leads to the same end. */
export function carryOn({ request, next }: { request?: string | undefined; next?: string | undefined }): string {
  const query = new URLSearchParams({ ...(request && { request }), ...(next && { next }) }).toString();
  return query === "" ? "" : `?${query}`;
}

/** The way between the doors keeps what waits behind them. */
export function doorPath(path: "/sign-in" | "/sign-up", waiting: Parameters<typeof carryOn>[0]): string {
  return path + carryOn(waiting);
}

/** Who waits behind the door, said the same way on both. */
export function madeElsewhere(frame: Frame, app: RequestingApp): Markup {
  const words = frame.text.signIn;
  const privacy = app.privacyUrl && outwardLink(app.privacyUrl, words.privacy);
  const terms = app.termsUrl && outwardLink(app.termsUrl, words.terms);
  const policies =
    privacy && terms ? words.policies(privacy, terms) : (privacy || terms) && words.policy(privacy || terms);
  return html`<p class="fine under">${words.madeElsewhere(app.name, html`<b><bdi>${app.host}</bdi></b>`)} ${policies}</p>`;
}

function outwardLink(href: string, words: string): Markup {
  return html`<a href="${href}" rel="noreferrer">${words}</a>`;
}

function head(frame: Frame, app: RequestingApp | undefined): Markup {
  const words = frame.text.signIn;
  if (!app) return html`<h1>${words.title}</h1>`;
  const goOn = words.goOn(html`<b>${app.name}</b>`);
  return html`<div class="id">${appTile(app)}<div><h1>${words.title}</h1><p class="mut">${goOn}</p></div></div>`;
}

function problemNotice({ text }: Frame, { problem }: SignInProps): Content {
  if (problem?.kind === "wrong") return notice("bad", text.signIn.wrong, true);
  if (problem?.kind === "wait") return notice("caution", text.signIn.wait(problem.milliseconds), true);
  if (problem?.kind === "passkey") return notice("bad", text.passkeys.refused, true);
  return problem && notice("plain", text.signIn.expired, true);
}

function form({ text }: Frame, { csrf, request, next, login, problem, canReset }: SignInProps): Markup {
  const words = text.signIn;
  const wrong = problem?.kind === "wrong";
  const name = textField({
    name: "login",
    label: words.login,
    value: login,
    autocomplete: "username webauthn",
    verbatim: true,
    required: true,
  });
  const password = textField({
    name: "password",
    label: words.password,
    type: "password",
    autocomplete: "current-password",
    required: true,
    error: wrong ? words.wrongField : undefined,
    focus: wrong,
  });
  return html`<form class="stack" method="post" action="/idp/login">${hidden({ csrf, request, next })}
    ${name}
    ${password}
    ${canReset && html`<p class="fine"><a href="/reset-password${carryOn({ request, next })}">${text.passwordReset.forgot}</a></p>`}
    <div class="actions"><button class="btn btn-1 login-submit">${words.submit}</button></div>
  </form>`;
}
