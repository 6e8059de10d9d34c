import {
  attribute,
  type Content,
  type Frame,
  hidden,
  html,
  type Markup,
  notice,
  renderStage,
  type Text,
  textField,
} from "../../ui/index.ts";
import { type ProviderFace, providerButtons } from "./provider-buttons.ts";
import { doorPath, madeElsewhere, type RequestingApp } from "./sign-in.ts";

type Errors = Text["signUp"]["errors"];

/** For each field at most one thing that is wrong with it. */
export type SignUpErrors = { [Field in keyof Errors]?: keyof Errors[Field] };

export interface SignUpProps {
  csrf: string;
  /** The sealed authorization request, when an app waits for the answer. */
  request?: string;
  /** The page of our own that waits. */
  next?: string;
  app?: RequestingApp;
  /** What was written before a failed submit; a password is never shown again. */
  values?: { name?: string; username?: string; email?: string; terms?: boolean };
  errors?: SignUpErrors;
  problem?: { kind: "wait"; milliseconds: number } | { kind: "expired" };
  /** Providers whose accounts become accounts here, and what their form of signing in carries. */
  elsewhere?: { providers: readonly ProviderFace[]; csrf: string; auth_method: string };
}

/** `POST /sign-up` with `name`, `username`, `email`, `password`, `csrf`, and `terms` (`yes`) if the operator has terms. */
export function renderSignUp(frame: Frame, props: SignUpProps): string {
  const words = frame.text.signUp;
  return renderStage(frame, {
    title: words.title,
    failed: props.problem !== undefined || Object.keys(props.errors ?? {}).length > 0,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${words.title}</h1><p class="lede">${words.lede(frame.brand.name)}</p></div>
  ${problemNotice(frame, props)}
  <form class="stack" method="post" action="/sign-up">${hidden({ csrf: props.csrf, request: props.request, next: props.next })}
    ${fields(frame, props)}
    ${termsBox(frame, props)}
    <div class="actions"><button class="btn btn-1 login-submit">${words.submit}</button></div>
  </form>
  ${otherWays(frame, props)}
  <p class="mut">${words.haveAccount} <a href="${doorPath("/sign-in", props)}">${words.signIn}</a></p>
</div></div>
${props.app && madeElsewhere(frame, props.app)}`,
  });
}

/** Whoever comes from elsewhere ticks no box, so the button says what it means. */
function otherWays(frame: Frame, { elsewhere, request, next }: SignUpProps): Content {
  if (!elsewhere || elsewhere.providers.length === 0) return undefined;
  const { providers, ...carried } = elsewhere;
  const { terms } = frame.brand.links;
  const words = frame.text;
  const accepted = terms && words.upstream.accepts(html`<a href="${terms}">${words.signUp.terms}</a>`);
  return html`${providerButtons(frame, providers, { ...carried, request, next })}
  ${accepted && html`<p class="fine">${accepted}</p>`}`;
}

function problemNotice({ text }: Frame, { problem }: SignUpProps): Content {
  if (problem?.kind === "wait") return notice("caution", text.signUp.wait(problem.milliseconds), true);
  return problem && notice("plain", text.signUp.expired, true);
}

function fields({ text }: Frame, { values = {}, errors = {} }: SignUpProps): Content {
  const words = text.signUp;
  const first = (["name", "username", "email", "password", "terms"] as const).find((field) => errors[field]);
  return [
    textField({
      name: "name",
      label: words.name,
      value: values.name,
      autocomplete: "name",
      maxLength: 64,
      help: words.nameHelp,
      error: errors.name && words.errors.name[errors.name],
      focus: first === "name",
      required: true,
    }),
    textField({
      name: "username",
      label: words.username,
      value: values.username,
      autocomplete: "username",
      maxLength: 32,
      verbatim: true,
      help: words.usernameHelp,
      error: errors.username && words.errors.username[errors.username],
      focus: first === "username",
      required: true,
    }),
    textField({
      name: "email",
      label: words.email,
      type: "email",
      value: values.email,
      autocomplete: "email",
      help: words.emailHelp,
      error: errors.email && words.errors.email[errors.email],
      focus: first === "email",
      required: true,
    }),
    textField({
      name: "password",
      label: words.password,
      type: "password",
      autocomplete: "new-password",
      help: words.passwordHelp,
      error: errors.password && words.errors.password[errors.password],
      focus: first === "password",
      required: true,
    }),
  ];
}

function termsBox({ brand: { links }, text }: Frame, { values, errors }: SignUpProps): Markup | undefined {
  if (!links.terms) return undefined;
  const words = text.signUp;
  const terms = html`<a href="${links.terms}">${words.terms}</a>`;
  const sentence = links.privacy
    ? words.acceptBoth(terms, html`<a href="${links.privacy}">${words.privacy}</a>`)
    : words.acceptTerms(terms);
  const wrong = errors?.terms && words.errors.terms[errors.terms];
  const described = attribute("aria-describedby", wrong && "terms-note");
  const invalid = attribute("aria-invalid", wrong && "true");
  const ticked = attribute("checked", values?.terms);
  return html`<div><label class="perm"><input class="box" type="checkbox" name="terms" value="yes" required${ticked}${invalid}${described}><span>${sentence}</span></label>
    ${wrong && html`<p class="error" id="terms-note">${wrong}</p>`}</div>`;
}
