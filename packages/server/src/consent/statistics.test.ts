import { describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { query } from "../store/index.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import { appStatistics, giveConsent, revokeGrant } from "./index.ts";

const day = 86_400_000;
const answer = { granted: ["openid"], withheld: [], terms: null, proposal: null };

const consent = (ctx: Ctx, user: string, appId = "app_one") =>
  inTx(ctx, (tx) => giveConsent(tx, { userId: `usr_${user}`, workspaceId: `ws_${user}`, appId }, answer));

type End = { outcome: "settled" | "released" | "expired" | null; cost: number | null };

/** A call as the ledger leaves it. */
async function call(ctx: Ctx, { id: grantId, userId, workspaceId, appId }: Called, { outcome, cost }: End) {
  const now = ctx.clock.now();
  await inTx(ctx, (tx) =>
    query(tx, (db) =>
      db
        .insertInto("holds")
        .values({
          wallet_id: workspaceId,
          id: tx.random.id("hld"),
          user_id: userId,
          app_id: appId,
          grant_id: grantId,
          key_id: null,
          item: "test-model",
          amount_micros: 100,
          windows: "[]",
          prices: "{}",
          request_id: "req",
          created_at: now,
          deadline_at: now,
          ended_at: outcome && now,
          outcome,
          cost_micros: cost,
          loss_micros: null,
          usage: null,
        })
        .returning("id"),
    ),
  );
}

type Called = { id: string; userId: string; workspaceId: string; appId: string };

describe.each(databases)("the statistics of an app on $name", ({ open }) => {
  it("count people, consents, calls, failures and money, of this app and this time alone", async () => {
    const clock = manualClock();
    const { ctx, close } = await openCtx(open, { clock });
    const maya = await consent(ctx, "maya");
    const elsewhere = await consent(ctx, "maya", "app_two");
    await call(ctx, maya, { outcome: "settled", cost: 1_000 });
    clock.advance(31 * day);
    const since = clock.now() - 30 * day;
    expect(await appStatistics(ctx, "app_one", since)).toEqual({
      users: 1,
      grants: 1,
      activeUsers: 0,
      calls: 0,
      errors: 0,
      spendMicros: 0,
    });
    const kit = await consent(ctx, "kit");
    await call(ctx, maya, { outcome: "settled", cost: 70 });
    await call(ctx, maya, { outcome: "released", cost: null });
    await call(ctx, kit, { outcome: "expired", cost: null });
    await call(ctx, kit, { outcome: null, cost: null });
    await call(ctx, elsewhere, { outcome: "settled", cost: 5_000 });
    await inTx(ctx, (tx) => revokeGrant(tx, { userId: "usr_kit", appId: "app_one", actorId: "usr_kit" }));
    const again = await consent(ctx, "kit");
    await call(ctx, again, { outcome: "settled", cost: 7 });
    expect(await appStatistics(ctx, "app_one", since)).toEqual({
      users: 2,
      grants: 3,
      activeUsers: 2,
      calls: 5,
      errors: 2,
      spendMicros: 77,
    });
    expect(await appStatistics(ctx, "app_none", since)).toMatchObject({
      users: 0,
      grants: 0,
      calls: 0,
      spendMicros: 0,
    });
    await close();
  });
});
