import { sha256Base64Url } from "../../kernel/hash.ts";
import type { Asset } from "../../ui/index.ts";

/**
 * Only a script reaches an authenticator: this one shows the form that the page holds hidden, fills it in and sends it. Its
 * words and its options come from the page.
 */
const body = `"use strict";
const form = document.getElementById("passkey-form");
const list = document.getElementById("passkeys");
const status = document.getElementById("passkey-status");

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

function options() {
  const { user, excludeCredentials = [], ...rest } = JSON.parse(form.dataset.options);
  const publicKey = { ...rest, challenge: bytes(rest.challenge) };
  if (!user) return publicKey;
  const known = excludeCredentials.map((each) => ({ ...each, id: bytes(each.id) }));
  return { ...publicKey, user: { ...user, id: bytes(user.id) }, excludeCredentials: known };
}

const opened = Date.now();
const again = () => location.replace(form.dataset.again);

function send({ id, rawId, type, response }) {
  // What was asked for so long ago would be refused: the page asks anew.
  if (Date.now() - opened > Number(form.dataset.life)) return again();
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  const transports = response.getTransports?.();
  form.elements.passkey.value = JSON.stringify({ id, rawId: text(rawId), type, response: { ...parts, transports } });
  form.submit();
}

async function add() {
  send(await navigator.credentials.create({ publicKey: options() }));
}

let waiting = new AbortController();

async function signIn() {
  waiting.abort();
  send(await navigator.credentials.get({ publicKey: options() }));
}

// The browser lists passkeys where it fills in names, and answers when one is chosen there.
async function wait() {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  waiting = new AbortController();
  const asked = { publicKey: options(), mediation: "conditional", signal: waiting.signal };
  navigator.credentials.get(asked).then(send, () => {});
}

function begin() {
  const adds = form.dataset.does === "add";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    status.textContent = "";
    (adds ? add : signIn)().catch(({ name }) => {
      status.textContent = name === "InvalidStateError" ? form.dataset.known : form.dataset.refused;
      if (!adds) wait();
    });
  });
  form.hidden = false;
  for (const each of document.querySelectorAll("[data-without-passkeys]")) each.hidden = true;
  // A device keeps what it made, so it must not make what comes too late.
  if (adds) return void setTimeout(again, Number(form.dataset.life));
  wait();
}

if (globalThis.PublicKeyCredential) {
  if (form) begin();
  // What was removed here is no longer offered by who keeps it.
  if (list) PublicKeyCredential.signalAllAcceptedCredentials?.(JSON.parse(list.dataset.accepted)).catch(() => {});
}
`;

export const passkeyScript: Asset = {
  path: `/assets/passkey.${sha256Base64Url(body).slice(0, 12)}.js`,
  contentType: "text/javascript; charset=utf-8",
  body,
};
