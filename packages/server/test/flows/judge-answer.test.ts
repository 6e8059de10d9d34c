import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeTerms, findLiveGrant, judgeAnswer, revokeGrant, type Terms } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

const spending = ["openid", "gateway:access"];
const day = 86_400_000;

let platform: Storyteller;
let parties: { userId: string; appId: string };

beforeEach(async () => {
  platform = await openStoryteller();
  parties = { userId: platform.maya.id, appId: platform.app.id };
});
afterEach(() => platform.close());

const allow = () =>
  platform.allow(platform.browser(), { scope: "openid gateway:access", budget_limit: "20", budget_period: "month" });
const grantId = async () => (await findLiveGrant(platform.ctx, parties.userId, parties.appId))?.id;
const month = (amount: number): Terms => ({ limits: { month: amount * 1_000_000 }, expiresAt: null });
const judge = (granted: string[], terms: Terms | null, grant: string | undefined, mayRaise = true) =>
  inTx(platform.ctx, (tx) => judgeAnswer(tx, parties, { granted, terms }, { grantId: grant, mayRaise }));
const revoke = () => inTx(platform.ctx, (tx) => revokeGrant(tx, { ...parties, actorId: parties.userId }));

const stale = { ok: false, why: "stale" };
const raises = { ok: false, why: "raises" };

describe("an answer to the consent page", () => {
  it("[P09] is stale when what it goes on has ended, also when something new has begun", async () => {
    await allow();
    const first = await grantId();
    expect(await judge(["email"], null, first)).toEqual({ ok: true });
    await revoke();
    expect([await judge(["email"], null, first), await judge(spending, month(1), first)]).toEqual([stale, stale]);
    await allow();
    expect(await judge(["email"], null, first)).toEqual(stale);
    expect(await judge(["email"], null, await grantId())).toEqual({ ok: true });
  });

  it("[P09] is stale when it ended by its own day", async () => {
    await allow();
    const terms = { ...month(20), expiresAt: platform.clock.now() + day };
    await inTx(platform.ctx, (tx) => changeTerms(tx, { ...parties, terms }));
    const first = await grantId();
    expect(await judge(["email"], null, first)).toEqual({ ok: true });
    platform.clock.advance(2 * day);
    expect(await grantId()).toBeUndefined();
    expect([await judge(["email"], null, first), await judge(spending, null, undefined)]).toEqual([stale, stale]);
  });

  it("[P08] never allows spending without a cap", async () => {
    expect(await judge(spending, null, undefined)).toEqual(stale);
    await platform.allow(platform.browser(), { scope: "openid email" });
    expect(await judge(spending, null, await grantId())).toEqual(stale);
    expect(await judge(spending, month(5), await grantId())).toEqual({ ok: true });
  });

  it("[P08] raises nothing after an old sign-in, and lowers as it likes", async () => {
    expect(await judge(spending, month(1), undefined, false)).toEqual(raises);
    await allow();
    const id = await grantId();
    expect(await judge(spending, month(21), id, false)).toEqual(raises);
    expect(await judge(spending, month(19), id, false)).toEqual({ ok: true });
    expect(await judge(["email"], null, id, false)).toEqual({ ok: true });
    expect(await judge(spending, month(21), id)).toEqual({ ok: true });
  });
});
