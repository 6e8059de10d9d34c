import { Buffer } from "node:buffer";
import { expect } from "vitest";
import { inTx } from "../../src/context.ts";
import { setUserDisabled } from "../../src/people/index.ts";
import { insertTotpKey } from "../../src/people/totp-keys.sql.ts";
import { issuer, redirectUri } from "../../src/testing/platform.ts";
import { holderOf } from "../hotkey-holder.ts";
import { type As, proofOf, type World } from "./openapi-world.ts";
import { verifier } from "./storyteller.ts";

/** A request for which an operation is meant. */
export interface Sent {
  /** @default what is Maya's, by name */
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** JSON. */
  body?: Record<string, unknown>;
  form?: Record<string, string>;
  /** Anything else. */
  bytes?: { type: string; content: Uint8Array<ArrayBuffer> };
  /** @default "key" */
  as?: As;
}

/** A picture of one pixel. */
const dot = Uint8Array.from(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);

type Case = (world: World) => Sent | Promise<Sent>;

/** Every operation of the document, as it is meant. What is not here is shown by nobody. */
export const cases: Record<string, Case> = {
  // Sign in
  "GET /.well-known/openid-configuration": () => ({ as: "nobody" }),
  "GET /.well-known/oauth-authorization-server": () => ({ as: "nobody" }),
  "GET /.well-known/oauth-protected-resource": () => ({ as: "nobody" }),
  "GET /.well-known/jwks.json": () => ({ as: "nobody" }),
  "GET /idp/authorize": ({ platform }) => ({
    as: "nobody",
    query: Object.fromEntries(new URL(platform.request(), issuer).searchParams),
  }),
  "POST /idp/token": async (world) => ({
    as: "nobody",
    form: {
      ...clientOf(world),
      grant_type: "authorization_code",
      code: await world.code(),
      redirect_uri: redirectUri,
      code_verifier: verifier,
    },
  }),
  "POST /idp/token/introspect": ({ token }) => ({ as: "nobody", form: { token } }),
  "POST /idp/token/revoke": ({ token }) => ({ as: "nobody", form: { token } }),
  "POST /idp/device_authorization": () => ({ as: "nobody", form: { client_id: "innkeeper-cli" } }),
  "GET /idp/userinfo": () => ({ as: "token" }),
  "POST /idp/userinfo": () => ({ as: "token" }),

  "GET /idp/logout": () => ({ as: "nobody", query: { state: "a state" } }),
  "POST /idp/logout": () => ({ as: "nobody", form: { state: "a state" } }),
  "GET /idp/cli_login/nonce": () => ({ as: "nobody" }),
  "GET /idp/cli_login": async (world) => {
    const asked = await world.platform.fetch("/idp/cli_login/nonce");
    const { nonce, text } = (await asked.json()) as Record<string, string>;
    const holder = await holderOf("ed25519", 1);
    return { as: "nobody", query: { hotkey: holder.address, signature: await holder.sign(text!), nonce: nonce! } };
  },

  // Registry
  "GET /idp/scopes": () => ({ as: "nobody" }),
  "GET /idp/apps": () => ({ query: { search: "maya", limit: "1" } }),
  "POST /idp/apps": () => ({ body: { name: "Fieldnotes", redirect_uris: ["https://fieldnotes.example/callback"] } }),
  "GET /idp/apps/{app_id}": () => ({}),
  "PATCH /idp/apps/{app_id}": () => ({ body: { description: "Notes of the field" } }),
  "DELETE /idp/apps/{app_id}": () => ({}),
  "POST /idp/apps/{app_id}/regenerate-secret": () => ({ body: { overlap_seconds: 60 } }),
  "GET /idp/apps/{app_id}/secrets": () => ({}),
  "DELETE /idp/apps/{app_id}/secrets/{secret_id}": () => ({}),
  "POST /idp/apps/{app_id}/share": () => ({ body: { user_id_or_name: "kit" } }),
  "DELETE /idp/apps/{app_id}/share/{user_id}": async (world) => {
    await act(world, "POST", `/idp/apps/${world.maya.ids.app_id}/share`, { user_id_or_name: "lea" });
    return { params: { user_id: world.lea.ids.user_id! } };
  },
  "GET /idp/apps/{app_id}/shares": () => ({}),
  "GET /idp/apps/{app_id}/statistics": () => ({}),
  "POST /idp/apps/{app_id}/logo": () => ({ bytes: { type: "image/png", content: dot } }),
  "DELETE /idp/apps/{app_id}/logo": () => ({}),
  "POST /idp/apps/{app_id}/domain": () => ({ body: { domain: "storyteller.example" } }),
  "POST /idp/apps/{app_id}/domain/verify": async (world) => {
    const domain = { domain: "storyteller.example" };
    const { dns_record } = await act(world, "POST", `/idp/apps/${world.maya.ids.app_id}/domain`, domain);
    const { name, value } = dns_record as Record<"name" | "value", string>;
    world.texts.set(name, [value]);
    return {};
  },
  "DELETE /idp/apps/{app_id}/domain": async (world) => {
    const domain = { domain: "storyteller.example" };
    await act(world, "POST", `/idp/apps/${world.maya.ids.app_id}/domain`, domain);
    return {};
  },
  "POST /idp/apps/{app_id}/webhook/secret": () => ({}),
  "POST /idp/apps/{app_id}/webhook/test": () => ({}),
  "GET /idp/apps/{app_id}/webhook/events": () => ({}),
  "POST /idp/apps/{app_id}/webhook/events/{event_id}/replay": async (world) => {
    const sent = await act(world, "POST", `/idp/apps/${world.maya.ids.app_id}/webhook/test`);
    // It sets out by itself, and must have ended before anything is compared.
    await expect
      .poll(() => act(world, "GET", `/idp/apps/${world.maya.ids.app_id}/webhook/events`), { timeout: 20_000 })
      .toMatchObject({ items: [{ state: "given_up" }] });
    return { params: { event_id: String(sent.event_id) } };
  },
  "GET /idp/authorizations": () => ({}),
  "DELETE /idp/authorizations/{app_id}": ({ platform }) => ({ params: { app_id: platform.app.id } }),

  // Account
  "GET /users/me": () => ({}),
  "PATCH /users/me": () => ({ body: { name: "Maya of the Attic" } }),
  "GET /users/me/export": () => ({ as: "session" }),
  "GET /users/me/usage": () => ({ query: { days: "7" } }),
  "GET /users/{user_id}": () => ({}),
  "GET /users/me/keys": () => ({}),
  "POST /users/me/keys": () => ({
    as: "session",
    body: { name: "Notebook", scopes: ["gateway:access"], budget_limit: "5.00", budget_period: "day" },
  }),
  "DELETE /users/me/keys/{key_id}": () => ({}),
  "GET /users/me/sessions": () => ({ as: "session" }),
  "DELETE /users/me/sessions": () => ({ as: "session" }),
  "DELETE /users/me/sessions/{session_id}": () => ({}),
  "GET /users/me/passkeys": () => ({}),
  "PATCH /users/me/passkeys/{passkey_id}": () => ({ as: "session", body: { name: "phone" } }),
  "DELETE /users/me/passkeys/{passkey_id}": () => ({ as: "session" }),
  "GET /users/me/hotkeys": () => ({}),
  "GET /users/me/hotkeys/nonce": () => ({ as: "session" }),
  "POST /users/me/hotkeys": async ({ platform, maya, holder }) => ({
    as: "session",
    body: await proofOf(platform, maya.cookie, holder),
  }),
  "DELETE /users/me/hotkeys/{hotkey_id}": () => ({ as: "session" }),

  // Operation
  "GET /admin/users": () => ({ as: "adminKey", query: { query: "lea", limit: "1" } }),
  "GET /admin/users/{account_id}": () => ({ as: "adminKey" }),
  "POST /admin/users/{account_id}/disable": () => ({ as: "adminKey" }),
  "POST /admin/users/{account_id}/enable": async ({ platform, maya }) => {
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, maya.ids.account_id!, true));
    return { as: "adminKey" };
  },
  "PUT /admin/users/{account_id}/role": () => ({ as: "adminKey", body: { role: "support" } }),
  "POST /admin/users/{account_id}/reset-second-factors": async ({ platform, maya }) => {
    const row = { secret_sealed: "sealed", last_step: 0, attempts_until: 0, stamp: "stamp", created_at: 0 };
    await inTx(platform.ctx, (tx) => insertTotpKey(tx, { user_id: maya.ids.account_id!, ...row }));
    return { as: "adminKey" };
  },
  "POST /admin/users/{account_id}/credit": () => ({
    as: "adminKey",
    body: { amount: "25.00", reference: "invoice-1" },
  }),
  "GET /admin/audit-log": () => ({ as: "adminKey", query: { action: "app", limit: "2" } }),
  "GET /admin/wallets/{wallet_id}/entries": () => ({ as: "adminKey", query: { limit: "1" } }),

  // Gateway
  "POST /v1/chat/completions": () => ({
    body: { model: "test-model", messages: [{ role: "user", content: "Hello" }], max_tokens: 5 },
  }),
  "GET /v1/models": () => ({}),
  "GET /.well-known/oauth-protected-resource/v1": () => ({ as: "nobody" }),
};

function clientOf({ platform: { app } }: World): Record<string, string> {
  return { client_id: app.clientId, client_secret: app.clientSecret };
}

async function act({ platform, maya }: World, method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${maya.key}`, ...(body && { "content-type": "application/json" }) };
  const answer = await platform.fetch(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}
