import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callOf, newBudget, newWallet } from "../../test/races/ledger-fixture.ts";
import { type Ctx, inTx, type Tx } from "../context.ts";
import { query } from "../store/index.ts";
import { rawStatement } from "../store/statement.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { auditLedger, createLedger, type Hold, type ViolationKind } from "./index.ts";

/** Whoever can write to the files can do this; the audit must still see what was done. */
const unlock = {
  sqlite: ["drop trigger entries_no_update", "drop trigger entries_no_delete"],
  postgres: ["drop trigger entries_append_only on entries"],
};

describe.each(databases)("the audit on $name", ({ name, open }) => {
  const clock = manualClock();
  const ledger = createLedger();
  let house: OpenCtx;
  let ctx: Ctx;
  let walletId: string;
  let budgetId: string;
  let settled: Hold;
  let running: Hold;

  beforeEach(async () => {
    house = await openCtx(open, { clock });
    ctx = house.ctx;
    walletId = await newWallet(ctx, 1000);
    budgetId = await newBudget(ctx, { day: 500, total: 500 });
    settled = await held(60);
    await ledger.settle(ctx, settled, { costMicros: 75, usage: {} });
    await ledger.release(ctx, await held(10));
    running = await held(20);
  });
  afterEach(() => house.close());

  const held = async (amountMicros: number): Promise<Hold> => {
    const verdict = await ledger.hold(ctx, callOf({ walletId, budgetIds: [budgetId], amountMicros }));
    if (!verdict.ok) throw new Error(verdict.why);
    return verdict.hold;
  };
  const change = (work: (tx: Tx) => Promise<unknown>) =>
    inTx(ctx, async (tx) => {
      expect(await work(tx)).not.toEqual([]);
    });
  const updateWallet = (values: object) =>
    change((tx) => query(tx, (db) => db.updateTable("wallets").set(values).where("id", "=", walletId).returning("id")));
  const updateHold = ({ id }: Hold, values: object) =>
    change((tx) => query(tx, (db) => db.updateTable("holds").set(values).where("id", "=", id).returning("id")));
  const updateWindow = (values: object) =>
    change((tx) =>
      query(tx, (db) => db.updateTable("budget_windows").set(values).where("period", "=", "day").returning("period")),
    );
  const unlockEntries = async (tx: Tx) => {
    for (const sql of unlock[name]) await rawStatement(sql, "writes").all(tx, {});
  };
  const updateEntry = (seq: number, values: object) =>
    change(async (tx) => {
      await unlockEntries(tx);
      return query(tx, (db) => db.updateTable("entries").set(values).where("seq", "=", seq).returning("seq"));
    });
  const lastEntry = async () => {
    const rows = await query(ctx, (db) => db.selectFrom("entries").selectAll().orderBy("seq", "desc"));
    return rows[0]!;
  };
  const addEntry = async (values: object) => {
    const last = await lastEntry();
    const entry = { ...last, seq: last.seq + 1, id: "ent_planted", ...values };
    await change((tx) => query(tx, (db) => db.insertInto("entries").values(entry).returning("seq")));
  };
  const kinds = async (): Promise<ViolationKind[]> => (await auditLedger(ctx)).map(({ kind }) => kind).sort();

  it("[R30] finds nothing where all is well, after a change of clock too", async () => {
    clock.advance(86_400_000);
    await ledger.sweep(ctx);
    clock.advance(-86_400_000);
    expect(await auditLedger(ctx)).toEqual([]);
  });

  it("[R30] names the row and both figures", async () => {
    await updateWallet({ balance_micros: 941 });
    expect(await auditLedger(ctx)).toEqual([
      { kind: "wallet_balance", id: walletId, detail: "says 941, the entries say 940" },
    ]);
  });

  it("[R29][R30] finds a wallet that does not agree with its entries and holds", async () => {
    await updateWallet({ held_micros: 19 });
    expect(await kinds()).toEqual(["wallet_held"]);
    await updateWallet({ held_micros: 941 });
    expect(await kinds()).toEqual(["wallet_held", "wallet_overdrawn"]);
    await updateWallet({ held_micros: 20, entry_count: 4 });
    expect(await kinds()).toEqual(["chain_gap"]);
    await change((tx) => query(tx, (db) => db.deleteFrom("wallets").returning("id")));
    expect(await kinds()).toEqual(["wallet_missing"]);
  });

  it("[R29][R30] finds an entry that was changed", async () => {
    await updateEntry(1, { amount_micros: 59 });
    expect(await kinds()).toEqual(["chain_broken", "entry_balance", "entry_balance", "hold_charge", "wallet_balance"]);
  });

  it("[R29][R30] finds an entry that was changed without moving money", async () => {
    await updateEntry(0, { created_at: 1 });
    expect(await kinds()).toEqual(["chain_broken"]);
  });

  it("[R29][R30] finds an entry that was taken out", async () => {
    await change(async (tx) => {
      await unlockEntries(tx);
      return query(tx, (db) => db.deleteFrom("entries").where("seq", "=", 1).returning("seq"));
    });
    expect(await kinds()).toEqual(["chain_broken", "chain_gap", "entry_balance", "hold_charge", "wallet_balance"]);
  });

  it("[R29][R30] finds the last entry taken out", async () => {
    await change(async (tx) => {
      await unlockEntries(tx);
      return query(tx, (db) => db.deleteFrom("entries").where("seq", "=", 2).returning("seq"));
    });
    expect(await kinds()).toEqual(["chain_gap", "hold_charge"]);
  });

  it("[R29][R30] finds a call entered twice, or by nobody", async () => {
    await addEntry({});
    expect(await kinds()).toEqual(["chain_broken", "chain_gap", "hold_charge"]);
    await addEntry({ reference: "hld_nobody" });
    expect(await kinds()).toContain("entry_without_hold");
  });

  it.each([
    { amount_micros: 0 },
    { amount_micros: -5 },
    { debit_account: "platform:revenue" },
    { kind: "charge" },
    { kind: "gift" },
  ])("[R29][R30] finds an entry that moves nothing, or the wrong way: %j", async (values) => {
    await addEntry({ reference: "hld_nobody", ...values });
    expect(await kinds()).toContain("entry_unsound");
  });

  it("[R29][R30] finds a window that does not agree with its calls", async () => {
    await updateWindow({ spent_micros: 59 });
    expect(await kinds()).toEqual(["window_spent"]);
    await updateWindow({ spent_micros: 60, held_micros: 0 });
    expect(await kinds()).toEqual(["window_held"]);
    await change((tx) =>
      query(tx, (db) => db.deleteFrom("budget_windows").where("period", "=", "day").returning("period")),
    );
    expect(await kinds()).toEqual(["window_missing"]);
  });

  it("[R29][R30] finds a hold that was admitted above its limit", async () => {
    const [day, total] = JSON.parse((await holdRow(running)).windows);
    await updateHold(running, { windows: JSON.stringify([[...day.slice(0, 3), 79, 80], total]) });
    expect(await auditLedger(ctx)).toMatchObject([{ kind: "cap_exceeded", id: running.id }]);
  });

  it.each([
    { outcome: "released" },
    { outcome: null },
    { ended_at: null },
    { cost_micros: 61, outcome: "settled" },
    { cost_micros: 59, loss_micros: 16 },
    { cost_micros: null },
    { loss_micros: -1 },
  ])("[R29][R30] finds a hold that ended in no sound way: %j", async (values) => {
    await updateHold(settled, values);
    expect(await kinds()).toContain("hold_state");
  });

  it("[R29][R30] finds a settled call whose cost is not in the entries", async () => {
    await updateHold(settled, { loss_micros: 14 });
    expect(await kinds()).toEqual(["hold_charge"]);
    await updateHold(running, { outcome: "settled", ended_at: clock.now(), cost_micros: 20, loss_micros: 0 });
    expect(await kinds()).toContain("hold_charge");
  });

  it("[R29][R30] finds a hold that the sweep forgot, a minute after its deadline", async () => {
    clock.setNow(running.deadlineAt + 60_000);
    expect(await kinds()).toEqual([]);
    clock.advance(1);
    expect(await auditLedger(ctx)).toEqual([
      { kind: "hold_overdue", id: running.id, detail: "open 60001 ms after its deadline" },
    ]);
  });

  const holdRow = async ({ id }: Hold) =>
    (await query(ctx, (db) => db.selectFrom("holds").selectAll().where("id", "=", id)))[0]!;
});
