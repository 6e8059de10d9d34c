import { attribute, type Frame, hidden, html, icon, type Markup } from "../../ui/index.ts";
import { doorPath } from "./sign-in.ts";

export interface PasskeyOfferProps {
  csrf: string;
  request?: string | undefined;
  next?: string | undefined;
  /** JSON of what the browser is asked for. */
  options: string;
  /** How long that is good for. */
  lifeMs: number;
  script: string;
}

/** `POST /idp/login` with `auth_method=passkey` and `passkey` (JSON). Hidden until its script shows it: without one it could do nothing. */
export function passkeyOffer({ text }: Frame, { options, lifeMs, script, ...waiting }: PasskeyOfferProps): Markup {
  const words = text.passkeys;
  const said = [
    attribute("data-options", options),
    attribute("data-life", lifeMs),
    attribute("data-again", doorPath("/sign-in", waiting)),
    attribute("data-refused", words.signInRefused),
    attribute("data-known", words.signInRefused),
  ];
  return html`<form class="stack-s" id="passkey-form" method="post" action="/idp/login" data-does="sign-in" hidden${said}>${hidden({ ...waiting, auth_method: "passkey", passkey: "" })}
    <div class="actions"><button class="btn">${icon("key", 16)}${words.signIn}</button></div>
    <p class="fine" id="passkey-status" role="status"></p></form>
<script src="${script}" defer></script>`;
}
