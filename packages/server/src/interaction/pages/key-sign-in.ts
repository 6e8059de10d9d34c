import { appTile, type Content, type Frame, hidden, html, type Markup, notice, renderStage } from "../../ui/index.ts";
import { keyFields, textToSign, walletBox } from "./key-parts.ts";
import { carryOn, madeElsewhere, type RequestingApp } from "./sign-in.ts";

export interface KeySignInProps {
  csrf: string;
  /** What is to be signed, and the nonce in it. */
  text: string;
  nonce: string;
  /** The sealed authorization request, when an app waits for the answer. */
  request?: string | undefined;
  /** The page of our own that waits for the sign-in. */
  next?: string | undefined;
  app?: RequestingApp | undefined;
  /** What was written before a failed submit. */
  hotkey?: string | undefined;
  problem?:
    | { kind: "wrong" }
    | { kind: "unknown" }
    | { kind: "expired" }
    | { kind: "wait"; milliseconds: number }
    | undefined;
  walletScript: string;
}

/** `POST /idp/login` with `auth_method=hotkey`, `hotkey`, `signature`, `nonce`, `csrf` and, on the way to an app, `request`. */
export function renderKeySignIn(frame: Frame, props: KeySignInProps): string {
  const words = frame.text.hotkeys;
  const { app } = props;
  return renderStage(frame, {
    title: words.signInTitle,
    failed: props.problem !== undefined,
    body: html`<div class="slip"><div class="stub stack">
  ${head(frame, app)}
  ${problemNotice(frame, props)}
  ${textToSign(frame, props.text)}
  ${form(frame, props)}
  ${walletBox(frame, props.walletScript)}
  <p class="mut"><a href="/sign-in${carryOn(props)}">${words.usePassword}</a></p>
</div></div>
${app && madeElsewhere(frame, app)}`,
  });
}

function head({ text }: Frame, app: RequestingApp | undefined): Markup {
  const title = text.hotkeys.signInTitle;
  if (!app) return html`<div><h1>${title}</h1><p class="lede">${text.hotkeys.signInLede}</p></div>`;
  const goOn = text.signIn.goOn(html`<b>${app.name}</b>`);
  return html`<div class="id">${appTile(app)}<div><h1>${title}</h1><p class="mut">${goOn}</p></div></div>
  <p class="mut">${text.hotkeys.signInLede}</p>`;
}

function problemNotice({ text }: Frame, { problem }: KeySignInProps): Content {
  if (!problem) return undefined;
  if (problem.kind === "wait") return notice("caution", text.signIn.wait(problem.milliseconds), true);
  return notice("bad", text.hotkeys.problems[problem.kind], true);
}

function form(frame: Frame, { csrf, nonce, request, next, hotkey, problem }: KeySignInProps): Markup {
  const words = frame.text.hotkeys;
  const wrong = problem?.kind === "wrong" ? words.wrongField : undefined;
  return html`<form class="stack" id="key-form" method="post" action="/idp/login">${hidden({ csrf, nonce, request, next, auth_method: "hotkey" })}
    ${keyFields(frame, { hotkey, wrong })}
    <div class="actions"><button class="btn btn-1 login-submit">${words.signIn}</button></div>
  </form>`;
}
