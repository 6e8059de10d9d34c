import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeTerms, findLiveGrant } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { listSecurityEvents } from "../../src/people/index.ts";
import { createApiKey } from "../../src/tokens/index.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

describe("what lets more money out", () => {
  let platform: Storyteller;

  beforeEach(async () => {
    platform = await openStoryteller();
  });
  afterEach(() => platform.close());

  const events = async () =>
    (await listSecurityEvents(platform.ctx, { userId: platform.maya.id, limit: 20 })).map(({ kind, detail }) => [
      kind,
      detail,
    ]);

  it("[X05] is told: a raised cap, but not a lowered one", async () => {
    await platform.allow(platform.browser(), { scope: "openid gateway:access" }, { cap_amount: "5" });
    const parties = { userId: platform.maya.id, appId: platform.app.id };
    const change = (limits: Record<string, number>) =>
      inTx(platform.ctx, (tx) => changeTerms(tx, { ...parties, terms: { limits, expiresAt: null } }));
    await change({ month: 4_000_000 });
    await change({ month: 4_000_000, day: 1_000_000 });
    expect(await events()).toEqual([]);
    await change({ month: 9_000_000, day: 1_000_000 });
    expect(await events()).toEqual([["cap_raised", { app: "Storyteller" }]]);
    // A cap that falls away lets more through too.
    await change({ month: 9_000_000 });
    expect(await events()).toHaveLength(2);
  });

  it("[X05] is told: a key of the user's own, but not one that an app was given", async () => {
    await platform.allow(platform.browser(), { scope: "openid gateway:access" }, { cap_amount: "5" });
    const grant = await findLiveGrant(platform.ctx, platform.maya.id, platform.app.id);
    const { id: userId, workspaceId } = platform.maya;
    for (const [name, grantId] of [
      ["Mine", null],
      ["The app's", grant!.id],
    ] as const) {
      const wanted = { userId, workspaceId, grantId, name, scopes: ["openid"], expiresAt: null };
      expect((await inTx(platform.ctx, (tx) => createApiKey(tx, wanted))).ok).toBe(true);
    }
    expect(await events()).toEqual([["key_created", { name: "Mine" }]]);
  });
});
