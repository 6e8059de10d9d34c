import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { activateApp, deactivateApp } from "../../src/apps/index.ts";
import { findLiveGrant } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { query } from "../../src/store/index.ts";
import { call, keyOf } from "./api-client.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

const path = "/idp/authorizations";
const scope = "openid profile offline_access gateway:access";

let platform: Storyteller;
let key: string;

beforeEach(async () => {
  platform = await openStoryteller();
  key = (await keyOf(platform, platform.maya)).key;
});
afterEach(() => platform.close());

async function signIn(more: Record<string, string> = {}, values: Record<string, string | string[] | null> = {}) {
  const answer = await platform.allow(platform.browser(), { scope, ...more }, values);
  return (await platform.redeem(answer)) as Record<string, string>;
}

const list = async (caller = key) => (await call(platform, caller, "GET", path)).body;
const only = async () => (await list()).items[0];

describe("an authorization", () => {
  it("tells scopes, who pays, the cap and what is spent, when the app came first and last", async () => {
    const began = new Date(platform.clock.now()).toISOString();
    const { refresh_token } = await signIn({ budget_limit: "5.00", budget_period: "week" });
    expect(await list()).toMatchObject({ total: 1, page: 0, limit: 25 });
    expect(await only()).toMatchObject({
      app_id: platform.app.id,
      app_name: "Storyteller",
      scopes: scope.split(" "),
      workspace: { workspace_id: platform.maya.workspaceId },
      caps: [{ period: "week", limit: "5.00", spent: "0.00", held: "0.00", remaining: "5.00" }],
      tokens_alive: 1,
      first_used_at: began,
      last_used_at: began,
      expires_at: null,
      revoked: false,
    });
    platform.clock.advance(60_000);
    const { app } = platform;
    const body = new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: refresh_token ?? "",
      client_id: app.clientId,
      client_secret: app.clientSecret,
    });
    await platform.fetch("/idp/token", { method: "POST", body });
    const later = new Date(platform.clock.now()).toISOString();
    expect(await only()).toMatchObject({ first_used_at: began, last_used_at: later, tokens_alive: 1 });
  });

  it("that may not spend has no cap, and one that nobody came for was never used", async () => {
    await platform.allow(platform.browser(), { scope: "openid" });
    expect(await only()).toMatchObject({ caps: [], tokens_alive: 0, first_used_at: null, last_used_at: null });
  });

  it("counts the sign-ins and keys that work, and none that ended in whatever way", async () => {
    const [first, second] = [await signIn(), await signIn()];
    const grant = await findLiveGrant(platform.ctx, platform.maya.id, platform.app.id);
    await keyOf(platform, platform.maya, { grantId: grant!.id, scopes: ["openid"] });
    expect((await only()).tokens_alive).toBe(3);
    const { app } = platform;
    const revoke = (token = "") => {
      const body = new URLSearchParams({ token, client_id: app.clientId, client_secret: app.clientSecret });
      return platform.fetch("/idp/token/revoke", { method: "POST", body });
    };
    await revoke(first.refresh_token);
    expect((await only()).tokens_alive).toBe(2);
    expect((await call(platform, second.access_token, "GET", "/idp/userinfo")).status).toBe(200);
    await inTx(platform.ctx, (tx) => deactivateApp(tx, app.id, "system"));
    expect((await only()).tokens_alive).toBe(0);
    await inTx(platform.ctx, (tx) => activateApp(tx, app.id, "system"));
    expect((await only()).tokens_alive).toBe(0);
  });

  it("[R49] is reused: signing in again leaves neither a second grant nor a key behind", async () => {
    const before = await query(platform.ctx, (db) => db.selectFrom("api_keys").select("id"));
    for (let round = 0; round < 3; round++) await signIn();
    const grants = await query(platform.ctx, (db) => db.selectFrom("grants").select("id"));
    const keys = await query(platform.ctx, (db) => db.selectFrom("api_keys").select("id"));
    expect([grants.length, keys]).toEqual([1, before]);
    expect(await only()).toMatchObject({ tokens_alive: 3 });
    expect((await call(platform, key, "GET", "/users/me/keys")).body.total).toBe(before.length);
  });
});

describe("listing authorizations", () => {
  it("goes in pages, newest first, without those that were ended or have expired", async () => {
    await signIn({ scope: "openid" });
    const names = ["Quarry", "Harbour", "Orchard"];
    for (const name of names) {
      platform.clock.advance(1000);
      const app = await platform.addApp(platform.maya.id, { name });
      const until = name === "Orchard" ? "2026-01-16" : "";
      const asked = { client_id: app.clientId, scope: "openid gateway:access", budget_limit: "1.00" };
      await platform.allow(platform.browser(), asked, until === "" ? {} : { until });
    }
    const page = async (number: number) => {
      const { body } = await call(platform, key, "GET", `${path}?limit=2&page=${number}`);
      return [body.total, body.items.map(({ app_name }: { app_name: string }) => app_name)];
    };
    expect([await page(0), await page(1)]).toEqual([
      [4, ["Orchard", "Harbour"]],
      [4, ["Quarry", "Storyteller"]],
    ]);
    platform.clock.advance(86_400_000);
    await call(platform, key, "DELETE", `${path}/${platform.app.id}`);
    expect([await page(0), await page(1)]).toEqual([
      [2, ["Harbour", "Quarry"]],
      [2, []],
    ]);
  });

  it("shows nobody else's", async () => {
    await signIn();
    const lea = await keyOf(platform, await platform.addUser("lea"));
    expect((await list(lea.key)).total).toBe(0);
    expect((await call(platform, lea.key, "DELETE", `${path}/${platform.app.id}`)).status).toBe(404);
    expect((await list()).total).toBe(1);
  });
});

describe("ending an authorization", () => {
  it("kills tokens, keys and codes of the app, and nothing of the others", async () => {
    const { access_token, refresh_token } = await signIn();
    const grant = await findLiveGrant(platform.ctx, platform.maya.id, platform.app.id);
    const appKey = await keyOf(platform, platform.maya, { grantId: grant!.id, scopes: ["openid"] });
    const waiting = await platform.allow(platform.browser(), { scope });
    const alive = async (bearer = "") => (await call(platform, bearer, "GET", "/idp/userinfo")).status;
    expect([await alive(access_token), await alive(appKey.key)]).toEqual([200, 200]);
    await call(platform, key, "DELETE", `${path}/${platform.app.id}`);
    expect([await alive(access_token), await alive(appKey.key), await alive(key)]).toEqual([401, 401, 200]);
    expect(await platform.redeem(waiting)).toMatchObject({ error: "invalid_grant" });
    const { app } = platform;
    const body = new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: refresh_token ?? "",
      client_id: app.clientId,
      client_secret: app.clientSecret,
    });
    const refreshed = await platform.fetch("/idp/token", { method: "POST", body });
    expect([refreshed.status, await refreshed.json()]).toMatchObject([400, { error: "invalid_grant" }]);
    expect((await list()).total).toBe(0);
  });

  it("is for the user: the app cannot end it, nor raise what it may spend", async () => {
    const { access_token } = await signIn({ scope: `${scope} account:read`, budget_limit: "1.00" });
    expect((await call(platform, access_token, "DELETE", `${path}/${platform.app.id}`)).status).toBe(403);
    const raised = await call(platform, access_token, "PATCH", `${path}/${platform.app.id}`, { budget_limit: "99.00" });
    expect(raised.status).toBe(405);
    expect((await only()).caps).toMatchObject([{ limit: "1.00" }]);
  });
});
