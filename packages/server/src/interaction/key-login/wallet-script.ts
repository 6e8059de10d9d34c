import { sha256Base64Url } from "../../kernel/hash.ts";
import type { Asset } from "../../ui/index.ts";

/**
 * Asks a wallet of the browser for the signature that a person would otherwise paste. The page works without it; its words
 * come from the page, and all it does is fill in the form that is there and send it.
 */
const body = `"use strict";
const box = document.getElementById("wallet");
const form = document.getElementById("key-form");
const text = document.getElementById("key-text").value;
const buttons = document.createElement("div");
const status = document.createElement("p");
buttons.className = "actions";
status.className = "fine";
status.setAttribute("role", "status");

function offer(choices) {
  buttons.replaceChildren(
    ...choices.map(([label, choose]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.textContent = label;
      button.addEventListener("click", () => choose().catch(() => (status.textContent = box.dataset.refused)));
      return button;
    }),
  );
}

async function signIn(wallet, address) {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0"));
  const { signature } = await wallet.signer.signRaw({ address, data: "0x" + bytes.join(""), type: "bytes" });
  form.elements.hotkey.value = address;
  form.elements.signature.value = signature;
  if (form.reportValidity()) form.submit();
}

async function open(entry) {
  status.textContent = "";
  const wallet = await entry.enable(location.host);
  const accounts = (await wallet.accounts.get()).filter(({ type }) => type !== "ethereum" && type !== "ecdsa");
  if (accounts.length === 0) return void (status.textContent = box.dataset.empty);
  if (accounts.length === 1) return signIn(wallet, accounts[0].address);
  offer(
    accounts.map(({ address, name }) => [
      box.dataset.account.replace("{account}", (name ? name + ", " : "") + address.slice(0, 6) + "\\u2026" + address.slice(-6)),
      () => signIn(wallet, address),
    ]),
  );
}

function look(tries) {
  const wallets = Object.entries(globalThis.injectedWeb3 ?? {});
  // Extensions come in while the page loads, some a moment later.
  if (wallets.length === 0 && tries > 0) return setTimeout(look, 200, tries - 1);
  if (wallets.length === 0) return;
  offer(wallets.map(([name, entry]) => [box.dataset.wallet.replace("{wallet}", name), () => open(entry)]));
  box.append(buttons, status);
  box.hidden = false;
}

look(15);
`;

export const walletScript: Asset = {
  path: `/assets/wallet.${sha256Base64Url(body).slice(0, 12)}.js`,
  contentType: "text/javascript; charset=utf-8",
  body,
};
