import { afterEach, describe, expect, it } from "vitest";
import { appMetadata, findApp, updateApp } from "../../src/apps/index.ts";
import { appScopes, findLiveGrant, offeredScopes } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { redirectUri } from "../../src/testing/platform.ts";
import { answerOf, consentForm, openStoryteller, type Storyteller, verifier } from "./storyteller.ts";

const price = { input: "1.00", output: "2.00" };
const model = { upstream: "main", upstreamModel: "x", prices: price, maxOutputTokens: 100 };
const file = {
  upstreams: { main: { baseUrl: "https://models.example/v1", apiKey: "sk-upstream" } },
  models: { quick: model, "acme/slow": model },
};

let platform: Storyteller;
let browser: Browser;
afterEach(() => platform.close());

const open = async (metadata: Record<string, unknown> = {}) => {
  platform = await openStoryteller(metadata, { file });
  browser = platform.browser();
};
const ask = async (more: Record<string, string | undefined>) =>
  browser.follow(await browser.open(platform.request(more)));
const isAsked = (page: Page) => page.url.pathname === consentForm && page.status === 200;
const change = async (changes: Parameters<typeof updateApp>[2]) => {
  const { ctx } = platform;
  const app = (await findApp(ctx, platform.app.id))!;
  const changed = await inTx(ctx, (tx) => updateApp(tx, app, changes, "usr_kit"));
  if (!changed.ok) throw new Error(changed.why);
};

describe("[N03] an app that changed what people know it by", () => {
  it.each([
    ["its name", { name: "Storyteller Two" }],
    ["an address", { redirectUris: [redirectUri, "https://storyteller.example/other"] }],
  ])("is asked about again after %s, once", async (_what, changes) => {
    await open();
    await platform.allow(browser);
    expect(answerOf(await ask({})).code).toBeDefined();
    platform.clock.advance(1000);
    await change(changes);
    expect(answerOf(await ask({ prompt: "none" })).error).toBe("consent_required");
    const page = await ask({});
    expect(isAsked(page)).toBe(true);
    expect(page.text).toContain("See your name, username and picture");
    const answer = await browser.submit(page, consentForm, { decision: "allow" });
    expect(answerOf(answer).code).toBeDefined();
    expect(answerOf(await ask({})).code).toBeDefined();
  });

  it("is remembered after a change that nobody sees", async () => {
    await open();
    await platform.allow(browser);
    platform.clock.advance(1000);
    await change({ description: "Tales for the night", refreshTokenLifetimeDays: 7 });
    expect(answerOf(await ask({})).code).toBeDefined();
  });

  it("stays asked about when only the cap was changed meanwhile", async () => {
    await open();
    const spend = { scope: "openid gateway:access" };
    await platform.allow(browser, spend);
    platform.clock.advance(1000);
    await change({ name: "Storyteller Two" });
    platform.clock.advance(1000);
    const page = await browser.open(`/account/limit?app=${platform.app.id}`);
    await browser.submit(page, "/account/limit", { cap_amount: "1.00" });
    expect(isAsked(await ask(spend))).toBe(true);
  });
});

describe("an app that an operator let go without PKCE", () => {
  const without = { code_challenge: undefined, code_challenge_method: undefined };
  const redeem = async (answer: Page, more: Record<string, string> = {}) => {
    const { clientId, clientSecret } = platform.app;
    const form = { grant_type: "authorization_code", redirect_uri: redirectUri, ...more };
    const proof = { client_id: clientId, client_secret: clientSecret, code: answerOf(answer).code ?? "" };
    const body = new URLSearchParams({ ...form, ...proof });
    return (await platform.fetch("/idp/token", { method: "POST", body })).json();
  };

  it("[C05] gets tokens without a challenge, and none for a verifier that nobody asked for", async () => {
    await open({ require_pkce: false });
    expect(await redeem(await platform.allow(browser, without))).toHaveProperty("access_token");
    expect(await redeem(await ask(without), { code_verifier: verifier })).toMatchObject({ error: "invalid_grant" });
    expect(await redeem(await ask({}))).toMatchObject({ error: "invalid_grant" });
    expect(await redeem(await ask({}), { code_verifier: verifier })).toHaveProperty("access_token");
  });

  it("gets nothing for a code from before, once the operator took that back", async () => {
    await open({ require_pkce: false });
    const answer = await platform.allow(browser, without);
    await change({ requirePkce: true });
    await new Promise((resolve) => setImmediate(resolve));
    await expect.poll(async () => (await redeem(answer)).error).toBe("invalid_grant");
    expect(answerOf(await ask(without)).error).toBe("invalid_request");
  });
});

