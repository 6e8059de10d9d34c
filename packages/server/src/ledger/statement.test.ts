import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callOf, newWallet } from "../../test/races/ledger-fixture.ts";
import type { Ctx } from "../context.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { createLedger, findCall, type HoldRequest, listCalls, listUnbilled, sumByApp, sumByDay } from "./index.ts";

const day = 86_400_000;
const thursday = Date.UTC(2026, 0, 15);
const everything = { from: 0, to: thursday + 30 * day };

describe.each(databases)("the statement on $name", ({ open }) => {
  const clock = manualClock();
  const ledger = createLedger();
  let house: OpenCtx;
  let ctx: Ctx;
  let walletId: string;
  beforeEach(async () => {
    clock.setNow(thursday);
    house = await openCtx(open, { clock });
    ctx = house.ctx;
    walletId = await newWallet(ctx, Number.MAX_SAFE_INTEGER);
  });
  afterEach(() => house.close());

  const hold = async (facts: Partial<HoldRequest> = {}) => {
    const verdict = await ledger.hold(ctx, callOf({ walletId, amountMicros: 2 ** 50, ...facts }));
    if (!verdict.ok) throw new Error(verdict.why);
    return verdict.hold;
  };
  const spend = async (costMicros: number, facts: Partial<HoldRequest> = {}) => {
    const call = await hold(facts);
    await ledger.settle(ctx, call, { costMicros, usage: { outputTokens: 3 } });
    return call.id;
  };

  it("lists calls newest first, page by page", async () => {
    const ids: string[] = [];
    for (let call = 0; call < 5; call++) ids.push(await spend(call));
    const first = await listCalls(ctx, { walletId, limit: 3 });
    const second = await listCalls(ctx, { walletId, limit: 3, before: first.at(-1)?.id });
    expect([...first, ...second].map(({ id }) => id)).toEqual(ids.toReversed());
    expect(first[0]).toEqual({
      id: ids[4],
      walletId,
      userId: "usr_ada",
      appId: "app_tales",
      grantId: "grt_tales",
      keyId: null,
      item: "test-model",
      requestId: "req_1",
      createdAt: thursday,
      endedAt: thursday,
      outcome: "settled",
      amountMicros: 2 ** 50,
      costMicros: 4,
      lossMicros: 0,
      prices: { input: 1_000_000, output: 2_000_000, call: 0 },
      limits: [],
      usage: { outputTokens: 3 },
    });
    await expect(listCalls(ctx, { walletId, limit: 101 })).rejects.toThrow("1 to 100");
  });

  it("keeps the price of the admission with the call", async () => {
    const before = await spend(1, { prices: { output: 2 } });
    await spend(1, { prices: { output: 900 } });
    expect((await findCall(ctx, walletId, before))?.prices).toEqual({ output: 2 });
  });

  it("shows one wallet's, one user's, one app's or one key's calls and no others", async () => {
    const other = await newWallet(ctx, 2 ** 51);
    const stranger = await spend(1, { walletId: other });
    const mine = await spend(1);
    const byKey = await spend(1, { appId: null, keyId: "key_1" });
    const colleague = await spend(1, { userId: "usr_bob", appId: "app_songs" });
    const ids = async (facts: Partial<Parameters<typeof listCalls>[1]>) =>
      (await listCalls(ctx, { walletId, limit: 100, ...facts })).map(({ id }) => id);
    expect(await ids({})).toEqual([colleague, byKey, mine]);
    expect(await ids({ userId: "usr_ada" })).toEqual([byKey, mine]);
    expect(await ids({ userId: "usr_ada", appId: "app_tales" })).toEqual([mine]);
    expect(await ids({ appId: null })).toEqual([byKey]);
    expect(await ids({ keyId: "key_1" })).toEqual([byKey]);
    expect(await ids({ walletId: other })).toEqual([stranger]);
    expect(await findCall(ctx, walletId, stranger)).toBeUndefined();
    expect(await sumByApp(ctx, { walletId, keyId: "key_1", ...everything })).toMatchObject([{ appId: null, calls: 1 }]);
  });

  it("lists running calls and those that came to nothing, and sums neither", async () => {
    const running = await hold();
    const released = await hold();
    await ledger.release(ctx, released);
    const lost = await hold({ deadlineMs: 0 });
    clock.advance(1);
    await ledger.sweep(ctx);
    expect(await listCalls(ctx, { walletId, limit: 100 })).toMatchObject([
      { id: lost.id, outcome: "expired", costMicros: 0, usage: null },
      { id: released.id, outcome: "released", costMicros: 0 },
      { id: running.id, outcome: null, endedAt: null, costMicros: null },
    ]);
    expect(await listUnbilled(ctx, { limit: 100 })).toMatchObject([{ id: lost.id, walletId }]);
    expect(await listUnbilled(ctx, { limit: 100, before: lost.id })).toEqual([]);
    expect(await sumByApp(ctx, { walletId, ...everything })).toEqual([]);
  });

  it("sums by app and by day, exactly", async () => {
    const large = 2 ** 50 - 1;
    await spend(large);
    await spend(large, { appId: "app_songs" });
    clock.setNow(thursday + day - 1);
    await spend(large);
    clock.setNow(thursday + 2 * day);
    await spend(1, { appId: null });
    expect(await sumByApp(ctx, { walletId, ...everything })).toEqual(
      expect.arrayContaining([
        { appId: "app_songs", calls: 1, costMicros: large },
        { appId: "app_tales", calls: 2, costMicros: 2 * large },
        { appId: null, calls: 1, costMicros: 1 },
      ]),
    );
    expect(await sumByDay(ctx, { walletId, ...everything })).toEqual([
      { day: thursday, calls: 3, costMicros: 3 * large },
      { day: thursday + 2 * day, calls: 1, costMicros: 1 },
    ]);
    const firstDay = { from: thursday, to: thursday + day };
    expect(await sumByDay(ctx, { walletId, appId: "app_tales", ...firstDay })).toMatchObject([{ calls: 2 }]);
    expect(await sumByDay(ctx, { walletId, from: thursday + 1, to: thursday + day - 1 })).toEqual([]);
  });
});
