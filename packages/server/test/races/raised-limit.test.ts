import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeTerms, findLiveGrant } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { findBudget, type Limits } from "../../src/ledger/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import { openStoryteller, type Storyteller } from "../flows/storyteller.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 40 : 8;
const dollars = (amount: number) => amount * 1_000_000;
const path = "/account/limit";

describe.each(databases)("the page of the limit, while another session changes the limits on $name", (database) => {
  let platform: Storyteller;
  let browser: Browser;

  beforeAll(async () => {
    platform = await openStoryteller({}, {}, database);
    browser = platform.browser();
    await platform.allow(browser, { scope: "openid gateway:access", budget_limit: "20", budget_period: "month" });
  });
  afterAll(() => platform.close());

  const grant = async () => (await findLiveGrant(platform.ctx, platform.maya.id, platform.app.id))!;
  const limits = async () => (await findBudget(platform.ctx, (await grant()).budgetId!))!.limits;
  const setLimits = (to: Limits, expiresAt: number | null = null) =>
    inTx(platform.ctx, (tx) =>
      changeTerms(tx, { userId: platform.maya.id, appId: platform.app.id, terms: { limits: to, expiresAt } }),
    );
  const open = () => browser.open(`${path}?app=${platform.app.id}`);
  const raise = { decision: "raise", cap_other: "4" };

  it("[P08] raises the one limit that it shows, and leaves the others as they have just been made", async () => {
    for (let round = 0; round < rounds; round++) {
      await setLimits({ day: dollars(2), month: dollars(20) });
      const page = await open();
      const lowered = { day: dollars(2), month: dollars(5) };
      const end = platform.clock.now() + 86_400_000;
      const [answer] = await Promise.all([browser.submit(page, path, raise), setLimits(lowered, end)]);
      expect(answer.status).toBe(303);
      const { month, day } = await limits();
      expect(month).toBe(dollars(5));
      expect([dollars(2), dollars(4)]).toContain(day);
      expect((await grant()).expiresAt).toBe(end);
    }
  });

  it("[P08] raises no other limit, when another has become the tightest since", async () => {
    await setLimits({ day: dollars(2), month: dollars(20) });
    const page = await open();
    await setLimits({ day: dollars(2), month: dollars(1) });
    expect((await browser.submit(page, path, raise)).status).toBe(303);
    expect(await limits()).toEqual({ day: dollars(4), month: dollars(1) });
  });

  it("[P08] is shown again when its limit has gone, or is as high already", async () => {
    await setLimits({ day: dollars(2), month: dollars(20) });
    const page = await open();
    await setLimits({ month: dollars(1) });
    const gone = await browser.submit(page, path, raise);
    expect([gone.status, gone.text.includes('name="cap_period" value="month"')]).toEqual([400, true]);
    expect(await limits()).toEqual({ month: dollars(1) });
    await setLimits({ day: dollars(9), month: dollars(5) });
    const higher = await browser.submit(page, path, raise);
    expect([higher.status, higher.text.includes('name="cap_period" value="day"')]).toEqual([400, true]);
    expect(await limits()).toEqual({ day: dollars(9), month: dollars(5) });
  });
});
