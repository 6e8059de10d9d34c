import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeTerms, findLiveGrant, raisesTerms } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { findBudget } from "../../src/ledger/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import { openStoryteller, type Storyteller } from "../flows/storyteller.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 60 : 12;
const dollars = (amount: number) => amount * 1_000_000;
const form = "/account/apps/cap";

describe.each(databases)("a cap that two sessions change on $name", (database) => {
  let platform: Storyteller;
  let stale: Browser;
  let fresh: Browser;
  let grantId: string;

  beforeAll(async () => {
    platform = await openStoryteller({}, {}, database);
    stale = platform.browser();
    fresh = platform.browser();
    await platform.allow(stale, { scope: "openid gateway:access", budget_limit: "20", budget_period: "month" });
    grantId = (await grant()).id;
    platform.clock.advance(31 * 60_000);
    await platform.signIn(fresh, "/account/profile");
  });
  afterAll(() => platform.close());

  const grant = async () => (await findLiveGrant(platform.ctx, platform.maya.id, platform.app.id))!;
  const cap = async () => (await findBudget(platform.ctx, (await grant()).budgetId!))!.limits;
  const setCap = (month: number, expiresAt: number | null = null) =>
    inTx(platform.ctx, (tx) =>
      changeTerms(tx, {
        userId: platform.maya.id,
        appId: platform.app.id,
        terms: { limits: { month: dollars(month) }, expiresAt },
      }),
    );
  const open = (browser: Browser) => browser.open(`/account/connected?change=${grantId}`);
  const submit = (browser: Browser, page: Page, amount: string) =>
    browser.submit(page, form, { cap_amount: amount, cap_period: "month", cap_day: "", until: "" });

  it("[P08] stays as low as its owner has just made it, whatever an older session was shown", async () => {
    for (let round = 0; round < rounds; round++) {
      await setCap(20);
      const [own, old] = await Promise.all([open(fresh), open(stale)]);
      const [lowered, refused] = await Promise.all([submit(fresh, own, "5"), submit(stale, old, "10")]);
      expect(lowered.location?.search).toBe(`?changed=${grantId}`);
      // First it lowers too; second it would raise.
      expect(["/account/connected", "/idp/login"]).toContain(refused.location?.pathname);
      expect(await cap()).toEqual({ month: dollars(5) });
    }
  });

  it("[P08] is judged by what is in force in the transaction, also for how long", async () => {
    await setCap(20);
    const parties = { userId: platform.maya.id, appId: platform.app.id };
    const end = platform.clock.now() + 86_400_000;
    const raises = (month: number, expiresAt: number | null) =>
      inTx(platform.ctx, (tx) => raisesTerms(tx, parties, { limits: { month: dollars(month) }, expiresAt }));
    expect(await raises(10, null)).toBe(false);
    await setCap(5, end);
    expect([await raises(10, end), await raises(5, null), await raises(5, end + 1)]).toEqual([true, true, true]);
    expect([await raises(5, end), await raises(4, end - 1)]).toEqual([false, false]);
    // A smaller cap of another period lets more through in a month.
    const other = { limits: { day: dollars(1) }, expiresAt: end };
    expect(await inTx(platform.ctx, (tx) => raisesTerms(tx, parties, other))).toBe(true);
  });

  it("[P08] that is not there any more is not given back", async () => {
    await setCap(20);
    const stranger = { userId: platform.maya.id, appId: "app_0" };
    const terms = { limits: { month: 1 }, expiresAt: null };
    expect(await inTx(platform.ctx, (tx) => raisesTerms(tx, stranger, terms))).toBe(true);
  });
});
