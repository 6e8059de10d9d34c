import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { query } from "../../src/store/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
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

  it("[P08] raises no cap on the page of the limit", async () => {
    await platform.allow(browser, { scope: "openid gateway:access", budget_limit: "10.00", budget_period: "month" });
    const page = await browser.open(`/account/limit?app=${platform.app.id}&refused=1`);
    await expectStale(() => browser.submit(page, "/account/limit", { decision: "raise", cap_other: "20" }));
  });
});
