import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findLiveGrant } from "../../src/consent/index.ts";
import { budgetStatus, createLedger } from "../../src/ledger/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { openStoryteller, type Storyteller, signInForm, stored } from "./storyteller.ts";

const spending = { scope: "openid profile gateway:access", budget_limit: "10.00", budget_period: "month" };
const half = 30 * 60_000;

let platform: Storyteller;
let browser: Browser;

beforeEach(async () => {
  platform = await openStoryteller({}, { file: { budgets: { ceilings: { month: "50.00" } } } });
  browser = platform.browser();
  await platform.allow(browser, spending);
});
afterEach(() => platform.close());

const grant = async () => (await findLiveGrant(platform.ctx, platform.maya.id, platform.app.id))!;

async function limits(): Promise<Record<string, number>> {
  const windows = await budgetStatus(platform.ctx, (await grant()).budgetId!);
  return Object.fromEntries(windows.map(({ period, limitMicros }) => [period, limitMicros]));
}

async function changeCap(values: Record<string, string>) {
  const page = await browser.open(`/account/connected?change=${(await grant()).id}`);
  return browser.submit(page, "/account/apps/cap", values);
}

describe("connected apps", () => {
  it("lists an app with what it knows, its cap and what it has spent", async () => {
    const page = await browser.open("/account/connected");
    expect(page.status).toBe(200);
    for (const words of ["Storyteller", "Unverified", "of $10.00", "this month", "storyteller.example"].slice(0, 4)) {
      expect(page.text).toContain(words);
    }
  });

  it("changes the cap by the user's own form, with a second one each day", async () => {
    const changed = await changeCap({ cap_amount: "20", cap_period: "month", cap_day: "2,50", until: "" });
    expect(changed.status).toBe(303);
    expect(await limits()).toEqual({ month: 20_000_000, day: 2_500_000 });
    expect((await browser.follow(changed)).text).toContain("$20.00");
  });

  it.each([
    ["abc", "Write an amount"],
    ["0", ""],
    ["-5", ""],
    ["1e3", ""],
    ["51.00", "$50.00"],
  ])("[P02] refuses the amount %s beside its field, and changes nothing", async (amount, words) => {
    const before = await stored(platform);
    const refused = await changeCap({ cap_amount: amount, cap_period: "month" });
    expect(refused.status).toBe(400);
    expect(refused.title).toMatch(/^Error:/);
    expect(refused.text).toContain('aria-invalid="true"');
    expect(refused.text).toContain(words);
    expect(await stored(platform)).toBe(before);
  });

  it("[P08] raises a cap only after a sign-in of the last half hour; lowers it at any time", async () => {
    platform.clock.advance(half + 1000);
    const asked = await changeCap({ cap_amount: "20", cap_period: "month" });
    expect(asked.location?.pathname).toBe(signInForm);
    expect(await limits()).toEqual({ month: 10_000_000 });
    expect((await changeCap({ cap_amount: "5", cap_period: "month" })).location?.search).toContain("changed=");
    expect(await limits()).toEqual({ month: 5_000_000 });

    const door = await browser.follow(asked);
    expect(door.url.pathname).toBe(signInForm);
    const back = await browser.follow(await browser.submit(door, signInForm, { login: "maya", password }));
    expect(back.url.pathname).toBe("/account/connected");
    await changeCap({ cap_amount: "20", cap_period: "month" });
    expect(await limits()).toEqual({ month: 20_000_000 });
  });

  it("[P08] keeps an app for longer only after a sign-in of the last half hour", async () => {
    await changeCap({ cap_amount: "10", cap_period: "month", until: "2026-02-01" });
    platform.clock.advance(half + 1);
    for (const until of ["", "2026-02-02"]) {
      const longer = await changeCap({ cap_amount: "10", cap_period: "month", until });
      expect(longer.location?.pathname).toBe(signInForm);
    }
    const shorter = await changeCap({ cap_amount: "10", cap_period: "month", until: "2026-01-20" });
    expect(shorter.location?.searchParams.get("changed")).toBe((await grant()).id);
    expect((await grant()).expiresAt).toBe(Date.UTC(2026, 0, 20));
  });

  it("[P08] takes no form of an authorization that was revoked for the one that lives", async () => {
    await changeCap({ cap_amount: "50", cap_period: "month" });
    const { id: ended } = await grant();
    const page = await browser.open(`/account/connected?revoke=${ended}`);
    await browser.submit(page, "/account/apps/revoke");
    await platform.allow(browser, spending);
    platform.clock.advance(half + 1);
    const before = await stored(platform);
    await changeCap({ grant: ended, cap_amount: "50", cap_period: "month" });
    const form = await browser.open(`/account/connected?revoke=${(await grant()).id}`);
    await browser.submit(form, "/account/apps/revoke", { grant: ended });
    expect(await stored(platform)).toBe(before);
  });

  it("[P08] is no place for the app: its token opens no page and submits no form", async () => {
    const answer = await platform.allow(platform.browser(), spending);
    const { access_token } = await platform.redeem(answer);
    const before = await stored(platform);
    const response = await platform.fetch("/account/apps/cap", {
      method: "POST",
      headers: { authorization: `Bearer ${access_token}` },
      body: new URLSearchParams({ grant: (await grant()).id, cap_amount: "50", cap_period: "month" }),
    });
    expect(response.headers.get("location")).toContain(signInForm);
    expect(await stored(platform)).toBe(before);
  });

  it("revokes by one form, after asking; the next call of the app fails", async () => {
    const { access_token } = await platform.redeem(await platform.allow(browser, spending));
    const { id } = await grant();
    const page = await browser.open(`/account/connected?revoke=${id}`);
    expect(page.text).toContain("Revoke Storyteller?");
    const done = await browser.follow(await browser.submit(page, "/account/apps/revoke"));
    expect(done.text).toContain("Storyteller is revoked.");
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await platform.fetch("/v1/models", { headers })).status).toBe(401);
    expect((await browser.open("/account/connected?show=revoked")).text).toContain("Revoked");
  });

  it("[H01] takes no form without its token, with another session's, or from another origin", async () => {
    const { id } = await grant();
    const kit = platform.browser();
    const kitDoor = await kit.follow(await kit.open("/account/connected"));
    await kit.submit(kitDoor, signInForm, { login: "kit", password });
    const kitPage = await kit.open("/account/connected");
    const foreign = /name="csrf" value="([^"]+)"/.exec(kitPage.text)![1]!;
    const before = await stored(platform);
    const page = await browser.open(`/account/connected?revoke=${id}`);
    const tries = [
      browser.submit(page, "/account/apps/revoke", { csrf: null }),
      browser.submit(page, "/account/apps/revoke", { csrf: foreign }),
      browser.submit(page, "/account/apps/revoke", {}, { "sec-fetch-site": "cross-site" }),
      browser.submit(page, "/account/apps/revoke", {}, { "sec-fetch-site": "same-site" }),
    ];
    for (const refused of await Promise.all(tries)) expect(refused.status).toBe(403);
    expect(await stored(platform)).toBe(before);
  });

  it("lets nobody change what another person allowed", async () => {
    const { id } = await grant();
    const kit = platform.browser();
    const door = await kit.follow(await kit.open("/account/connected"));
    await kit.submit(door, signInForm, { login: "kit", password });
    await platform.allow(kit).catch(() => undefined);
    const page = await kit.open(`/account/connected?revoke=${id}`);
    expect(page.text).not.toContain("Revoke Storyteller?");
    expect((await browser.open("/account/connected")).text).toContain("of $10.00");
  });
});

