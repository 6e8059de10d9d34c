import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allScopes, findLiveGrant } from "../../src/consent/index.ts";
import { query } from "../../src/store/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { everyRow } from "../every-row.ts";
import { signInByPassword } from "../hotkey-holder.ts";
import { type Caller, call, keyOf } from "./api-client.ts";
import { openStoryteller, type Storyteller, verifier } from "./storyteller.ts";

const path = "/users/me/keys";
const minute = 60_000;
const spending = { name: "Notebook", scopes: ["gateway:access"] };

let platform: Storyteller;
let browser: Browser;

beforeEach(async () => {
  platform = await openStoryteller();
  browser = platform.browser();
  await signInByPassword(browser, "maya");
});
afterEach(() => platform.close());

const make = (caller: Caller, body: unknown) => call(platform, caller, "POST", path, body);

/** Refused in this way, and nothing is stored. */
async function expectRefused(caller: Caller, body: unknown, status: number, words: RegExp | undefined = undefined) {
  const before = await everyRow(platform.ctx);
  const refused = await make(caller, body);
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([status, expect.stringMatching(words ?? /detail/)]);
  expect(await everyRow(platform.ctx)).toEqual(before);
}

describe("making a key", () => {
  it("in the browser: shown once, stored as a fingerprint, with its limit and its end", async () => {
    const end = new Date(platform.clock.now() + 60 * minute).toISOString();
    const wanted = { ...spending, budget_limit: "5.00", budget_period: "day", expires_at: end };
    const { status, body } = await make(browser, wanted);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      key: expect.stringMatching(/^sk-ik-[a-z0-9]{40}$/),
      name: "Notebook",
      scopes: ["gateway:access"],
      app_id: null,
      workspace_id: platform.maya.workspaceId,
      expires_at: end,
      caps: [{ period: "day", limit: "5.00", spent: "0.00", remaining: "5.00" }],
    });
    const listed = await call(platform, browser, "GET", path);
    const { key, ...rest } = body;
    expect(listed.body).toMatchObject({ total: 1, items: [rest] });
    expect(Object.values(await everyRow(platform.ctx)).join()).not.toContain(key);
    expect((await call(platform, key, "GET", "/v1/models")).status).toBe(200);
    platform.clock.advance(60 * minute);
    expect((await call(platform, key, "GET", "/v1/models")).status).toBe(401);
    expect((await call(platform, browser, "GET", path)).body.total).toBe(0);
  });

  it("a full key has every scope", async () => {
    const { body } = await make(browser, { name: "All", full: true });
    expect(body.scopes).toEqual(allScopes);
  });

  it("in the browser it takes a recent sign-in, and a form of our own", async () => {
    const foreign = await call(platform, browser, "POST", path, spending, { origin: "https://evil.example" });
    expect(foreign.status).toBe(403);
    platform.clock.advance(31 * minute);
    await expectRefused(browser, spending, 403, /Sign in again/);
  });

  it.each([
    ["no name", { scopes: ["openid"] }],
    ["a name of two lines", { ...spending, name: "Note\nbook" }],
    ["a name that turns the words around it", { ...spending, name: "Note\u202ebook" }],
    ["neither scopes nor full", { name: "Notebook" }],
    ["scopes and full", { ...spending, full: true }],
    ["an unknown scope", { ...spending, scopes: ["everything"] }],
    ["two scopes in one", { ...spending, scopes: ["openid profile"] }],
    ["a limit of nothing", { ...spending, budget_limit: "0" }],
    ["a negative limit", { ...spending, budget_limit: "-1" }],
    ["a limit in words", { ...spending, budget_limit: "1e3" }],
    ["a period without a limit", { ...spending, budget_period: "day" }],
    ["an unknown period", { ...spending, budget_limit: "1", budget_period: "hour" }],
    ["an end that is past", { ...spending, expires_at: "2020-01-01T00:00:00Z" }],
    ["an end that is no time", { ...spending, expires_at: "tomorrow" }],
  ])("refuses %s, naming the field", async (_what, body) => {
    await expectRefused(browser, body, 422, /"loc":\["body","\w+"/);
  });

  it("[N07] for somebody else is impossible: without a session 401, and with one it is one's own", async () => {
    const lea = await platform.addUser("lea");
    const forLea = { ...spending, user_id: lea.id, userId: lea.id };
    await expectRefused(undefined, forLea, 401);
    await expectRefused("sk-ik-0000000000000000000000000000000000000000", forLea, 401);
    const before = await everyRow(platform.ctx);
    for (const where of [`/users/${lea.id}/keys`, `${path}?user_id=${lea.id}`]) {
      const refused = await call(platform, undefined, "POST", where, spending);
      expect([401, 404]).toContain(refused.status);
    }
    expect((await call(platform, browser, "POST", `/users/${lea.id}/keys`, spending)).status).toBe(404);
    expect(await everyRow(platform.ctx)).toEqual(before);
    await make(browser, forLea);
    const owners = await query(platform.ctx, (db) => db.selectFrom("api_keys").select("user_id"));
    expect(owners).toEqual([{ user_id: platform.maya.id }]);
  });
});

