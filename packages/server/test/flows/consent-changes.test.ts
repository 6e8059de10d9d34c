import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AppChange, findApp, updateApp } from "../../src/apps/index.ts";
import { findLiveGrant } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { budgetStatus } from "../../src/ledger/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { password, redirectUri } from "../../src/testing/platform.ts";
import { answerOf, consentForm, openStoryteller, type Storyteller, signInForm, stored } from "./storyteller.ts";

const spend = { scope: "openid profile gateway:access", budget_limit: "10.00", budget_period: "month" };
const half = 30 * 60_000;

let platform: Storyteller;
let browser: Browser;

beforeEach(async () => {
  platform = await openStoryteller();
  browser = platform.browser();
});
afterEach(() => platform.close());

const grant = async () => (await findLiveGrant(platform.ctx, platform.maya.id, platform.app.id))!;

async function limits(): Promise<Record<string, number>> {
  const windows = await budgetStatus(platform.ctx, (await grant()).budgetId!);
  return Object.fromEntries(windows.map(({ period, limitMicros }) => [period, limitMicros / 1_000_000]));
}

/** What the gateway says to a token. */
async function spends(token: unknown): Promise<number> {
  return (await platform.fetch("/v1/models", { headers: { authorization: `Bearer ${token}` } })).status;
}

const ask = async (more: Record<string, string>) => browser.follow(await browser.open(platform.request(more)));

describe("an answer that gives nothing of what is asked", () => {
  it("takes spending back when a higher cap is answered with signing in only", async () => {
    const tokens = await platform.redeem(await platform.allow(browser, spend));
    expect(await spends(tokens.access_token)).toBe(200);
    const page = await ask({ ...spend, budget_limit: "20" });
    const answer = await browser.submit(page, consentForm, { decision: "identity" });
    expect(await platform.redeem(answer)).toMatchObject({ scope: "openid profile" });
    expect(await grant()).toMatchObject({ scopes: ["openid", "profile"], budgetId: null });
    expect(await spends(tokens.access_token)).toBe(401);
  });

  it("signs in when only spending is new and is refused, and is remembered", async () => {
    await platform.allow(browser, { scope: "openid profile" });
    const answer = await browser.submit(await ask(spend), consentForm, { decision: "identity" });
    expect(await platform.redeem(answer)).toMatchObject({ scope: "openid profile" });
    expect(answerOf(await browser.open(platform.request(spend))).code).toBeDefined();
  });

  it("takes back what was ticked before and is ticked no more", async () => {
    const optional = { scope: "profile email", optional_scope: "profile email" };
    const tokens = await platform.redeem(await platform.allow(browser, optional, { scope: ["profile", "email"] }));
    const page = await ask({ ...optional, prompt: "consent" });
    const answer = await browser.submit(page, consentForm, { decision: "allow", scope: null });
    expect(answerOf(answer).error).toBe("access_denied");
    expect((await grant()).scopes).toEqual([]);
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    expect((await platform.fetch("/idp/userinfo", { headers })).status).toBe(401);
  });
});

