import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { query } from "../../src/store/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { consentPath, openDeviceStory } from "./device-story.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

const minute = 60_000;

let platform: Storyteller;
let browser: Browser;

beforeEach(async () => {
  platform = await openStoryteller();
  browser = platform.browser();
  await platform.signIn(browser, "/account/profile");
});
afterEach(() => platform.close());

/** As whoever came by an account elsewhere has it. */
const takePassword = () =>
  inTx(platform.ctx, (tx) =>
    query(tx, (db) =>
      db.updateTable("users").set({ password_hash: null }).where("id", "=", platform.maya.id).returning("id"),
    ),
  );

/** Half an hour after the page was loaded, its form leads to a sign-in and nothing else happens. */
async function expectStale(submit: () => Promise<Page>): Promise<void> {
  platform.clock.advance(31 * minute);
  const before = await everyRow(platform.ctx);
  const refused = await submit();
  expect([refused.status, refused.location?.pathname]).toEqual([
    303,
    expect.stringMatching(/^\/(?:idp\/login|sign-in)$/),
  ]);
  expect(await everyRow(platform.ctx)).toEqual(before);
}

describe("a session that has lain open", () => {
  it("[T08] sets no first password", async () => {
    await takePassword();
    const path = "/account/security/password";
    const form = await browser.open(path);
    const submit = () => browser.submit(form, path, { password: "seven herons over the weir" });
    await expectStale(submit);
  });

  it("[T06][T08] deletes no account, where there is no password to ask for", async () => {
    await takePassword();
    const path = "/account/delete";
    const form = await browser.open(path);
    await expectStale(() => browser.submit(form, path));
  });

  it("[T08] takes no deletion back", async () => {
    await browser.submit(await browser.open("/account/delete"), "/account/delete", { password });
    const door = await browser.submit(await browser.open(signInForm), signInForm, { login: "maya", password });
    const page = await browser.follow(door);
    expect(page.url.pathname).toBe("/account/leaving");
    await expectStale(() => browser.submit(page, "/account/leaving", { answer: "keep" }));
  });

  it("[T05] takes nothing along, and leads by a sign-in back to where that is offered", async () => {
    await expectStale(() => browser.open("/account/export"));
    const refused = await browser.open("/account/export");
    const door = await browser.follow(refused);
    expect([door.url.pathname, door.headers.get("content-disposition")]).toEqual([signInForm, null]);
    const back = await browser.follow(await browser.submit(door, signInForm, { login: "maya", password }));
    expect([back.url.pathname, back.text.includes('href="/account/export"')]).toEqual(["/account/profile", true]);
    const file = await browser.open("/account/export");
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "application/json"]);
  });

  it("[T05] takes nothing along by the API either, not a later part", async () => {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const ask = (query = "") => platform.fetch(`/users/me/export${query}`, { headers: { cookie } });
    expect((await ask()).status).toBe(200);
    platform.clock.advance(30 * minute + 1);
    for (const query of ["", "?calls=hld_1", "?audit_log=aud_1"]) {
      const refused = await ask(query);
      expect(refused.status).toBe(403);
      const told = await refused.text();
      expect(told).toContain("a sign-in of the last 30 minutes");
      expect(told).not.toContain("maya");
    }
    expect((await platform.fetch("/users/me", { headers: { cookie } })).status).toBe(200);
  });

  it("[P08] raises no cap on the page of the limit", async () => {
    await platform.allow(browser, { scope: "openid gateway:access", budget_limit: "10.00", budget_period: "month" });
    const page = await browser.open(`/account/limit?app=${platform.app.id}&refused=1`);
    await expectStale(() => browser.submit(page, "/account/limit", { decision: "raise", cap_other: "20" }));
  });
});

describe("a device's question that has lain open", () => {
  it("[P08] gives no cap after half an hour, and the code is nobody else's for that", async () => {
    const story = await openDeviceStory();
    try {
      const own = await story.signedIn();
      story.clock.advance(25 * minute);
      const ask = { scope: "openid gateway:access", budget_limit: "3.00", budget_period: "week" };
      const { device_code, user_code } = await story.start(ask);
      const page = await story.enter(own, user_code);
      story.clock.advance(6 * minute);
      const before = await everyRow(story.ctx);
      const refused = await own.submit(page, consentPath, { decision: "allow" });
      expect([refused.status, refused.location?.pathname]).toEqual([303, "/idp/login"]);
      expect(await everyRow(story.ctx)).toEqual(before);
      expect((await story.poll(device_code)).json.error).toBe("authorization_pending");
      // A new sign-in is another session: it begins again, with a new code.
      const door = await own.follow(refused);
      const back = await own.follow(await own.submit(door, signInForm, { login: "maya", password }));
      expect([back.url.pathname, back.text.includes(user_code)]).toEqual(["/device", false]);
      expect((await story.enter(own, user_code)).status).toBe(403);
      const again = await story.start(ask);
      await story.answer(own, again.user_code, "allow");
      story.clock.advance(minute);
      expect((await story.poll(again.device_code)).status).toBe(200);
    } finally {
      await story.close();
    }
  });

  it("[P08] is still answered with no", async () => {
    const story = await openDeviceStory();
    try {
      const own = await story.signedIn();
      story.clock.advance(25 * minute);
      const ask = { scope: "openid gateway:access", budget_limit: "3.00", budget_period: "week" };
      const { device_code, user_code } = await story.start(ask);
      const page = await story.enter(own, user_code);
      story.clock.advance(6 * minute);
      await own.submit(page, consentPath, { decision: "deny" });
      expect((await story.poll(device_code)).json.error).toBe("access_denied");
    } finally {
      await story.close();
    }
  });
});
