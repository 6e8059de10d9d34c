import { renderCliLogin } from "../../packages/server/src/interaction/pages/cli-login.ts";
import { type KeySignInProps, renderKeySignIn } from "../../packages/server/src/interaction/pages/key-sign-in.ts";
import { renderSecurity, type SecurityProps } from "../../packages/server/src/interaction/pages/security.ts";
import { storyteller } from "./apps.ts";
import { frame, person } from "./frame.ts";

const csrf = "7b1f";
const address = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const nonce = "q7Yw1mJ3l0cB8Z2tq5aVxkAAAAAAAQhXr1u6dLw0rYb2J0mUo3zqgq3s9d0f5m2Zl7c6S1QwT8e4KpVnB3xJ5yR0tH2uG9iDfEoAaC";
const text = (purpose: string, first: string) =>
  [
    first,
    "",
    "Sign this only to sign in at https://id.acme.example, a moment after you asked for it. It allows nothing else.",
    "",
    "URI: https://id.acme.example/idp/login",
    "Version: 1",
    `Purpose: ${purpose}`,
    `Nonce: ${nonce}`,
    "Issued At: 2026-11-21T14:44:07.000Z",
    "Expiration Time: 2026-11-21T14:49:07.000Z",
  ].join("\n");

const signIn: KeySignInProps = {
  csrf,
  text: text("sign-in", "id.acme.example wants you to sign in with your key."),
  nonce,
  walletScript: "/assets/wallet.js",
};

const keys = [
  {
    id: "hky_1",
    name: "laptop",
    address,
    scheme: "sr25519",
    createdAt: Date.UTC(2026, 8, 2),
    lastUsedAt: Date.UTC(2026, 10, 21, 14, 20),
  },
  {
    id: "hky_2",
    name: "miner in the cellar",
    address: "5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu",
    scheme: "ed25519",
    createdAt: Date.UTC(2026, 10, 20),
    lastUsedAt: null,
  },
];
const words = frame.text.ways;
const ways = [
  { href: "/account/security/password", name: words.password, state: words.set },
  { href: "/account/security/passkeys", name: words.passkeys, state: words.passkeyCount(2) },
  { href: "/account/security/totp", name: words.secondFactor, state: words.since(Date.UTC(2026, 8, 2)) },
  { href: "/account/security/providers", name: words.providers, state: words.none },
];
const security: SecurityProps = { person, csrf, fresh: true, ways, keys };
const link = {
  text: text("link-key", "id.acme.example wants to link your key to the account maya."),
  nonce,
  walletScript: "/assets/wallet.js",
};

export const hotkeyPreviews: Record<string, string> = {
  "key-sign-in": renderKeySignIn(frame, { ...signIn, request: "sealed-request", app: storyteller }),
  "key-sign-in-plain": renderKeySignIn(frame, signIn),
  "key-sign-in-wrong": renderKeySignIn(frame, { ...signIn, hotkey: address, problem: { kind: "wrong" } }),
  "key-sign-in-wait": renderKeySignIn(frame, { ...signIn, problem: { kind: "wait", milliseconds: 200_000 } }),
  "cli-login": renderCliLogin(frame, {
    csrf,
    username: "maya",
    address,
    evidence: { hotkey: address, signature: "ab", nonce },
  }),
  "cli-login-other": renderCliLogin(frame, {
    csrf,
    username: "kit",
    address,
    evidence: { hotkey: address, signature: "ab", nonce },
    person,
  }),
  security: renderSecurity(frame, security),
  "security-empty": renderSecurity(frame, { ...security, keys: [], unlinked: true }),
  "security-link": renderSecurity(frame, { ...security, link: { ...link, hotkey: address, problem: "wrong" } }),
  "security-unlink": renderSecurity(frame, { ...security, unlink: "hky_2" }),
  "security-stale": renderSecurity(frame, { ...security, fresh: false, unlink: "hky_1", linked: "hky_2" }),
};
