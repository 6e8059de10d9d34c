import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callOf, newBudget, newWallet } from "../../test/races/ledger-fixture.ts";
import type { Ctx } from "../context.ts";
import { query } from "../store/index.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { auditLedger, budgetStatus, createLedger, findWallet, type Hold, type HoldRequest } from "./index.ts";

describe.each(databases)("a hold on $name", ({ open }) => {
  const clock = manualClock();
  const logged: { level: string; fields: Record<string, unknown> }[] = [];
  const ledger = createLedger();
  let house: OpenCtx;
  let ctx: Ctx;
  let walletId: string;
  let budgetId: string;

  beforeEach(async () => {
    clock.setNow(Date.UTC(2026, 0, 15, 12));
    logged.length = 0;
    house = await openCtx(open, { clock });
    const note = (level: string) => (fields: Record<string, unknown>) => logged.push({ level, fields });
    const log = { debug: note("debug"), info: note("info"), warn: note("warn"), error: note("error") };
    ctx = { ...house.ctx, log };
    walletId = await newWallet(ctx, 1000);
    budgetId = await newBudget(ctx, { day: 100, month: 500 });
  });
  afterEach(async () => {
    clock.advance(30_000);
    expect(await auditLedger(ctx)).toEqual([]);
    await house.close();
  });

  const hold = (amountMicros: number, facts: Partial<HoldRequest> = {}) =>
    ledger.hold(ctx, callOf({ walletId, budgetIds: [budgetId], amountMicros, ...facts }));
  const held = async (amountMicros: number, facts: Partial<HoldRequest> = {}): Promise<Hold> => {
    const verdict = await hold(amountMicros, facts);
    if (!verdict.ok) throw new Error(verdict.why);
    return verdict.hold;
  };
  const wallet = () => findWallet(ctx, walletId);
  const windows = async () =>
    (await budgetStatus(ctx, budgetId)).map(({ spentMicros, heldMicros }) => [spentMicros, heldMicros]);
  const entries = () =>
    query(ctx, (db) => db.selectFrom("entries").selectAll().where("kind", "<>", "credit").orderBy("seq"));
  const rows = () => query(ctx, (db) => db.selectFrom("holds").selectAll());

  it("takes from every window and from the wallet, and keeps what it rests on", async () => {
    const prices = { input: 3, output: 5 };
    const { id } = await held(60, { prices });
    expect(id).toMatch(/^hld_[0-9a-z]{26}$/);
    expect(await wallet()).toEqual({ balanceMicros: 1000, heldMicros: 60 });
    expect(await windows()).toEqual([
      [0, 60],
      [0, 60],
    ]);
    expect(await rows()).toMatchObject([
      {
        id,
        prices: JSON.stringify(prices),
        windows: JSON.stringify([
          [budgetId, "day", Date.UTC(2026, 0, 15), 100, 60],
          [budgetId, "month", Date.UTC(2026, 0, 1), 500, 60],
        ]),
        deadline_at: ctx.clock.now() + 900_000,
        ended_at: null,
      },
    ]);
  });

  it("takes nothing anywhere when one bound refuses", async () => {
    expect(await hold(101)).toMatchObject({ ok: false, why: "cap", refusal: { period: "day", affordableMicros: 100 } });
    const second = await newBudget(ctx, { total: 10 });
    expect(await hold(50, { budgetIds: [budgetId, second] })).toMatchObject({ refusal: { budgetId: second } });
    expect(await hold(1001, { budgetIds: [] })).toMatchObject({ why: "balance", refusal: { source: "wallet" } });
    const poor = await newWallet(ctx, 20);
    expect(await hold(50, { walletId: poor })).toMatchObject({ why: "balance", refusal: { affordableMicros: 20 } });
    expect([await windows(), await wallet(), await rows()]).toEqual([
      [
        [0, 0],
        [0, 0],
      ],
      { balanceMicros: 1000, heldMicros: 0 },
      [],
    ]);
  });

  it("[R32] takes the last unit of cap and wallet, and not one more", async () => {
    await held(99);
    expect(await hold(2)).toMatchObject({ ok: false, why: "in_flight", refusal: { affordableMicros: 1 } });
    await held(1);
    expect(await hold(1)).toMatchObject({ ok: false, why: "in_flight", refusal: { heldMicros: 100 } });
    await held(900, { budgetIds: [] });
    expect(await hold(1, { budgetIds: [] })).toMatchObject({ why: "in_flight", refusal: { source: "wallet" } });
  });

  it("tells how much room there is", async () => {
    const room = (budgetIds: string[]) => ledger.room(ctx, { walletId, budgetIds });
    await held(40);
    expect(await room([budgetId])).toEqual({ affordableMicros: 60 });
    expect(await room([])).toEqual({ affordableMicros: 960 });
  });

  it("charges the cost, gives back the rest, and enters the cost once", async () => {
    const call = await held(60);
    const usage = { inputTokens: 5, outputTokens: 7 };
    const end = { outcome: "settled", costMicros: 45, lossMicros: 0 };
    expect(await ledger.settle(ctx, call, { costMicros: 45, usage })).toEqual({ ok: true, ...end });
    expect(await wallet()).toEqual({ balanceMicros: 955, heldMicros: 0 });
    expect(await windows()).toEqual([
      [45, 0],
      [45, 0],
    ]);
    expect(await entries()).toMatchObject([
      {
        kind: "charge",
        debit_account: `wallet:${walletId}`,
        credit_account: "platform:revenue",
        amount_micros: 45,
        reference: call.id,
      },
    ]);
    expect(await rows()).toMatchObject([{ outcome: "settled", cost_micros: 45, usage: JSON.stringify(usage) }]);
  });

  it("[P06] ends once: settled or released twice, or one after the other, changes nothing", async () => {
    const settled = await held(60);
    const released = await held(10);
    await ledger.settle(ctx, settled, { costMicros: 45, usage: {} });
    await ledger.release(ctx, released);
    const before = [await wallet(), await windows(), await rows(), await entries()];
    const first = { ok: false, outcome: "settled", costMicros: 45, lossMicros: 0 };
    expect(await ledger.settle(ctx, settled, { costMicros: 50, usage: {} })).toEqual(first);
    expect(await ledger.release(ctx, settled)).toEqual(first);
    const second = { ok: false, outcome: "released", costMicros: 0, lossMicros: 0 };
    expect(await ledger.settle(ctx, released, { costMicros: 10, usage: {} })).toEqual(second);
    expect(await ledger.release(ctx, released)).toEqual(second);
    expect([await wallet(), await windows(), await rows(), await entries()]).toEqual(before);
  });

  it("[P06] charges the hold at most: what is above is the platform's loss, and an alarm", async () => {
    const call = await held(60);
    const end = { ok: true, outcome: "settled", costMicros: 60, lossMicros: 15 };
    expect(await ledger.settle(ctx, call, { costMicros: 75, usage: {} })).toEqual(end);
    expect(await wallet()).toEqual({ balanceMicros: 940, heldMicros: 0 });
    expect(await entries()).toMatchObject([
      { kind: "charge", amount_micros: 60, balance_after_micros: 940 },
      { kind: "loss", debit_account: "platform:loss", amount_micros: 15, balance_after_micros: 940 },
    ]);
    expect(logged).toMatchObject([{ level: "error", fields: { holdId: call.id, lossMicros: 15 } }]);
    const free = await held(0);
    await ledger.settle(ctx, free, { costMicros: 3, usage: {} });
    expect(await wallet()).toEqual({ balanceMicros: 940, heldMicros: 0 });
  });

  it("keeps a cost of zero at zero, without an entry", async () => {
    await ledger.settle(ctx, await held(60), { costMicros: 0, usage: {} });
    expect([await wallet(), await entries()]).toEqual([{ balanceMicros: 1000, heldMicros: 0 }, []]);
  });

  it.each([-1, 0.5, 1e30, Number.NaN])("[P02] is never of %s, and neither is a cost", async (amount) => {
    await expect(hold(amount)).rejects.toThrow("the amount of a hold");
    const call = await held(10);
    await expect(ledger.settle(ctx, call, { costMicros: amount, usage: {} })).rejects.toThrow("the cost of a call");
    expect(await wallet()).toEqual({ balanceMicros: 1000, heldMicros: 10 });
  });

  it("is settled in the windows it took, also after midnight", async () => {
    const call = await held(60);
    clock.setNow(Date.UTC(2026, 1, 1));
    await ledger.settle(ctx, call, { costMicros: 60, usage: {} });
    expect(await windows()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    clock.setNow(Date.UTC(2026, 0, 15, 12));
    expect(await windows()).toEqual([
      [60, 0],
      [60, 0],
    ]);
  });

  it("[R31] is swept after its deadline, unbilled and told", async () => {
    const late = await held(60, { deadlineMs: 1000 });
    await held(10, { deadlineMs: 60_000 });
    clock.advance(1000);
    expect(await ledger.sweep(ctx)).toBe(0);
    clock.advance(1);
    expect(await ledger.sweep(ctx)).toBe(1);
    expect(await wallet()).toEqual({ balanceMicros: 1000, heldMicros: 10 });
    expect(logged).toMatchObject([{ level: "warn", fields: { holdId: late.id, amountMicros: 60 } }]);
    expect(await ledger.settle(ctx, late, { costMicros: 60, usage: {} })).toMatchObject({
      ok: false,
      outcome: "expired",
    });
    expect(await ledger.sweep(ctx)).toBe(0);
  });

  it("has one effect for one key", async () => {
    const facts = { idempotencyKey: "hash of caller and key" };
    const { id } = await held(60, facts);
    expect(await hold(60, facts)).toEqual({ ok: false, why: "duplicate", holdId: id, running: true });
    await ledger.settle(ctx, { ...(await held(1)), id, amountMicros: 60 }, { costMicros: 1, usage: {} });
    expect(await hold(60, facts)).toEqual({ ok: false, why: "duplicate", holdId: id, running: false });
  });

  it("leaves a key free when it is refused, and gives it to one of many", async () => {
    const facts = { idempotencyKey: "another" };
    expect(await hold(101, facts)).toMatchObject({ ok: false, why: "cap" });
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => hold(1, facts)));
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await wallet()).toMatchObject({ heldMicros: 1 });
  });
});

describe.each(databases)("after a restart on $name", ({ name, open }) => {
  it("[R31] every hold of the dead process ends, where nobody else has the database open", async () => {
    const house = await openCtx(open);
    const { ctx } = house;
    const ledger = createLedger();
    const walletId = await newWallet(ctx, 1000);
    for (let call = 0; call < 230; call++) await ledger.hold(ctx, callOf({ walletId, amountMicros: 1 }));
    if (name === "sqlite") {
      expect(await ledger.expireAll(ctx)).toBe(230);
      expect(await findWallet(ctx, walletId)).toEqual({ balanceMicros: 1000, heldMicros: 0 });
    } else {
      await expect(ledger.expireAll(ctx)).rejects.toThrow("other processes may have calls in flight");
      expect(await findWallet(ctx, walletId)).toEqual({ balanceMicros: 1000, heldMicros: 230 });
    }
    await house.close();
  });
});
