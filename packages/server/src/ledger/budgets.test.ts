import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callOf, newWallet } from "../../test/races/ledger-fixture.ts";
import { type Ctx, inTx } from "../context.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { budgetStatus, changeBudget, createBudget, createLedger, findBudget, type Limits } from "./index.ts";

const day = 86_400_000;
const noon = Date.UTC(2026, 0, 15, 12);

describe.each(databases)("a budget on $name", ({ open }) => {
  const clock = manualClock();
  const ledger = createLedger();
  let house: OpenCtx;
  let ctx: Ctx;
  let walletId: string;
  beforeEach(async () => {
    clock.setNow(noon);
    house = await openCtx(open, { clock });
    ctx = house.ctx;
    walletId = await newWallet(ctx, 1_000_000);
  });
  afterEach(() => house.close());

  const create = (limits: Limits) => inTx(ctx, (tx) => createBudget(tx, limits));
  const change = (budgetId: string, limits: Limits) => inTx(ctx, (tx) => changeBudget(tx, budgetId, limits));
  const hold = (budgetId: string, amountMicros: number) =>
    ledger.hold(ctx, callOf({ walletId, budgetIds: [budgetId], amountMicros }));
  const spend = async (budgetId: string, amountMicros: number) => {
    const verdict = await hold(budgetId, amountMicros);
    if (verdict.ok) await ledger.settle(ctx, verdict.hold, { costMicros: amountMicros, usage: {} });
    return verdict.ok;
  };
  const spentBy = async (budgetId: string) => {
    const windows = await budgetStatus(ctx, budgetId);
    return Object.fromEntries(windows.map(({ period, spentMicros }) => [period, spentMicros]));
  };

  it("tells its windows before anybody has spent", async () => {
    const id = await create({ month: 500, day: 100 });
    expect(id).toMatch(/^bud_[0-9a-z]{26}$/);
    expect(await budgetStatus(ctx, id)).toEqual([
      {
        period: "day",
        limitMicros: 100,
        spentMicros: 0,
        heldMicros: 0,
        remainingMicros: 100,
        startsAt: Date.UTC(2026, 0, 15),
        resetsAt: Date.UTC(2026, 0, 16),
        lastUsedAt: null,
      },
      expect.objectContaining({ period: "month", limitMicros: 500, resetsAt: Date.UTC(2026, 1, 1) }),
    ]);
  });

  it("[P02] has limits that are whole, exact and not negative, and one at least", async () => {
    for (const limits of [{}, { day: -1 }, { day: 0.5 }, { day: 2 ** 53 }, { month: 1, day: Number.NaN }]) {
      await expect(create(limits)).rejects.toThrow("Assertion failed");
    }
    const id = await create({ day: 0, total: Number.MAX_SAFE_INTEGER });
    await expect(change(id, { week: 1e30 })).rejects.toThrow("Assertion failed");
    expect((await findBudget(ctx, id))?.limits).toEqual({ day: 0, total: Number.MAX_SAFE_INTEGER });
  });

  it("counts in every period that has a limit", async () => {
    const id = await create({ day: 100, week: 200, month: 300, total: 400 });
    await spend(id, 60);
    clock.advance(1000);
    await hold(id, 30);
    expect(await budgetStatus(ctx, id)).toMatchObject(
      [10, 110, 210, 310].map((remainingMicros) => ({
        spentMicros: 60,
        heldMicros: 30,
        remainingMicros,
        lastUsedAt: noon + 1000,
      })),
    );
  });

  it("[P11] starts anew once for each window, however the clock jumps", async () => {
    const id = await create({ day: 100, total: 1000 });
    expect(await spend(id, 100)).toBe(true);
    for (const jump of [day, -day, day, 400 * day, -401 * day]) {
      clock.advance(jump);
      const fresh = (await spentBy(id)).day === 0;
      expect(await spend(id, 100)).toBe(fresh);
      expect(await spend(id, 1)).toBe(false);
    }
    // The first day, the second, and that of 400 days later.
    expect(await spentBy(id)).toMatchObject({ total: 300 });
    for (let second = 0; second < 100; second++) {
      clock.setNow(Date.UTC(2026, 0, 16) - (second % 2));
      expect(await spend(id, 1)).toBe(false);
    }
    expect(await spentBy(id)).toMatchObject({ total: 300 });
  });

  it("keeps a changed cap in a window to which the clock goes back", async () => {
    const id = await create({ day: 100 });
    await spend(id, 50);
    clock.advance(3 * day);
    await change(id, { day: 60 });
    clock.advance(-3 * day);
    expect(await spend(id, 20)).toBe(false);
    expect(await spend(id, 10)).toBe(true);
  });

  it("binds the next call by its new cap, in a ledger that remembers the old one too", async () => {
    const id = await create({ month: 100 });
    await spend(id, 50);
    await change(id, { month: 60 });
    expect(await hold(id, 20)).toMatchObject({ ok: false, why: "cap", refusal: { limitMicros: 60, spentMicros: 50 } });
    await change(id, { month: 1000 });
    expect(await spend(id, 900)).toBe(true);
    await change(id, { month: 0 });
    expect(await hold(id, 1)).toMatchObject({ ok: false, why: "cap", refusal: { affordableMicros: 0 } });
    expect(await budgetStatus(ctx, id)).toMatchObject([{ limitMicros: 0, spentMicros: 950, remainingMicros: 0 }]);
  });

  it("binds the next call by a period that had no limit before", async () => {
    const id = await create({ month: 100 });
    await spend(id, 50);
    await change(id, { month: 100, day: 10 });
    expect(await hold(id, 20)).toMatchObject({ ok: false, refusal: { period: "day", limitMicros: 10 } });
    expect(await spend(id, 10)).toBe(true);
    await change(id, { day: 30 });
    expect(await spend(id, 20)).toBe(true);
    expect(await spentBy(id)).toEqual({ day: 30 });
    await change(id, { month: 100 });
    expect(await spentBy(id)).toEqual({ month: 60 });
  });

  it("lets calls in flight go on when the cap sinks below them", async () => {
    const id = await create({ day: 100 });
    const verdict = await hold(id, 80);
    await change(id, { day: 10 });
    if (verdict.ok) await ledger.settle(ctx, verdict.hold, { costMicros: 80, usage: {} });
    expect(await budgetStatus(ctx, id)).toMatchObject([{ limitMicros: 10, spentMicros: 80, remainingMicros: 0 }]);
  });

  it("must be there", async () => {
    await expect(hold("bud_0", 1)).rejects.toThrow("there is a budget bud_0");
    await expect(change("bud_0", { day: 1 })).rejects.toThrow("one row expected");
    await expect(budgetStatus(ctx, "bud_0")).rejects.toThrow("there is a budget bud_0");
  });
});