describe("[X15] an app that changed its face", () => {
  const change = (changed: AppChange) =>
    inTx(platform.ctx, async (tx) => {
      const app = (await findApp(tx, platform.app.id))!;
      return updateApp(tx, app, changed, app.ownerId);
    });

  it("is asked about again, and the page says why, once", async () => {
    await platform.allow(browser, spend);
    platform.clock.advance(1000);
    await change({ name: "Storyteller Two" });
    const page = await ask(spend);
    expect(page.url.pathname).toBe(consentForm);
    expect(page.text).toContain(
      "You allowed Storyteller Two before. On 15 January 2026 its name, picture or an address changed, so we ask you again.",
    );
    expect(answerOf(await browser.submit(page, consentForm, { decision: "allow" })).code).toBeDefined();
    expect(answerOf(await browser.open(platform.request(spend))).code).toBeDefined();
    const again = await ask({ ...spend, prompt: "consent" });
    expect(again.text).not.toContain("before. On");
  });

  it("says nothing of it to whoever never allowed it", async () => {
    await change({ name: "Storyteller Two" });
    const page = await platform.signIn(browser, platform.request(spend));
    expect([page.url.pathname, page.text.includes("so we ask you again")]).toEqual([consentForm, false]);
  });

  it("while the page lies open, is not allowed by it: the page comes again", async () => {
    await platform.allow(browser, { scope: "openid" });
    const page = await ask(spend);
    platform.clock.advance(1000);
    await change({ redirectUris: [redirectUri, "https://storyteller.example/other"] });
    const before = await stored(platform);
    const again = await browser.submit(page, consentForm, { decision: "allow" });
    expect([again.status, again.text.includes("so we ask you again")]).toEqual([200, true]);
    expect(await stored(platform)).toBe(before);
  });
});

describe("[P08] a cap that the consent page would raise", () => {
  const higher = { ...spend, budget_limit: "20" };

  it("asks for a sign-in of the last half hour, then puts the question again", async () => {
    await platform.allow(browser, spend);
    platform.clock.advance(half + 1);
    const before = await stored(platform);
    const page = await ask(higher);
    const stale = await browser.submit(page, consentForm, { decision: "allow" });
    expect(stale.location?.pathname).toBe(signInForm);
    expect(await stored(platform)).toBe(before);
    const door = await browser.follow(stale);
    expect(door.url.pathname).toBe(signInForm);
    const again = await browser.follow(await browser.submit(door, signInForm, { login: "maya", password }));
    expect(again.url.pathname).toBe(consentForm);
    expect(await limits()).toEqual({ month: 10 });
    expect(answerOf(await browser.submit(again, consentForm, { decision: "allow" })).code).toBeDefined();
    expect(await limits()).toEqual({ month: 20 });
  });

  it("asks first where nothing may be spent yet: ending what there was and allowing it anew is no way round", async () => {
    await platform.allow(browser, { scope: "openid" });
    platform.clock.advance(half + 1);
    for (const way of ["another scope", "anew"]) {
      if (way === "anew") {
        const connected = await browser.open(`/account/connected?revoke=${(await grant()).id}`);
        await browser.submit(connected, "/account/apps/revoke");
      }
      const door = await ask(higher);
      expect([way, door.url.pathname]).toEqual([way, signInForm]);
      // What does not spend is allowed as before.
      expect((await ask({ scope: "openid email" })).url.pathname).toBe(consentForm);
    }
    const page = await platform.signIn(browser, platform.request(higher));
    expect(page.url.pathname).toBe(consentForm);
    platform.clock.advance(half + 1);
    expect((await browser.submit(page, consentForm, { decision: "allow" })).location?.pathname).toBe(signInForm);
    expect(await findLiveGrant(platform.ctx, platform.maya.id, platform.app.id)).toBeUndefined();
  });

  it("asks again when the page itself has lain open for so long", async () => {
    await platform.allow(browser, spend);
    platform.clock.advance(1);
    const page = await ask({ ...higher, prompt: "login" });
    const open = await browser.follow(await browser.submit(page, signInForm, { login: "maya", password }));
    platform.clock.advance(half + 1);
    const stale = await browser.submit(open, consentForm, { decision: "allow" });
    expect((await browser.follow(stale)).url.pathname).toBe(signInForm);
    expect(await limits()).toEqual({ month: 10 });
  });

  it("asks for none where the cap stays or falls", async () => {
    await platform.allow(browser, spend);
    platform.clock.advance(half + 1);
    const lower = await browser.submit(await ask(higher), consentForm, { decision: "allow", cap_amount: "10" });
    expect(answerOf(lower).code).toBeDefined();
    expect(await limits()).toEqual({ month: 10 });
  });
});
