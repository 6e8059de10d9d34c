import { spawn } from "node:child_process";
import { once } from "node:events";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../context.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { openStore } from "./open.ts";
import { rawStatement, statement } from "./statement.ts";

const put = statement<{ name: string; value: string }>()((db, p) =>
  db.insertInto("meta").values({ name: p.name, value: p.value }).returning("name"),
);
const list = statement<object>()((db) => db.selectFrom("meta").select("name").orderBy("name"));
const busy = { code: "temporarily_unavailable", status: 503 };

describe("SQLite", () => {
  let house: OpenCtx;
  let ctx: OpenCtx["ctx"];
  let file: string;
  const names = async () => (await list.all(ctx, {})).map((row) => row.name);
  const keep = (name: string) => inTx(ctx, (tx) => put.one(tx, { name, value: "" }));
  const tell = (sql: string) => inTx(ctx, (tx) => rawStatement(sql, "writes").all(tx, {}));

  beforeEach(async () => {
    house = await openCtx(databases[0]!.open);
    ctx = house.ctx;
    file = house.url.slice("sqlite:".length);
  });
  afterEach(() => house.close());

  it("[R01] shows its own readers nothing of a group before the commit", async () => {
    const seen: string[][] = [];
    const members = Array.from({ length: 20 }, (_, member) =>
      inTx(ctx, async (tx) => {
        await put.one(tx, { name: `member ${member}`, value: "" });
        seen.push(await names());
      }),
    );
    await Promise.all(members);
    expect(seen).toEqual(members.map(() => []));
    expect(await names()).toHaveLength(20);
  });

  it("[R03] fails the whole group when its commit fails, and goes on", async () => {
    await tell("create table parents (id text primary key)");
    await tell("create table children (parent text references parents (id) deferrable initially deferred)");
    let committed = 0;
    const orphan = rawStatement("insert into children values ('nobody')", "writes");
    const group = Array.from({ length: 9 }, (_, member) =>
      inTx(ctx, async (tx) => {
        tx.afterCommit(() => {
          committed += 1;
        });
        await put.one(tx, { name: `member ${member}`, value: "" });
        if (member === 4) await orphan.all(tx, {});
        return member === 7 ? { ok: false } : { ok: true };
      }),
    );
    for (const verdict of await Promise.allSettled(group)) {
      expect(verdict).toMatchObject({ status: "rejected", reason: busy });
    }
    expect(committed).toBe(0);
    expect(await names()).toEqual([]);
    await keep("afterwards");
    expect(await names()).toEqual(["afterwards"]);
  });

  it("[R03] fails those before a member that took the outer transaction away, and runs those after it", async () => {
    await tell(
      "create trigger poison before insert on meta when new.value = 'poison' begin select raise(rollback, 'poisoned'); end",
    );
    const group = Array.from({ length: 7 }, (_, member) =>
      inTx(ctx, (tx) => put.one(tx, { name: `member ${member}`, value: member === 3 ? "poison" : "" })),
    );
    const verdicts = await Promise.allSettled(group);
    for (const lost of verdicts.slice(0, 3)) expect(lost).toMatchObject({ status: "rejected", reason: busy });
    expect(verdicts[3]).toMatchObject({ status: "rejected", reason: { message: expect.stringContaining("poisoned") } });
    expect(verdicts.slice(4).map((verdict) => verdict.status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
    expect(await names()).toEqual(["member 4", "member 5", "member 6"]);
  });

  it("answers 503 while the disk is full, loses nothing that was answered, and recovers", async () => {
    await keep("before");
    const used = new DatabaseSync(file).prepare("pragma page_count").get()?.page_count as number;
    await tell(`pragma max_page_count = ${used + 8}`);
    const large = "x".repeat(9000);
    const attempts = Array.from({ length: 12 }, (_, member) => ({ name: `large ${member}`, value: large }));
    const verdicts = await Promise.allSettled(attempts.map((row) => inTx(ctx, (tx) => put.one(tx, row))));
    const answered = verdicts.flatMap((verdict) => (verdict.status === "fulfilled" ? verdict.value.name : []));
    for (const verdict of verdicts) {
      if (verdict.status === "rejected") expect(verdict.reason).toMatchObject(busy);
    }
    expect(answered.length).toBeLessThan(attempts.length);
    expect(await names()).toEqual(["before", ...answered].sort());
    await tell("pragma max_page_count = 1000000");
    await inTx(ctx, (tx) => put.one(tx, { name: "recovered", value: large }));
    expect(await names()).toEqual(["before", ...answered, "recovered"].sort());
  });

  it("waits for another process's lock without stopping this one, and gives up after five seconds", async () => {
    const other = new DatabaseSync(file);
    other.exec("begin immediate");
    const started = performance.now();
    const waiting = keep("patient");
    expect(await names()).toEqual([]);
    await expect(waiting).rejects.toMatchObject(busy);
    expect(performance.now() - started).toBeGreaterThan(4500);
    const second = keep("lucky");
    other.exec("rollback");
    await second;
    expect(await names()).toEqual(["lucky"]);
    other.close();
  });

  it("moves its data version for another connection's commit", async () => {
    const before = house.store.dataVersion?.();
    expect(house.store.dataVersion?.()).toBe(before);
    const other = new DatabaseSync(file);
    other.exec("insert into meta values ('theirs', '')");
    other.close();
    expect(house.store.dataVersion?.()).not.toBe(before);
  });

  it("refuses a second server on the file, admits commands, and is free after a kill", async () => {
    const { url } = house;
    const options = { url, clock: ctx.clock, random: ctx.random };
    const server = await openStore({ ...options, exclusive: true });
    await expect(openStore({ ...options, exclusive: true })).rejects.toThrow("Another Innkeeper server is running");
    await (await openStore(options)).close();
    await server.close();

    const script = `
      const { DatabaseSync } = require("node:sqlite");
      globalThis.lock = new DatabaseSync(${JSON.stringify(`${file}-server`)});
      lock.exec("begin exclusive");
      console.log("held");
      setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    await expect(openStore({ ...options, exclusive: true })).rejects.toThrow("Another Innkeeper server is running");
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await (await openStore({ ...options, exclusive: true })).close();
  });

  it.each(["sqlite::memory:", "sqlite:"])("refuses %s: readers need a connection of their own", async (url) => {
    await expect(openStore({ url, clock: ctx.clock, random: ctx.random })).rejects.toThrow("SQLite needs a file");
  });

  it("finishes what is under way before it closes, and takes nothing after", async () => {
    const second = await openStore({ url: house.url, clock: ctx.clock, random: ctx.random });
    const last = inTx({ ...ctx, db: second.db }, (tx) => put.one(tx, { name: "last", value: "" }));
    await second.close();
    await last;
    expect(await names()).toEqual(["last"]);
    await expect(inTx({ ...ctx, db: second.db }, (tx) => list.all(tx, {}))).rejects.toMatchObject(busy);
  });
});