describe("an app that may recognise people and no more", () => {
  it("never asks for money, and is refused when it tries", async () => {
    await open({ identity_only: true });
    const refused = answerOf(await ask({ scope: "openid gateway:access" }));
    expect(refused).toMatchObject({ error: "invalid_scope" });
    await platform.signIn(browser, platform.request());
    const page = await ask({ budget_limit: "5.00" });
    expect(isAsked(page)).toBe(true);
    expect(page.text).not.toContain('name="cap_amount"');
    await browser.submit(page, consentForm, { decision: "allow" });
    const grant = await findLiveGrant(platform.ctx, platform.maya.id, platform.app.id);
    expect(grant).toMatchObject({ scopes: ["openid", "profile"], budgetId: null });
  });
});

describe("an app with a proposal of its own", () => {
  it("starts the page with it, unless the request has another", async () => {
    await open({ budget_proposal: { limit: "7.50", period: "week" } });
    await platform.signIn(browser, platform.request());
    const spend = { scope: "openid gateway:access" };
    const amount = (page: Page) => /<input[^>]*name="cap_amount"[^>]*value="([^"]*)"/.exec(page.text)?.[1];
    expect(amount(await ask(spend))).toBe("7.50");
    expect(amount(await ask({ ...spend, budget_limit: "3.00" }))).toBe("3.00");
  });
});

describe("the permission for one model", () => {
  it("is said in words, given under a cap, and written one way only", async () => {
    await open();
    await platform.signIn(browser, platform.request());
    const page = await ask({ scope: "openid gateway:acme/slow:invoke" });
    expect(page.text).toContain("Use the model acme/slow of Acme, on your bill");
    expect(page.text).toContain('name="cap_amount"');
    const answer = await browser.submit(page, consentForm, { decision: "allow", cap_amount: "2.00" });
    expect(await platform.redeem(answer)).toMatchObject({
      scope: "openid gateway:invoke:acme/slow",
      budget: { limit: "2.00" },
    });
    expect(answerOf(await ask({ scope: "openid gateway:invoke:acme/slow" })).code).toBeDefined();
    expect(isAsked(await ask({ scope: "openid gateway:invoke:quick" }))).toBe(true);
    expect(answerOf(await ask({ scope: "openid gateway:invoke:gone" })).error).toBe("invalid_scope");
  });

  it("can be registered, in both spellings, and stands in discovery", async () => {
    await open();
    const read = appMetadata(appScopes);
    const wanted = { name: "Narrow", redirect_uris: [redirectUri] };
    const { allowedScopes } = read.parse({
      ...wanted,
      allowed_scopes: ["openid", "gateway:quick:invoke", "gateway:invoke:quick"],
    });
    expect(allowedScopes).toEqual(["openid", "gateway:invoke:quick"]);
    for (const scope of ["gateway:invoke:", "gateway:quick:read", "apps:write"]) {
      expect(read.safeParse({ ...wanted, allowed_scopes: [scope] }).success).toBe(false);
    }
    const { scopes_supported } = await (await platform.fetch("/.well-known/openid-configuration")).json();
    expect(scopes_supported).toEqual([
      ...offeredScopes(platform.ctx.config),
      "gateway:invoke:quick",
      "gateway:invoke:acme/slow",
    ]);
    const { scopes } = await (await platform.fetch("/idp/scopes")).json();
    expect(scopes["gateway:invoke:quick"]).toBe("Use the model quick of Acme, on your bill");
    expect((await findApp(platform.ctx, platform.app.id))!.allowedScopes).toContain("gateway:access");
  });
});
