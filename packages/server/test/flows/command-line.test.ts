import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signUp } from "../../src/accounts/index.ts";
import { allScopes } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { createPasswordHasher } from "../../src/kernel/password.ts";
import { issuer, password } from "../../src/testing/platform.ts";
import { createApiKey } from "../../src/tokens/index.ts";
import { consentForm, openStoryteller, type Storyteller, stored, verifier } from "./storyteller.ts";

const redirectUri = "http://127.0.0.1:49152/callback";
const asked = { client_id: "innkeeper-cli", redirect_uri: redirectUri };
const scope = "openid profile account:read apps:write authorizations:write keys:write sessions:write";

let platform: Storyteller;

beforeEach(async () => {
  platform = await openStoryteller();
});
afterEach(() => platform.close());

async function redeem(code: string): Promise<Record<string, unknown>> {
  const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
  const body = new URLSearchParams({ ...form, client_id: "innkeeper-cli" });
  return (await (await platform.fetch("/idp/token", { method: "POST", body })).json()) as Record<string, unknown>;
}

async function signIn(words: string): Promise<string> {
  const answer = await platform.allow(platform.browser(), { ...asked, scope: words });
  return String((await redeem(answer.location?.searchParams.get("code") ?? "")).access_token);
}

/** A key of somebody who may look at every app. */
async function operatorsKey(): Promise<string> {
  const { ctx } = platform;
  const hasher = createPasswordHasher({ random: ctx.random, memory: 64, passes: 1 });
  const form = { username: "noor", displayName: "Noor", email: "noor@fennick.example", password };
  const noor = await signUp(ctx, hasher, form, { role: "operator" });
  if (!noor.ok) throw new Error("no operator");
  const owner = { userId: noor.user.id, workspaceId: noor.workspace.id, grantId: null };
  const made = await inTx(ctx, (tx) =>
    createApiKey(tx, { ...owner, name: "Key", scopes: [...allScopes], expiresAt: null }),
  );
  if (!made.ok) throw new Error("no key");
  return made.key;
}

async function call(method: string, path: string, token: string, body?: object) {
  const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) };
  const response = await platform.fetch(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("the command line", () => {
  it("[R90] is known to every platform, is public, and answers on loopback only, at any port", async () => {
    const refused = (uri: string) => platform.browser().open(platform.request({ ...asked, redirect_uri: uri }));
    expect((await refused("http://127.0.0.1:1024/callback")).location?.pathname).toBe("/idp/login");
    expect((await refused("http://[::1]:65535/callback")).location?.pathname).toBe("/idp/login");
    for (const uri of [
      "http://127.0.0.1:1024/",
      "http://127.0.0.1:1024/callback?a=b",
      "http://localhost:1024/callback",
      "http://127.0.0.1.evil.example/callback",
      "https://evil.example/callback",
    ]) {
      const page = await refused(uri);
      expect([uri, page.status, page.location]).toEqual([uri, 400, null]);
    }
  });

  it("[R90] asks its person every time, for anybody can pretend to be it", async () => {
    const browser = platform.browser();
    const first = await platform.allow(browser, { ...asked, scope });
    expect(first.location?.searchParams.get("code")).toBeTruthy();
    const second = await browser.follow(await browser.open(platform.request({ ...asked, scope })));
    expect([second.url.pathname, second.status]).toEqual([consentForm, 200]);
    expect(second.text).toContain("Innkeeper command line wants to use your Acme account");
    for (const fact of ["What it may know and do", "Make and revoke your keys", "A key may spend from your wallet."]) {
      expect(second.text).toContain(fact);
    }
    const silent = await browser.open(platform.request({ ...asked, scope, prompt: "none" }));
    expect(silent.location?.searchParams.get("error")).toBe("consent_required");
  });

  it("[R90] is found, listed, edited and deleted by nobody, not by an operator either", async () => {
    const token = await signIn(scope);
    const key = await operatorsKey();
    const path = "/idp/apps/app_000000000000000c0mmand11ne";
    const before = await stored(platform);
    for (const bearer of [token, key]) {
      for (const [method, body] of [["GET"], ["PATCH", { name: "Mine now" }], ["DELETE"]] as const) {
        expect([method, (await call(method, path, bearer, body)).status]).toEqual([method, 404]);
      }
      expect((await call("POST", `${path}/share`, bearer, { user_id_or_name: "kit" })).status).toBe(404);
    }
    const listed = await call("GET", "/idp/apps?search=command", token);
    expect(listed.body.items).toEqual([]);
    const taken = await call("POST", "/idp/apps", token, {
      name: "innkeeper COMMAND line",
      redirect_uris: ["https://evil.example/callback"],
    });
    expect(taken.status).toBe(409);
    expect(await stored(platform)).toBe(before);
  });

  it("[R91] acts as its user, as far as the scopes go, and never spends", async () => {
    await platform.allow(platform.browser());
    const token = await signIn(scope);
    const seen = await call("GET", "/idp/authorizations", token);
    const names = (seen.body.items as { app_name: string }[]).map(({ app_name }) => app_name);
    expect(names.sort()).toEqual(["Innkeeper command line", "Storyteller"]);
    expect((await call("DELETE", `/idp/authorizations/${platform.app.id}`, token)).status).toBe(200);
    const narrow = await signIn("openid account:read");
    expect((await call("DELETE", "/idp/authorizations/app_000000000000000c0mmand11ne", narrow)).status).toBe(403);
    const spending = await platform.browser().open(platform.request({ ...asked, scope: "openid gateway:access" }));
    expect(spending.location?.searchParams.get("error")).toBe("invalid_scope");
  });

  it("[R91] names its platform in every answer", async () => {
    const answer = await platform.allow(platform.browser(), { ...asked, scope });
    expect(answer.location?.searchParams.get("iss")).toBe(issuer);
  });
});