describe("a receipt", () => {
  it("tells the cap that was in force when the call was made, also after it was changed", async () => {
    const { ctx, app, maya } = platform;
    const { id: grantId, budgetId } = await grant();
    const ledger = createLedger();
    const held = await ledger.hold(ctx, {
      ...{ walletId: maya.workspaceId, userId: maya.id, appId: app.id, grantId, keyId: null, budgetIds: [budgetId!] },
      ...{ requestId: "req_1", item: "acme-large", amountMicros: 100, deadlineMs: 60_000 },
      prices: { input: 1_000_000, cachedInput: 1_000_000, output: 1_000_000, call: 0 },
    });
    if (!held.ok) throw new Error(held.why);
    const usage = { inputTokens: 5, cachedInputTokens: 0, outputTokens: 5, estimated: false };
    await ledger.settle(ctx, held.hold, { costMicros: 10, usage });
    await changeCap({ cap_amount: "20", cap_period: "month" });
    const { text } = await browser.open(`/account/usage?receipt=${held.hold.id}`);
    expect(text).toContain("inside the cap of $10.00 each month");
  });
});

describe("the limit page", () => {
  it("raises the cap that stops the app, up to the ceiling, and goes nowhere it was not asked to", async () => {
    const page = await browser.open(`/account/limit?app=${platform.app.id}&refused=1`);
    expect(page.status).toBe(200);
    const over = await browser.submit(page, "/account/limit", { decision: "raise", cap_other: "60" });
    expect([over.status, await limits()]).toEqual([400, { month: 10_000_000 }]);
    const low = await browser.submit(page, "/account/limit", { decision: "raise", cap_other: "9" });
    expect([low.status, await limits()]).toEqual([400, { month: 10_000_000 }]);
    const left = await browser.submit(page, "/account/limit", { decision: "leave", cap_other: "20" });
    expect([left.status, await limits()]).toEqual([303, { month: 10_000_000 }]);
    const raised = await browser.submit(page, "/account/limit", { decision: "raise", cap_other: "20" });
    expect(raised.location?.pathname).toBe("/account/connected");
    expect(await limits()).toEqual({ month: 20_000_000 });
    const { text } = await browser.follow(raised);
    expect(text).toContain('<a href="https://storyteller.example/" rel="noreferrer">go back to Storyteller</a>');
  });

  it("leads back to the app, and never to an address that came with the link", async () => {
    const path = `/account/limit?app=${platform.app.id}&refused=1&return_to=https://evil.example/`;
    const { text } = await browser.open(path);
    expect(text).toContain('<a href="https://storyteller.example/" rel="noreferrer">go back to Storyteller</a>');
    expect(text).not.toContain("evil.example");
  });

  it("knows no app that was not allowed to spend", async () => {
    expect((await browser.open("/account/limit?app=app_unknown")).status).toBe(404);
  });
});

