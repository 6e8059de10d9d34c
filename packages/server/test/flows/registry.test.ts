import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listApps } from "../../src/apps/index.ts";
import { allScopes } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { issuer } from "../../src/testing/platform.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../../src/tokens/index.ts";
import { openStoryteller, type Storyteller, stored } from "./storyteller.ts";

const wanted = { name: "Fieldnotes", redirect_uris: ["https://fieldnotes.example/callback"] };

let platform: Storyteller;
let full: string;

beforeEach(async () => {
  platform = await openStoryteller();
  full = await keyOf(platform, allScopes);
});
afterEach(() => platform.close());

async function keyOf({ ctx, maya }: Storyteller, scopes: readonly string[]): Promise<string> {
  const { id: userId, workspaceId } = maya;
  const created = await inTx(ctx, (tx) =>
    createApiKey(tx, { userId, workspaceId, grantId: null, name: "Key", scopes: [...scopes], expiresAt: null }),
  );
  if (!created.ok) throw new Error("no key");
  return created.key;
}

async function call(method: string, path: string, key?: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await platform.fetch(path, {
    method,
    headers: {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

/** The access token of an app that Maya allowed everything an app may have. */
async function appToken(): Promise<string> {
  const answer = await platform.allow(platform.browser(), {
    scope: "openid profile email gateway:access account:read billing:read",
  });
  return String((await platform.redeem(answer)).access_token);
}

describe("registering an app", () => {
  it("asks again who calls when the body has arrived: a key may be revoked while it is slow", async () => {
    const { ctx } = platform;
    const body = new ReadableStream({
      async pull(sink) {
        const [key] = await listApiKeys(ctx, platform.maya.id);
        await inTx(ctx, (tx) => revokeApiKey(tx, key!.id));
        // Polls the change feed.
        await platform.fetch("/readyz");
        sink.enqueue(Buffer.from(JSON.stringify(wanted)));
        sink.close();
      },
    });
    const headers = { authorization: `Bearer ${full}`, "content-type": "application/json" };
    await call("GET", "/idp/apps", full);
    const request = { method: "POST", headers, body, duplex: "half" } as RequestInit;
    const answer = await platform.fetch("/idp/apps", request);
    expect(answer.status).toBe(401);
    expect((await listApps(ctx, { ownerId: platform.maya.id, includeListed: false, page: 0, limit: 1 })).total).toBe(0);
  });

  it("answers 200 with the app and, this once, its secret", async () => {
    const created = await call("POST", "/idp/apps", full, wanted);
    expect(created.status).toBe(200);
    expect(created.headers.get("cache-control")).toBe("no-store");
    expect(created.body).toMatchObject({
      ...wanted,
      app_id: expect.stringMatching(/^app_/),
      client_id: expect.stringMatching(/^cid_[a-z0-9]{24}$/),
      client_secret: expect.stringMatching(/^csc_[a-z0-9]{48}$/),
      user_id: platform.maya.id,
      active: true,
      public: true,
      refresh_token_lifetime_days: 30,
      allowed_scopes: expect.arrayContaining(["openid", "gateway:access"]),
    });
    const read = await call("GET", `/idp/apps/${created.body.app_id}`, full);
    expect(read.status).toBe(200);
    const { client_secret: _, ...rest } = created.body;
    expect(read.body).toEqual(rest);
  });

  it("refuses a name that is taken, in any letter case, and changes nothing", async () => {
    await call("POST", "/idp/apps", full, wanted);
    const before = await stored(platform);
    const again = await call("POST", "/idp/apps", full, { ...wanted, name: "FIELDNOTES" });
    expect([again.status, again.body]).toEqual([409, { detail: "An application with this name already exists" }]);
    expect(await stored(platform)).toBe(before);
  });

  it.each([
    ["no name", { name: undefined }, "name"],
    ["a short name", { name: "x" }, "name"],
    ["a name that breaks lines", { name: "Field\nnotes" }, "name"],
    ["a number for a name", { name: 7 }, "name"],
    ["no address", { redirect_uris: [] }, "redirect_uris"],
    ["a script for an address", { redirect_uris: ["javascript:alert(1)"] }, "redirect_uris"],
    ["a plain http address", { redirect_uris: ["http://fieldnotes.example/callback"] }, "redirect_uris"],
    ["a wildcard", { redirect_uris: ["https://*.example/callback"] }, "redirect_uris"],
    ["a script for a logo", { logo_url: "javascript:alert(1)" }, "logo_url"],
    ["data for a policy", { privacy_policy_url: "data:text/html,hello" }, "privacy_policy_url"],
    ["an unknown scope", { allowed_scopes: ["openid", "everything"] }, "allowed_scopes"],
    ["a scope no app may have", { allowed_scopes: ["apps:write"] }, "allowed_scopes"],
    ["a long life", { refresh_token_lifetime_days: 366 }, "refresh_token_lifetime_days"],
    ["a null byte", { description: "a\u0000b" }, undefined],
  ])("[H06] refuses %s with a list of what is wrong, and changes nothing", async (_what, change, field) => {
    const before = await stored(platform);
    const refused = await call("POST", "/idp/apps", full, { ...wanted, ...change });
    expect(refused.status).toBe(field === undefined ? 400 : 422);
    if (field !== undefined) {
      const [first] = refused.body.detail;
      expect(first).toMatchObject({ loc: expect.arrayContaining(["body", field]), msg: expect.any(String) });
    }
    expect(await stored(platform)).toBe(before);
  });

  it.each([
    ["broken JSON", "{", {}, 400],
    ["a form", "name=x", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["deep nesting", `${"[".repeat(100)}${"]".repeat(100)}`, {}, 400],
    ["a large body", JSON.stringify({ name: "x".repeat(100_000) }), {}, 413],
  ])("refuses %s in one sentence", async (_what, body, headers, status) => {
    const refused = await call("POST", "/idp/apps", full, body, headers);
    expect(refused.status).toBe(status);
    expect(refused.body).toEqual({ detail: expect.any(String) });
  });
});

describe("who may use the registry", () => {
  it("[O07] a key without the scope: 403 naming it; no key: 401; a wrong key: 401", async () => {
    const spending = await keyOf(platform, ["gateway:access"]);
    const before = await stored(platform);
    const narrow = await call("POST", "/idp/apps", spending, wanted);
    expect([narrow.status, narrow.body]).toEqual([403, { detail: "This needs the scope apps:write." }]);
    expect(narrow.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
    expect((await call("POST", "/idp/apps", undefined, wanted)).status).toBe(401);
    expect((await call("POST", "/idp/apps", `${spending}x`, wanted)).status).toBe(401);
    expect(await stored(platform)).toBe(before);
  });

  it("[R43] an app can be allowed no scope that writes, so its token registers nothing and revokes nothing", async () => {
    const asked = await platform.browser().open(platform.request({ scope: "openid apps:write" }));
    expect(asked.location?.searchParams.get("error")).toBe("invalid_scope");
    const token = await appToken();
    const before = await stored(platform);
    expect((await call("POST", "/idp/apps", token, wanted)).status).toBe(403);
    expect((await call("DELETE", `/idp/authorizations/${platform.app.id}`, token)).status).toBe(403);
    expect(await stored(platform)).toBe(before);
  });

  it("a session reads, and writes from our own pages only", async () => {
    const browser = platform.browser();
    await platform.allow(browser);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    expect((await call("GET", "/idp/apps", undefined, undefined, { cookie })).status).toBe(200);
    const before = await stored(platform);
    const foreign: Record<string, string>[] = [
      {},
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { origin: "null" },
    ];
    for (const headers of foreign) {
      const refused = await call("POST", "/idp/apps", undefined, wanted, { cookie, ...headers });
      expect([refused.status, typeof refused.body.detail]).toEqual([403, "string"]);
    }
    expect(await stored(platform)).toBe(before);
    expect((await call("POST", "/idp/apps", undefined, wanted, { cookie, origin: issuer })).status).toBe(200);
  });

  it("other people's apps are not found, listed in the directory or not", async () => {
    const kits = platform.app.id;
    expect(await call("GET", `/idp/apps/${kits}`, full)).toMatchObject({
      status: 404,
      body: { detail: "Application not found" },
    });
    expect((await call("GET", "/idp/apps/app_unknown", full)).status).toBe(404);
  });
});

describe("listing apps", () => {
  it("shows the own ones and the directory, newest first, paged and searched", async () => {
    platform.clock.advance(1000);
    await call("POST", "/idp/apps", full, { ...wanted, public: false });
    const all = await call("GET", "/idp/apps", full);
    expect(all.body).toMatchObject({ total: 2, page: 0, limit: 25 });
    expect(all.body.items.map(({ name }: { name: string }) => name)).toEqual(["Fieldnotes", "Storyteller"]);
    expect(JSON.stringify(all.body)).not.toContain("csc_");
    const own = await call("GET", "/idp/apps?user_id=me", full);
    expect(own.body.items.map(({ name }: { name: string }) => name)).toEqual(["Fieldnotes"]);
    const second = await call("GET", "/idp/apps?limit=1&page=1", full);
    expect(second.body.items.map(({ name }: { name: string }) => name)).toEqual(["Storyteller"]);
    expect((await call("GET", "/idp/apps?search=FIELD", full)).body.total).toBe(1);
    expect((await call("GET", "/idp/apps?search=%25", full)).body.total).toBe(0);
  });

  it.each([
    "page=-1",
    "page=x",
    "limit=0",
    "limit=101",
    "limit=1e9",
    "include_public=maybe",
    `search=${"x".repeat(1001)}`,
  ])("refuses %s with the place in the query", async (query) => {
    const refused = await call("GET", `/idp/apps?${query}`, full);
    expect(refused.status).toBe(422);
    expect(refused.body.detail[0].loc[0]).toBe("query");
  });

  it("lists by user the caller alone", async () => {
    expect((await call("GET", "/idp/apps?user_id=usr_somebody", full)).status).toBe(403);
  });
});

describe("authorizations", () => {
  it("lists what is allowed, and ending one kills its tokens within a second", async () => {
    const token = await appToken();
    const listed = await call("GET", "/idp/authorizations", full);
    expect(listed.body).toMatchObject({
      total: 1,
      items: [{ app_id: platform.app.id, app_name: "Storyteller", revoked: false }],
    });
    expect((await call("GET", "/idp/userinfo", token)).status).toBe(200);
    const ended = await call("DELETE", `/idp/authorizations/${platform.app.id}`, full);
    expect([ended.status, ended.body]).toEqual([200, { app_id: platform.app.id, revoked: true }]);
    expect((await platform.fetch("/idp/userinfo", { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect((await call("GET", "/idp/authorizations", full)).body.total).toBe(0);
    const again = await call("DELETE", `/idp/authorizations/${platform.app.id}`, full);
    expect([again.status, again.body]).toEqual([404, { detail: "Authorization not found" }]);
  });

  it("[R44] an app's token sees that app's authorization and usage only", async () => {
    const token = await appToken();
    const other = await platform.addApp(platform.maya.id, { name: "Quarry" });
    const answer = await platform.allow(platform.browser(), { client_id: other.clientId });
    expect(answer.location?.searchParams.get("code")).toBeTruthy();
    expect((await call("GET", "/idp/authorizations", full)).body.total).toBe(2);
    const seen = await call("GET", "/idp/authorizations", token);
    expect(seen.body.items.map(({ app_id }: { app_id: string }) => app_id)).toEqual([platform.app.id]);
  });
});

describe("the rest of the registry", () => {
  it("tells the scopes to anybody", async () => {
    const { status, body } = await call("GET", "/idp/scopes");
    expect(status).toBe(200);
    expect(Object.keys(body.scopes)).toEqual([...allScopes]);
  });

  it("tells a caller who they are, as far as the scopes go", async () => {
    const me = await call("GET", "/users/me", full);
    expect(me.body).toMatchObject({
      user_id: platform.maya.id,
      username: "maya",
      balance: "5.00",
      email_verified: false,
    });
    const answer = await platform.allow(platform.browser(), { scope: "openid profile" });
    const token = String((await platform.redeem(answer)).access_token);
    const less = await call("GET", "/users/me", token);
    expect(less.body).toMatchObject({ username: "maya", name: "maya" });
    expect(less.body).not.toHaveProperty("balance");
    expect(less.body).not.toHaveProperty("email");
  });

  it("answers paths it does not know, and methods they do not have, with a sentence", async () => {
    expect(await call("GET", "/idp/nothing", full)).toMatchObject({ status: 404, body: { detail: "Not found" } });
    const patched = await call("PATCH", "/idp/scopes", full);
    expect([404, 405]).toContain(patched.status);
  });
});
