import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findLiveGrant } from "../../src/consent/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import { consentForm, openStoryteller, type Storyteller } from "../flows/storyteller.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 60 : 16;
const spending = { scope: "openid gateway:access", budget_limit: "20", budget_period: "month" };
const more = { ...spending, scope: "openid gateway:access email" };
const signingIn = { scope: "openid email" };

describe.each(databases)("consent that ends while more is allowed on $name", (database) => {
  let platform: Storyteller;
  let browser: Browser;
  let other: Browser;

  beforeAll(async () => {
    platform = await openStoryteller({}, {}, database);
    browser = platform.browser();
    other = platform.browser();
    await platform.signIn(other, "/account/profile");
  });
  afterAll(() => platform.close());

  const grant = () => findLiveGrant(platform.ctx, platform.maya.id, platform.app.id);

  async function revokeAfter(turns: number, page: Page): Promise<Page> {
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    return other.submit(page, "/account/apps/revoke");
  }

  it.each([
    ["more", more],
    ["less", signingIn],
  ])("[P09] stays ended, and the question comes again: %s is asked", async (_, asked) => {
    const seen = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      await platform.allow(browser, spending);
      const page = await browser.follow(await browser.open(platform.request(asked)));
      expect(page.url.pathname).toBe(consentForm);
      const own = await other.open(`/account/connected?revoke=${(await grant())!.id}`);
      const [answer] = await Promise.all([
        browser.submit(page, consentForm, { decision: "allow" }),
        revokeAfter(round % 8, own),
      ]);
      expect(answer.status).toBeLessThan(400);
      expect(await grant()).toBeUndefined();
      seen.add(answer.location?.searchParams.has("code") ? "allowed before it ended" : "asked again");
      const again = answer.location?.pathname === consentForm ? await browser.follow(answer) : undefined;
      if (again) expect([again.status, again.text.includes('name="cap_amount"')]).toEqual([200, asked === more]);
    }
    expect(seen.size).toBeGreaterThan(0);
  });
});