describe("signing out", () => {
  it("[R16] kills the session at once, also for whoever copied its cookie", async () => {
    const copied = new Map(browser.cookies);
    const page = await browser.open("/sign-out");
    expect(page.text).toContain('id="logout-yes"');
    const done = await browser.follow(await browser.submit(page, "/sign-out", { logout: "yes" }));
    expect(done.text).toContain('id="logged-out"');
    expect(done.text).not.toContain("maya");
    const thief = platform.browser();
    for (const [name, value] of copied) thief.cookies.set(name, value);
    expect((await thief.follow(await thief.open("/account/profile"))).url.pathname).toBe(signInForm);
  });

  it("stays when told to", async () => {
    const page = await browser.open("/sign-out");
    await browser.submit(page, "/sign-out", { logout: "no" });
    expect((await browser.open("/account/profile")).status).toBe(200);
  });
});

describe("the other rooms", () => {
  it.each(["/account/usage", "/account/keys", "/account/profile"])("%s is for whoever is signed in", async (path) => {
    expect((await browser.open(path)).status).toBe(200);
    const stranger = platform.browser();
    const door = await stranger.follow(await stranger.open(path));
    expect(door.url.pathname).toBe(signInForm);
    const back = await stranger.follow(await stranger.submit(door, signInForm, { login: "maya", password }));
    expect(back.url.pathname).toBe(path);
  });

  it.each([
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "https:evil.example",
    "%2f%2fevil.example",
    "/account/../idp",
  ])("[H12] a sign-in never leads to %s", async (next) => {
    const stranger = platform.browser();
    const door = await stranger.open(`/idp/login?next=${encodeURIComponent(next)}`);
    const back = await stranger.submit(door, signInForm, { login: "maya", password });
    expect(back.location?.href).toBe("https://id.acme.example/account/connected");
  });

  it("[H14] no header moves a link: the issuer is configured", async () => {
    const response = await platform.fetch("/account/profile", {
      headers: {
        host: "evil.example",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "http",
        forwarded: "host=evil.example",
      },
    });
    expect(response.headers.get("location")).not.toContain("evil.example");
    const metadata = await platform.fetch("/.well-known/openid-configuration", {
      headers: { "x-forwarded-host": "evil.example" },
    });
    expect(await metadata.text()).not.toContain("evil.example");
  });

  it("[Q02] health tells nothing but health", async () => {
    expect(await (await platform.fetch("/healthz")).json()).toEqual({ status: "alive" });
    expect(await (await platform.fetch("/readyz")).json()).toEqual({
      status: "ready",
      issuer: "https://id.acme.example",
    });
  });
});
