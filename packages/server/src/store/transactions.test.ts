import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTx, type Tx } from "../context.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import type { Store } from "./db.ts";
import { openStore } from "./open.ts";
import { query, rawStatement, statement } from "./statement.ts";

const put = statement<{ name: string; value: string }>()((db, p) =>
  db.insertInto("meta").values({ name: p.name, value: p.value }).returning("name"),
);
const change = statement<{ name: string; from: string; to: string }>()((db, p) =>
  db
    .updateTable("meta")
    .set({ value: p.to })
    .where("name", "=", p.name)
    .where("value", "=", p.from)
    .returning(["name", "value"]),
);
const find = statement<{ name: string }>()((db, p) => db.selectFrom("meta").selectAll().where("name", "=", p.name));
const list = statement<object>()((db) => db.selectFrom("meta").select("name").orderBy("name"));
const clear = statement<object>()((db) => db.deleteFrom("meta").returning("name"));

const turn = () => new Promise((resolve) => setImmediate(resolve));
const never = () => new Promise<never>(() => {});

describe.each(databases)("a transaction on $name", ({ open }) => {
  let house: OpenCtx;
  let ctx: OpenCtx["ctx"];
  /** Somebody else on the same database; the pool of `ctx` may be busy with its transactions. */
  let outside: Store;
  const names = async () => (await list.all(outside, {})).map((row) => row.name);

  beforeAll(async () => {
    house = await openCtx(open);
    ctx = house.ctx;
    outside = await openStore({ url: house.url, clock: ctx.clock, random: ctx.random });
  });
  afterAll(async () => {
    await outside.close();
    await house.close();
  });
  beforeEach(() => inTx(ctx, (tx) => clear.all(tx, {})));

  it("has one winner among 200 conditional updates at once", async () => {
    await inTx(ctx, (tx) => put.one(tx, { name: "prize", value: "free" }));
    const verdicts = await Promise.all(
      Array.from({ length: 200 }, (_, caller) =>
        inTx(ctx, (tx) => change.first(tx, { name: "prize", from: "free", to: `caller ${caller}` })),
      ),
    );
    const won = verdicts.filter((row) => row !== undefined);
    expect(won).toHaveLength(1);
    expect(await find.one(ctx, { name: "prize" })).toEqual(won[0]);
  });

  it("[R01][R03] of one statement fails alone, whatever its neighbours are", async () => {
    await put.commit(ctx, { name: "taken", value: "free" });
    const verdicts = await Promise.allSettled(
      Array.from({ length: 60 }, (_, member) => {
        if (member % 3 === 0) return put.commit(ctx, { name: "taken", value: "" });
        const name = `member ${String(member).padStart(2, "0")}`;
        if (member % 3 === 1) return put.commit(ctx, { name, value: "" });
        return inTx(ctx, async (tx) => ({ ok: (await put.one(tx, { name, value: "" })) === undefined }));
      }),
    );
    expect(verdicts.filter(({ status }) => status === "rejected")).toHaveLength(20);
    const kept = Array.from({ length: 20 }, (_, third) => `member ${String(third * 3 + 1).padStart(2, "0")}`);
    expect(await names()).toEqual([...kept, "taken"]);
  });

  it("of one statement has one winner among 200, and is committed when it is answered", async () => {
    await put.commit(ctx, { name: "prize", value: "free" });
    const verdicts = await Promise.all(
      Array.from({ length: 200 }, (_, caller) => change.commit(ctx, { name: "prize", from: "free", to: `${caller}` })),
    );
    const won = verdicts.filter((row) => row !== undefined);
    expect(won).toEqual([await find.one(outside, { name: "prize" })]);
  });

  it("of one statement is not begun inside another one", async () => {
    const nested = inTx(ctx, (tx) => put.commit(tx, { name: "inner", value: "" }));
    await expect(nested).rejects.toThrow("transactions do not nest");
    expect(await names()).toEqual([]);
  });

  it("[R01][R03] is refused alone: neighbours commit, and nobody outside sees what is uncommitted", async () => {
    const seen: string[] = [];
    const refused = (member: number) => member % 3 === 1 && member < 48;
    const verdicts = await Promise.allSettled(
      Array.from({ length: 50 }, (_, member) =>
        inTx(ctx, async (tx) => {
          const name = `member ${String(member).padStart(2, "0")}`;
          await put.one(tx, { name, value: "" });
          await turn();
          seen.push(...(await names()).filter((other) => other === name));
          if (refused(member)) throw new Error("refused");
          return name;
        }),
      ),
    );
    expect(seen).toEqual([]);
    expect(verdicts.filter((verdict) => verdict.status === "rejected")).toHaveLength(16);
    const kept = verdicts.flatMap((verdict) => (verdict.status === "fulfilled" ? verdict.value : []));
    expect(kept).toHaveLength(34);
    expect(await names()).toEqual(kept);
  });

  it("[R02] is the only place to write", async () => {
    const params = { name: "outside", value: "" };
    await expect(put.first(ctx, params)).rejects.toThrow("a write outside a transaction");
    await expect(query(ctx, (db) => db.deleteFrom("meta").returning("name"))).rejects.toThrow("outside a transaction");
    const disguised = query(ctx, (db) =>
      db
        .with("gone", (inner) => inner.deleteFrom("meta").returning("name"))
        .selectFrom("gone")
        .selectAll(),
    );
    await expect(disguised).rejects.toThrow("outside a transaction");
    expect(await names()).toEqual([]);
  });

  it.each([0, 1, 2, 3])("[R04] is rolled back by { ok: false } after %i updates", async (updates) => {
    await inTx(ctx, async (tx) => {
      for (const name of ["a", "b", "c"]) await put.one(tx, { name, value: "before" });
    });
    let committed = false;
    const verdict = await inTx(ctx, async (tx) => {
      tx.afterCommit(() => {
        committed = true;
      });
      for (const name of ["a", "b", "c"].slice(0, updates)) await change.one(tx, { name, from: "before", to: "after" });
      return { ok: false, why: "planted" };
    });
    expect(verdict).toEqual({ ok: false, why: "planted" });
    expect(committed).toBe(false);
    for (const name of ["a", "b", "c"]) expect((await find.one(ctx, { name })).value).toBe("before");
  });

  it("runs afterCommit after the commit and before the answer, and never without a commit", async () => {
    const order: string[] = [];
    await inTx(ctx, async (tx) => {
      tx.afterCommit(() => order.push("memory"));
      await put.one(tx, { name: "kept", value: "" });
      order.push("work");
    });
    order.push("answer");
    const failing = inTx(ctx, async (tx) => {
      tx.afterCommit(() => order.push("never"));
      await put.one(tx, { name: "lost", value: "" });
      throw new Error("planted");
    });
    await expect(failing).rejects.toThrow("planted");
    expect(order).toEqual(["work", "memory", "answer"]);
    expect(await names()).toEqual(["kept"]);
  });

  it("refuses statements after its end", async () => {
    let escaped: Tx | undefined;
    let floating: Promise<void> | undefined;
    await inTx(ctx, async (tx) => {
      escaped = tx;
      const tooLate = turn().then(() => put.one(tx, { name: "floating", value: "" }));
      floating = expect(tooLate).rejects.toThrow("this transaction has ended");
    });
    await floating;
    await expect(list.all(escaped as Tx, {})).rejects.toThrow("this transaction has ended");
    expect(await names()).toEqual([]);
  });

  it("does not nest", async () => {
    const nested = inTx(ctx, (tx) => inTx(tx, (inner) => put.one(inner, { name: "inner", value: "" })));
    await expect(nested).rejects.toThrow("transactions do not nest");
    expect(await names()).toEqual([]);
  });

  it("is not committed when the work swallowed a statement's error", async () => {
    const swallowing = inTx(ctx, async (tx) => {
      await put.one(tx, { name: "twice", value: "first" });
      await put.one(tx, { name: "twice", value: "second" }).catch(() => {});
      return "well";
    });
    await expect(swallowing).rejects.toThrow(/unique/i);
    expect(await names()).toEqual([]);
  });

  it("is given up at its deadline, and the next one goes on", async () => {
    const waiting = ctx.db.transact(
      async (db) => {
        await put.one({ db }, { name: "stuck", value: "" });
        return never();
      },
      () => false,
      20,
    );
    await expect(waiting).rejects.toMatchObject({ code: "temporarily_unavailable", status: 503 });
    await inTx(ctx, (tx) => put.one(tx, { name: "next", value: "" }));
    expect(await names()).toEqual(["next"]);
  });

  it("tells a statement's mistake as it is, not as a refusal of the wire", async () => {
    const failing = inTx(ctx, (tx) => rawStatement("insert into nowhere values (1)", "writes").all(tx, {}));
    await expect(failing).rejects.toThrow("nowhere");
    await expect(failing).rejects.not.toHaveProperty("status");
  });
});
