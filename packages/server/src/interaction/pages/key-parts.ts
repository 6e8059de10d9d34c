import { attribute, type Frame, html, type Markup, textField } from "../../ui/index.ts";

/** What a key has to sign, to be copied whole. */
export function textToSign({ text }: Frame, toSign: string): Markup {
  return html`<div class="field"><label for="key-text">${text.hotkeys.textToSign}</label>
    <textarea class="input mono" id="key-text" rows="10" readonly spellcheck="false" dir="ltr" aria-describedby="key-text-note">
${toSign}</textarea><p class="help" id="key-text-note">${text.hotkeys.textHelp}</p></div>`;
}

export interface KeyFields {
  hotkey?: string | undefined;
  /** The signature does not fit: both fields may be at fault. */
  wrong?: string | undefined;
}

/** A signature is never shown again: it fits the text it was made for and no other. */
export function keyFields({ text }: Frame, { hotkey, wrong }: KeyFields): Markup {
  const words = text.hotkeys;
  const address = textField({
    name: "hotkey",
    label: words.hotkey,
    help: words.hotkeyHelp,
    value: hotkey,
    autocomplete: "off",
    verbatim: true,
    required: true,
    maxLength: 80,
  });
  const signature = textField({
    name: "signature",
    label: words.signature,
    help: words.signatureHelp,
    error: wrong,
    focus: wrong !== undefined,
    autocomplete: "off",
    verbatim: true,
    required: true,
    maxLength: 200,
  });
  return html`${address}
    ${signature}`;
}

/** Stays hidden until its script finds a wallet. */
export function walletBox({ text }: Frame, scriptPath: string): Markup {
  const words = text.hotkeys;
  const said = [
    attribute("data-wallet", words.wallet),
    attribute("data-account", words.walletAccount),
    attribute("data-empty", words.walletEmpty),
    attribute("data-refused", words.walletRefused),
  ];
  return html`<div class="stack-s" id="wallet" hidden${said}></div>
<script src="${scriptPath}" defer></script>`;
}

/** The beginning and the end of an address, which is how people tell theirs from others. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-6)}`;
}
