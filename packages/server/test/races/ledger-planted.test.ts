import { describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../../src/context.ts";
import { addHold } from "../../src/ledger/holds.sql.ts";
import {
  auditLedger,
  budgetStatus,
  changeBudget,
  createLedger,
  findWallet,
  type HoldRequest,
  type HoldVerdict,
  type Ledger,
} from "../../src/ledger/index.ts";
import { query } from "../../src/store/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { openCtx } from "../../src/testing/open-ctx.ts";
import { callOf, newBudget, newWallet } from "./ledger-fixture.ts";
import { excesses, keepJournal } from "./ledger-journal.ts";
import { storm } from "./ledger-storm.ts";

const rich = 10 ** 12;

/** Takes what it finds room for, without a guard on the rows: the mistake that the races must catch. */
async function takeBlindly(ctx: Ctx, { walletId, budgetIds, amountMicros }: HoldRequest): Promise<HoldVerdict> {
  await inTx(ctx, async (tx) => {
    for (const budgetId of budgetIds) {
      await query(tx, (db) =>
        db
          .updateTable("budget_windows")
          .set((eb) => ({ held_micros: eb("held_micros", "+", amountMicros) }))
          .where("budget_id", "=", budgetId)
          .returning("period"),
      );
    }
    await query(tx, (db) =>
      db
        .updateTable("wallets")
        .set((eb) => ({ held_micros: eb("held_micros", "+", amountMicros) }))
        .where("id", "=", walletId)
        .returning("id"),
    );
  });
  const { deadlineMs: _, ...facts } = callOf({ walletId, amountMicros });
  return { ok: true, hold: { ...facts, id: "hld_blind", windows: [], createdAt: 0, deadlineAt: 0 } };
}

const refused: HoldVerdict = { ok: false, why: "duplicate", holdId: "", running: false };

/** Reads first, then writes. */
const readsThenWrites = (room: (ctx: Ctx, request: HoldRequest) => Promise<number>): Ledger => ({
  ...createLedger(),
  hold: async (ctx, request) =>
    (await room(ctx, request)) >= request.amountMicros ? takeBlindly(ctx, request) : refused,
});

describe.each(databases)("[R29] the races on $name catch", ({ name, open }) => {
  it("a cap that is read first and written later", async () => {
    const { ctx, close } = await openCtx(open);
    await keepJournal(ctx, name);
    const walletId = await newWallet(ctx, rich);
    const budgetId = await newBudget(ctx, { month: 100_000 });
    const facts = { walletId, budgetIds: [budgetId], callers: 200, highestMicros: 20_000, seed: 1 };
    await createLedger().hold(ctx, callOf({ ...facts, amountMicros: 1 }));
    const careless = readsThenWrites(async () => (await budgetStatus(ctx, budgetId))[0]?.remainingMicros ?? 0);
    await storm(ctx, careless, facts);
    expect(await excesses(ctx)).not.toEqual([]);
    expect((await budgetStatus(ctx, budgetId))[0]?.heldMicros).toBeGreaterThan(100_000);
    await close();
  });

  it("a balance that is read first and written later", async () => {
    const { ctx, close } = await openCtx(open);
    await keepJournal(ctx, name);
    const walletId = await newWallet(ctx, 100_000);
    const careless = readsThenWrites(async () => {
      const wallet = await findWallet(ctx, walletId);
      return wallet ? wallet.balanceMicros - wallet.heldMicros : 0;
    });
    await storm(ctx, careless, { walletId, budgetIds: [], callers: 200, highestMicros: 20_000, seed: 1 });
    expect(await excesses(ctx)).not.toEqual([]);
    expect((await auditLedger(ctx)).map(({ kind }) => kind)).toContain("wallet_overdrawn");
    await close();
  });

  it("a cap from memory, after it was lowered", async () => {
    const { ctx, close } = await openCtx(open);
    await keepJournal(ctx, name);
    const walletId = await newWallet(ctx, rich);
    const budgetId = await newBudget(ctx, { month: 100_000 });
    const facts = { walletId, budgetIds: [budgetId] };
    await createLedger().hold(ctx, callOf({ ...facts, amountMicros: 1 }));
    const [before] = await budgetStatus(ctx, budgetId);
    const careless = readsThenWrites(async () => {
      const [now] = await budgetStatus(ctx, budgetId);
      return (before?.limitMicros ?? 0) - (now?.spentMicros ?? 0) - (now?.heldMicros ?? 0);
    });
    await inTx(ctx, (tx) => changeBudget(tx, budgetId, { month: 50 }));
    // One after another: nothing but the memory is at fault.
    for (let call = 0; call < 3; call++) await careless.hold(ctx, callOf({ ...facts, amountMicros: 30 }));
    expect(await excesses(ctx)).toEqual([
      { place: budgetId, used: 61, cap: 50 },
      { place: budgetId, used: 91, cap: 50 },
    ]);
    await close();
  });

  it("a cap that is passed by, because memory knows of another one only", async () => {
    const { ctx, close } = await openCtx(open);
    const walletId = await newWallet(ctx, rich);
    const budgetId = await newBudget(ctx, { month: 100_000 });
    const verdict = await createLedger().hold(ctx, callOf({ walletId, budgetIds: [budgetId], amountMicros: 1 }));
    await inTx(ctx, (tx) => changeBudget(tx, budgetId, { month: 100_000, day: 1 }));
    await keepJournal(ctx, name);
    if (verdict.ok) await inTx(ctx, (tx) => addHold(tx, { ...verdict.hold, id: "hld_planted" }));
    expect(await excesses(ctx)).toEqual([{ place: budgetId, used: 2, cap: 1 }]);
    await close();
  });

  it("a settle that does not ask whether the hold has ended", async () => {
    const { ctx, close } = await openCtx(open);
    const ledger = createLedger();
    const walletId = await newWallet(ctx, 1000);
    const verdicts = [];
    for (let call = 0; call < 2; call++) verdicts.push(await ledger.hold(ctx, callOf({ walletId, amountMicros: 60 })));
    const hold = verdicts[0]?.ok ? verdicts[0].hold : undefined;
    if (!hold) throw new Error("the first call was refused");
    for (let time = 0; time < 2; time++) {
      await ledger.settle(ctx, hold, { costMicros: 40, usage: {} });
      const ended = { ended_at: null, outcome: null, cost_micros: null, loss_micros: null };
      await inTx(ctx, (tx) =>
        query(tx, (db) => db.updateTable("holds").set(ended).where("id", "=", hold.id).returning("id")),
      );
    }
    const found = (await auditLedger(ctx)).map(({ kind }) => kind);
    expect(found).toEqual(expect.arrayContaining(["hold_charge", "wallet_held"]));
    await close();
  });
});
