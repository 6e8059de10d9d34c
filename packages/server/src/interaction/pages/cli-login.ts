import { type Frame, hidden, html, type Person, renderStage } from "../../ui/index.ts";
import { shortAddress } from "./key-parts.ts";

export interface CliLoginProps {
  csrf: string;
  /** Whose the key is. */
  username: string;
  /** The address of the key, with the generic prefix. */
  address: string;
  /** The proof, which the form sends on. */
  evidence: { hotkey: string; signature: string; nonce: string };
  /** Somebody else who is signed in here, and would be no more. */
  person?: Person | undefined;
}

/** `POST /idp/cli_login` with `hotkey`, `signature`, `nonce` and `csrf`. Nobody is signed in before. */
export function renderCliLogin(frame: Frame, { csrf, username, address, evidence, person }: CliLoginProps): string {
  const words = frame.text.hotkeys.cli;
  const short = shortAddress(address);
  return renderStage(frame, {
    title: words.title(short),
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${words.heading(html`<bdi>${short}</bdi>`)}</h1><p class="lede">${words.lede(html`<b><bdi>${username}</bdi></b>`)}</p></div>
  <p class="mono mut"><bdi>${address}</bdi></p>
  <p class="mut">${words.caution}${person && html` ${words.replaces(html`<bdi>${person.label}</bdi>`)}`}</p>
  <form class="actions actions-2" method="post" action="/idp/cli_login">${hidden({ csrf, ...evidence })}<a class="btn" href="/">${words.leave}</a><button class="btn btn-1 login-submit">${words.submit}</button></form>
</div></div>`,
  });
}
