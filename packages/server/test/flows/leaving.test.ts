import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { setUserDisabled } from "../../src/people/index.ts";
import { finishDeletions, requestDeletion } from "../../src/personal-data/index.ts";
import { query } from "../../src/store/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { consentForm, openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

const question = "/account/delete";
const leaving = "/account/leaving";
const day = 86_400_000;

describe("an account that is deleted", () => {
  let platform: Storyteller;
  let browser: Browser;

  beforeEach(async () => {
    platform = await openStoryteller();
    browser = platform.browser();
  });
  afterEach(() => platform.close());

  const enter = async (who = browser, login = "maya") =>
    who.submit(await who.open(signInForm), signInForm, { login, password });
  const ask = async () => browser.submit(await browser.open(question), question, { password });
  const me = (init: RequestInit) => platform.fetch("/users/me", init);
  const refresh = ({ refresh_token }: Record<string, unknown>) => {
    const { clientId, clientSecret } = platform.app;
    const body = { grant_type: "refresh_token", refresh_token: String(refresh_token) };
    return platform.fetch("/idp/token", {
      method: "POST",
      body: new URLSearchParams({ ...body, client_id: clientId, client_secret: clientSecret }),
    });
  };
  const bearer = (token: unknown) => ({ headers: { authorization: `Bearer ${token}` } });

  it("[E08] ends sessions, tokens, keys and grants at once, and for good", async () => {
    const tokens = await platform.redeem(await platform.allow(browser));
    const made = await platform.fetch("/users/me/keys", {
      method: "POST",
      headers: { cookie: cookieOf(browser), "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ name: "Mine", scopes: ["account:read"] }),
    });
    const { key } = (await made.json()) as { key: string };
    expect((await me(bearer(tokens.access_token))).status).toBe(200);
    expect((await me(bearer(key))).status).toBe(200);
    const cookie = cookieOf(browser);

    const left = await ask();
    expect([left.status, left.title]).toEqual([200, expect.stringContaining("will be deleted")]);
    expect(browser.cookies.has("__Host-ik_session")).toBe(false);

    expect((await me(bearer(tokens.access_token))).status).toBe(401);
    expect((await me(bearer(key))).status).toBe(401);
    expect((await me({ headers: { cookie } })).status).toBe(401);
    expect((await refresh(tokens)).status).toBe(400);

    // Taken back, nothing of it lives again.
    await keep();
    expect((await me(bearer(tokens.access_token))).status).toBe(401);
    expect((await me(bearer(key))).status).toBe(401);
    expect((await me({ headers: { cookie } })).status).toBe(401);
    expect((await refresh(tokens)).status).toBe(400);
    expect((await browser.open("/account/connected")).text).toContain("1 revoked app");
  });

  const keep = async () => {
    const page = await browser.follow(await enter());
    expect(page.url.pathname).toBe(leaving);
    return browser.submit(page, leaving, { answer: "keep" });
  };

  it("[X08] opens nothing but the way back to whoever signs in meanwhile", async () => {
    await enter();
    await ask();
    const page = await browser.follow(await enter());
    expect(page.text).toContain("Keep your account?");
    for (const path of ["/account/profile", "/account/export", question, platform.request()]) {
      const answer = await browser.open(path);
      expect([answer.status, answer.location?.pathname]).toEqual([303, "/idp/login"]);
    }
    expect((await me({ headers: { cookie: cookieOf(browser) } })).status).toBe(401);
    const again = await browser.follow(await browser.submit(page, leaving, { answer: "keep" }));
    expect(again.url.pathname).toBe("/account/connected");
    const events = await browser.open("/account/sessions");
    expect(events.text).toContain("Deletion of the account taken back");
  });

  it("goes on to the app that waited, once it is kept", async () => {
    await enter();
    await ask();
    const door = await browser.follow(await browser.open(platform.request()));
    const page = await browser.follow(await browser.submit(door, signInForm, { login: "maya", password }));
    expect(page.url.pathname).toBe(leaving);
    const next = await browser.follow(await browser.submit(page, leaving, { answer: "keep" }));
    expect(next.url.pathname).toBe(consentForm);
  });

  it("[T06] takes the password, and a form of this very session", async () => {
    await enter();
    const page = await browser.open(question);
    const before = await everyRow(platform.ctx);
    expect((await browser.submit(page, question, { password: "not her password" })).status).toBe(400);
    expect((await browser.submit(page, question, { password: "" })).status).toBe(400);
    expect((await browser.submit(page, question, { password, csrf: null })).status).toBe(403);
    expect((await browser.submit(page, question, { password }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(await everyRow(platform.ctx)).toEqual(before);
    for (let attempt = 0; attempt < 9; attempt++) await browser.submit(page, question, { password: "guess" });
    expect((await browser.submit(page, question, { password })).status).toBe(429);
  });

  it("is kept by nobody but its owner's own form", async () => {
    await enter();
    await ask();
    const page = await browser.follow(await enter());
    const other = platform.browser();
    expect((await other.submit(page, leaving, { answer: "keep" })).location?.pathname).toBe("/sign-in");
    expect((await browser.submit(page, leaving, { answer: "keep", csrf: "made up" })).status).toBe(403);
    expect((await browser.submit(page, leaving, { answer: "leave" })).location?.pathname).toBe("/sign-out");
    expect(browser.cookies.has("__Host-ik_session")).toBe(false);
  });

  it("[X09] is erased when the time is over: nothing names the person but the account number, and the name is free", async () => {
    await platform.redeem(await platform.allow(browser));
    await ask();
    expect(await finishDeletions(platform.ctx)).toBe(0);
    platform.clock.advance(14 * day);
    expect(await finishDeletions(platform.ctx)).toBe(1);
    expect(await finishDeletions(platform.ctx)).toBe(0);
    const rows = await everyRow(platform.ctx);
    for (const [table, text] of Object.entries(rows)) {
      // Names of apps stand in the bills of others, and the log of the operator is never changed.
      if (table === "audit_log") continue;
      expect(`${table}: ${text}`).not.toMatch(/maya/i);
    }
    expect(rows.grants).toBe("[]");
    expect((await enter()).status).toBe(400);
    const again = await platform.addUser("maya");
    expect(again.id).not.toBe(platform.maya.id);
  });

  it("[X09] keeps what the ledger must keep, and is never enabled again", async () => {
    const before = await everyRow(platform.ctx);
    await inTx(platform.ctx, (tx) => requestDeletion(tx, platform.maya.id));
    platform.clock.advance(15 * day);
    await finishDeletions(platform.ctx);
    const after = await everyRow(platform.ctx);
    for (const table of ["entries", "wallets", "holds", "members"]) expect(after[table]).toBe(before[table]);
    expect(await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, false))).toBeUndefined();
  });

  it("cannot be taken back when the time is over", async () => {
    await enter();
    await ask();
    const page = await browser.follow(await enter());
    platform.clock.advance(14 * day - 1);
    await browser.follow(await enter());
    const last = await browser.open(leaving);
    platform.clock.advance(1);
    const late = await browser.submit(last, leaving, { answer: "keep" });
    expect([late.status, late.text]).toEqual([409, expect.stringContaining("too late")]);
    expect(page.status).toBe(200);
    const [row] = await query(platform.ctx, (db) =>
      db.selectFrom("users").select("deletion_due_at").where("id", "=", platform.maya.id),
    );
    expect(row?.deletion_due_at).not.toBeNull();
  });
});

describe("the export of an account", () => {
  it("[X07] holds everything that is known, and no secret", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    await platform.redeem(await platform.allow(browser));
    const page = await browser.open("/account/export");
    expect(page.headers.get("content-disposition")).toBe('attachment; filename="maya.json"');
    const all = JSON.parse(page.text);
    expect(all.account).toMatchObject([{ username: "maya", email: "maya@fennick.example" }]);
    expect(all.authorizations).toHaveLength(1);
    expect(all.entries.length).toBeGreaterThan(0);
    expect(page.text).not.toMatch(/password_hash|secret|argon|scrypt/);
    const part = await platform.fetch("/users/me/export", { headers: { cookie: cookieOf(browser) } });
    const { next_calls, next_entries, next_audit_log, ...sections } = (await part.json()) as Record<string, unknown>;
    expect([next_calls, next_entries, next_audit_log]).toEqual([null, null, null]);
    const { exported_at: _, ...downloaded } = all;
    expect(sections).toEqual(downloaded);
    await platform.close();
  });

  it("begins five times in ten minutes at each door, and each person has their own", async () => {
    const platform = await openStoryteller();
    const browsers = [platform.browser(), platform.browser()];
    await platform.signIn(browsers[0]!, "/account/profile");
    await platform.addUser("noor");
    const door = await browsers[1]!.open("/idp/login");
    await browsers[1]!.submit(door, "/idp/login", { login: "noor", password });
    const ask = (browser: Browser, query = "") =>
      platform.fetch(`/users/me/export${query}`, { headers: { cookie: cookieOf(browser) } });
    for (let each = 0; each < 5; each++) {
      expect((await ask(browsers[0]!)).status).toBe(200);
      expect((await browsers[0]!.open("/account/export")).status).toBe(200);
    }
    const refused = await ask(browsers[0]!);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "120"]);
    expect(await refused.json()).toEqual({ detail: expect.stringContaining("Too many attempts") });
    expect((await browsers[0]!.open("/account/export")).status).toBe(429);
    // What has begun comes to its end.
    expect((await ask(browsers[0]!, "?calls=hld_z")).status).toBe(200);
    expect((await ask(browsers[1]!)).status).toBe(200);
    platform.clock.advance(120_000);
    expect((await ask(browsers[0]!)).status).toBe(200);
    await platform.close();
  });

  it("[T05] is nobody else's: a stranger signs in first, and no key and no token will do", async () => {
    const platform = await openStoryteller();
    expect((await platform.fetch("/account/export")).headers.get("location")).toContain(signInForm);
    const tokens = await platform.redeem(await platform.allow(platform.browser()));
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    expect((await platform.fetch("/users/me/export", { headers })).status).toBe(403);
    await platform.close();
  });
});

function cookieOf({ cookies }: Browser): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}
