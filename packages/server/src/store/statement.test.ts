import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { inTx } from "../context.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import type { WalletsTable } from "./schema/ledger.ts";
import { query, statement } from "./statement.ts";

const create = statement<{ id: string; balance: number }>()((db, p) =>
  db
    .insertInto("wallets")
    .values({ id: p.id, balance_micros: p.balance, held_micros: 0, entry_count: 0, created_at: 1, updated_at: 1 })
    .returning("id"),
);
const find = statement<{ id: string }>()((db, p) => db.selectFrom("wallets").selectAll().where("id", "=", p.id));
const hold = statement<{ id: string; amount: number }>()((db, p) =>
  db
    .updateTable("wallets")
    .set((eb) => ({ held_micros: eb("held_micros", "+", p.amount) }))
    .where("id", "=", p.id)
    .where((eb) => eb(eb("held_micros", "+", p.amount), "<=", eb.ref("balance_micros")))
    .returning(["id", "held_micros"]),
);
const total = statement<{ atLeast: number; limit: number }>()((db, p) =>
  db
    .selectFrom("wallets")
    .select((eb) => [eb.fn.sum<number | null>("balance_micros").as("sum"), eb.fn.countAll<number>().as("count")])
    .where("balance_micros", ">=", p.atLeast)
    .limit(p.limit),
);

describe.each(databases)("a statement on $name", ({ open }) => {
  let house: OpenCtx;
  let ctx: OpenCtx["ctx"];

  beforeAll(async () => {
    house = await openCtx(open);
    ctx = house.ctx;
    await inTx(ctx, (tx) => create.one(tx, { id: "wal_1", balance: 100 }));
  });
  afterAll(() => house.close());

  it("answers whole typed rows, numbers as numbers", async () => {
    const row = await find.first(ctx, { id: "wal_1" });
    expectTypeOf(row).toEqualTypeOf<WalletsTable | undefined>();
    expect(row).toEqual({
      id: "wal_1",
      balance_micros: 100,
      held_micros: 0,
      entry_count: 0,
      created_at: 1,
      updated_at: 1,
    });
    expect(await find.first(ctx, { id: "wal_2" })).toBeUndefined();
  });

  it("uses a parameter wherever it stands, and its row is the verdict", async () => {
    const holding = (amount: number) => inTx(ctx, (tx) => hold.first(tx, { id: "wal_1", amount }));
    const won = await holding(60);
    expectTypeOf(won).toEqualTypeOf<{ id: string; held_micros: number } | undefined>();
    expect(won).toEqual({ id: "wal_1", held_micros: 60 });
    expect(await holding(41)).toBeUndefined();
    expect(await holding(40)).toEqual({ id: "wal_1", held_micros: 100 });
  });

  it("sums to a number", async () => {
    await inTx(ctx, (tx) => create.one(tx, { id: "wal_big", balance: Number.MAX_SAFE_INTEGER - 1000 }));
    const row = await total.one(ctx, { atLeast: 1, limit: 10 });
    expect(row).toEqual({ sum: Number.MAX_SAFE_INTEGER - 900, count: 2 });
    expect(await total.one(ctx, { atLeast: Number.MAX_SAFE_INTEGER, limit: 10 })).toEqual({ sum: null, count: 0 });
  });

  it("refuses a number that JavaScript cannot hold", async () => {
    const overflowing = query(ctx, (db) =>
      db
        .selectFrom("wallets")
        .select((eb) => eb("balance_micros", "*", 2).as("twice"))
        .where("id", "=", "wal_big"),
    );
    await expect(overflowing).rejects.toThrow();
  });

  it.each([2 ** 53 + 2, 1.5, Number.NaN])("writes nothing that could not be read back: %d", async (balance) => {
    const tries = [
      create.commit(ctx, { id: "wal_odd", balance }),
      inTx(ctx, (tx) => create.one(tx, { id: "wal_odd", balance })),
    ];
    for (const tried of tries) await expect(tried).rejects.toThrow("can be read back");
    expect(await find.all(ctx, { id: "wal_odd" })).toEqual([]);
  });

  it("reckons in whole numbers", async () => {
    const rows = await query(ctx, (db) =>
      db
        .selectFrom("wallets")
        .select((eb) => eb("balance_micros", "/", 7).as("seventh"))
        .where("id", "=", "wal_1"),
    );
    expect(rows).toEqual([{ seventh: 14 }]);
    await expect(total.one(ctx, { atLeast: 1.5, limit: 1 })).rejects.toThrow(/1\.5/);
  });

  it("misses no parameter", async () => {
    await expect(find.first(ctx, {} as { id: string })).rejects.toThrow("no value for parameter 1");
  });

  it("expects exactly one row where it says so", async () => {
    await expect(find.one(ctx, { id: "wal_2" })).rejects.toThrow("one row expected, 0 found");
  });

  it("may be built anew for each input", async () => {
    const search = (ids: string[]) =>
      query(ctx, (db) => db.selectFrom("wallets").select("id").where("id", "in", ids).orderBy("id"));
    expect(await search(["wal_1", "wal_big"])).toEqual([{ id: "wal_1" }, { id: "wal_big" }]);
    expect(await search(["wal_9"])).toEqual([]);
    expectTypeOf(search).returns.resolves.toEqualTypeOf<{ id: string }[]>();
  });
});

describe("building a statement", () => {
  it("insists on returning", () => {
    const silent = statement<object>()((db) => db.deleteFrom("meta"));
    expect(() => silent.plan("sqlite")).toThrow("a write returns its row");
  });

  it("does not let a parameter pass for its value", () => {
    const glued = statement<{ text: string }>()((db, p) =>
      db.selectFrom("meta").select("name").where("value", "like", `%${p.text}%`),
    );
    expect(() => glued.plan("sqlite")).toThrow("the parameter text has no value while the statement is built");
    const spread = statement<{ name: string; value: string }>()((db, p) =>
      db
        .insertInto("meta")
        .values({ ...p })
        .returning("name"),
    );
    expect(() => spread.plan("sqlite")).toThrow("name each column");
  });

  it("cannot be run by its builder", async () => {
    let run: Promise<unknown> | undefined;
    const running = statement<object>()((db) => {
      const select = db.selectFrom("meta").selectAll();
      run = select.execute();
      return select;
    });
    expect(running.plan("sqlite").sql).toBe('select * from "meta"');
    await expect(run).rejects.toThrow("never by its builder");
  });
});