describe("whoever wants to fill the table", () => {
  it("finds an end: so many keys in a while, and so many that live", async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 61; count++) statuses.push((await make(browser, spending)).status);
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([60, 429]);
    for (let count = 60; count < 200; count++) await keyOf(platform, platform.maya);
    platform.clock.advance(10 * minute);
    await expectRefused(browser, spending, 409, /too many keys/);
  });
});

describe("[R48] nobody gives more than he has", () => {
  const keyWith = async (more: Parameters<typeof keyOf>[2]) => (await keyOf(platform, platform.maya, more)).key;

  it("a key makes keys of its own scopes or fewer, a single model being part of the gateway", async () => {
    const narrow = await keyWith({ scopes: ["keys:write", "openid"] });
    await expectRefused(narrow, spending, 403, /gateway:access/);
    await expectRefused(narrow, { name: "All", full: true }, 403);
    await expectRefused(narrow, { name: "One model", scopes: ["gateway:invoke:test-model"] }, 403);
    expect((await make(narrow, { name: "Less", scopes: ["openid"] })).status).toBe(200);
    const wide = await keyWith({ scopes: ["keys:write", "gateway:access"] });
    const { body } = await make(wide, { name: "One model", scopes: ["gateway:test-model:invoke"] });
    expect(body.scopes).toEqual(["gateway:invoke:test-model"]);
    const oneModel = await keyWith({ scopes: ["keys:write", "gateway:invoke:test-model"] });
    await expectRefused(oneModel, spending, 403);
  });

  it("a key without keys:write makes none at all", async () => {
    await expectRefused(await keyWith({ scopes: ["gateway:access"] }), spending, 403, /keys:write/);
  });

  it("a key with a limit makes no key that spends, whatever limit that would have", async () => {
    const limited = await keyWith({ limits: { total: 5_000_000 } });
    await expectRefused(limited, spending, 403, /limit/);
    await expectRefused(limited, { ...spending, budget_limit: "1.00" }, 403, /limit/);
    expect((await make(limited, { name: "Reader", scopes: ["account:read"] })).status).toBe(200);
  });

  it("a key that ends makes no key that outlives it", async () => {
    const at = (ms: number) => new Date(platform.clock.now() + ms).toISOString();
    const ending = await keyWith({ expiresAt: platform.clock.now() + 10 * minute });
    await expectRefused(ending, { name: "Longer", scopes: ["openid"] }, 403, /outlive/);
    await expectRefused(ending, { name: "Longer", scopes: ["openid"], expires_at: at(11 * minute) }, 403);
    expect((await make(ending, { name: "As long", scopes: ["openid"], expires_at: at(10 * minute) })).status).toBe(200);
  });

  it("an app's token makes and revokes none, whatever it was allowed", async () => {
    const scope = "openid profile gateway:access account:read billing:read";
    const token = String((await platform.redeem(await platform.allow(platform.browser(), { scope }))).access_token);
    await expectRefused(token, { name: "Reader", scopes: ["openid"] }, 403, /keys:write/);
    const { id } = await keyOf(platform, platform.maya);
    expect((await call(platform, token, "DELETE", `${path}/${id}`)).status).toBe(403);
  });

  it("the command line makes keys that spend only with a limit, and only a while after its sign-in", async () => {
    const redirectUri = "http://127.0.0.1:49152/callback";
    const asked = { client_id: "innkeeper-cli", redirect_uri: redirectUri, scope: "openid keys:write offline_access" };
    const answer = await platform.allow(platform.browser(), asked);
    const token = async (form: Record<string, string>) => {
      const body = new URLSearchParams({ ...form, client_id: "innkeeper-cli" });
      return (await (await platform.fetch("/idp/token", { method: "POST", body })).json()) as Record<string, string>;
    };
    const first = await token({
      grant_type: "authorization_code",
      code: answer.location?.searchParams.get("code") ?? "",
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    await expectRefused(first.access_token, spending, 403, /limit/);
    await expectRefused(first.access_token, { name: "Apps", scopes: ["apps:write"] }, 403, /apps:write/);
    expect((await make(first.access_token, { ...spending, budget_limit: "5.00" })).status).toBe(200);
    platform.clock.advance(31 * minute);
    const later = await token({ grant_type: "refresh_token", refresh_token: first.refresh_token! });
    await expectRefused(later.access_token, { ...spending, budget_limit: "5.00" }, 403, /Sign in again/);
    expect((await make(later.access_token, { name: "Reader", scopes: ["openid"] })).status).toBe(200);
  });
});

describe("listing and revoking keys", () => {
  it("shows the living ones in pages, newest first, and never a secret", async () => {
    const names = ["one", "two", "three"];
    const made: string[] = [];
    for (const name of names) made.push((await make(browser, { name, scopes: ["openid"] })).body.key);
    const page = async (number: number) =>
      (await call(platform, browser, "GET", `${path}?limit=2&page=${number}`)).body.items.map(
        ({ name }: { name: string }) => name,
      );
    expect([await page(0), await page(1), await page(2)]).toEqual([["three", "two"], ["one"], []]);
    const all = await call(platform, browser, "GET", path);
    for (const key of made) expect(JSON.stringify(all.body)).not.toContain(key.slice(6, 30));
  });

  it("one that is revoked is refused within a second and listed no more; again it is not found", async () => {
    const { key, id } = await keyOf(platform, platform.maya, { scopes: ["account:read"] });
    expect((await call(platform, key, "GET", path)).body.total).toBe(1);
    const revoked = await call(platform, browser, "DELETE", `${path}/${id}`);
    expect([revoked.status, revoked.body]).toEqual([200, { key_id: id, revoked: true }]);
    expect((await call(platform, key, "GET", path)).status).toBe(401);
    expect((await call(platform, browser, "GET", path)).body.total).toBe(0);
    const again = await call(platform, browser, "DELETE", `${path}/${id}`);
    expect([again.status, again.body]).toEqual([404, { detail: "Key not found" }]);
  });

  it("somebody else's is not found, and goes on working", async () => {
    const lea = await keyOf(platform, await platform.addUser("lea"));
    expect((await call(platform, browser, "DELETE", `${path}/${lea.id}`)).status).toBe(404);
    expect((await call(platform, lea.key, "GET", path)).body.total).toBe(1);
  });

  it("[R44] an app sees the keys that were made for it, and no other", async () => {
    const signedIn = await platform.redeem(await platform.allow(platform.browser(), { scope: "openid account:read" }));
    await keyOf(platform, platform.maya);
    const token = String(signedIn.access_token);
    expect((await call(platform, token, "GET", path)).body).toMatchObject({ total: 0, items: [] });
    const grant = await findLiveGrant(platform.ctx, platform.maya.id, platform.app.id);
    const { id } = await keyOf(platform, platform.maya, { grantId: grant!.id, scopes: ["openid"] });
    expect((await call(platform, token, "GET", path)).body).toMatchObject({
      total: 1,
      items: [{ key_id: id, app_id: platform.app.id }],
    });
  });
});
