import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startPostgres } from "../../../../tools/postgres/start.ts";
import { inTx } from "../context.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { openStore } from "./open.ts";
import { asFault, isCollision } from "./postgres-errors.ts";
import { rawStatement, statement } from "./statement.ts";

const busy = { code: "temporarily_unavailable", status: 503 };
const put = statement<{ name: string; value: string }>()((db, p) =>
  db.insertInto("meta").values({ name: p.name, value: p.value }).returning("name"),
);
const change = statement<{ name: string; value: string }>()((db, p) =>
  db.updateTable("meta").set({ value: p.value }).where("name", "=", p.name).returning("name"),
);
const list = statement<object>()((db) => db.selectFrom("meta").selectAll().orderBy("name"));

describe.each(databases.filter(({ name }) => name === "postgres"))("$name", ({ open }) => {
  let house: OpenCtx;
  let ctx: OpenCtx["ctx"];
  const names = async () => (await list.all(ctx, {})).map((row) => row.name);
  const tell = (sql: string) => inTx(ctx, (tx) => rawStatement(sql, "writes").all(tx, {}));
  const atCommit = async (body: string) => {
    await tell(`create function at_commit() returns trigger language plpgsql as $$ begin ${body}; return null; end $$`);
    await tell(`create constraint trigger at_commit after insert on meta deferrable initially deferred
      for each row execute function at_commit()`);
  };

  beforeEach(async () => {
    house = await openCtx(open);
    ctx = house.ctx;
  });
  afterEach(() => house.close());

  it("[R03] never calls done what failed at its commit", async () => {
    await atCommit("raise exception 'too late'");
    let committed = false;
    const failing = inTx(ctx, async (tx) => {
      tx.afterCommit(() => {
        committed = true;
      });
      return put.one(tx, { name: "late", value: "" });
    });
    await expect(failing).rejects.toMatchObject(busy);
    expect(committed).toBe(false);
    expect(await names()).toEqual([]);
  });

  it("calls a commit with a warning unknown, in whatever language it is", async () => {
    await atCommit("raise warning 'nur lokal festgeschrieben'");
    const failing = inTx(ctx, (tx) => put.one(tx, { name: "local", value: "" }));
    await expect(failing).rejects.toMatchObject({ ...busy, detail: "the outcome of a commit is unknown" });
  });

  it("[R03] calls a statement done only when its own commit was silent", async () => {
    await atCommit("raise warning 'nur lokal festgeschrieben'");
    const warned = put.commit(ctx, { name: "local", value: "" });
    await expect(warned).rejects.toMatchObject(busy);
    await tell("drop trigger at_commit on meta");
    await tell("drop function at_commit()");
    await atCommit("perform pg_terminate_backend(pg_backend_pid())");
    await expect(put.commit(ctx, { name: "cut", value: "" })).rejects.toMatchObject(busy);
    expect(await names()).not.toContain("cut");
  });

  it("answers 503 when the connection is lost, in a transaction, at its commit and while idle; and goes on", async () => {
    const cut = rawStatement("select pg_terminate_backend(pg_backend_pid())", "writes");
    const failing = inTx(ctx, async (tx) => {
      await put.one(tx, { name: "cut", value: "" });
      await cut.all(tx, {});
    });
    await expect(failing).rejects.toMatchObject(busy);

    await atCommit("perform pg_terminate_backend(pg_backend_pid())");
    const unknown = inTx(ctx, (tx) => put.one(tx, { name: "cut", value: "" }));
    await expect(unknown).rejects.toMatchObject({ ...busy, detail: "the outcome of a commit is unknown" });
    await tell("drop trigger at_commit on meta");

    const others =
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()";
    const stranger = new pg.Client(house.url);
    await stranger.connect();
    await Promise.all(Array.from({ length: 8 }, () => names()));
    await stranger.query(others);
    await stranger.end();
    await expect.poll(() => names().catch(() => "lost")).toEqual([]);
    await inTx(ctx, (tx) => put.one(tx, { name: "back", value: "" }));
    expect(await names()).toEqual(["back"]);
  });

  it("survives a connection lost between two statements of a transaction", async () => {
    const stranger = new pg.Client(house.url);
    await stranger.connect();
    const own = rawStatement<{ pid: number }>("select pg_backend_pid() as pid", "reads");
    const failing = inTx(ctx, async (tx) => {
      const { pid } = await own.one(tx, {});
      await stranger.query("select pg_terminate_backend($1)", [pid]);
      await expect
        .poll(() => stranger.query("select 1 from pg_stat_activity where pid = $1", [pid]))
        .toMatchObject({
          rowCount: 0,
        });
      return put.one(tx, { name: "cut", value: "" });
    });
    await expect(failing).rejects.toMatchObject(busy);
    await stranger.end();
    expect(await names()).toEqual([]);
  });

  it("runs a transaction again after a serialization failure, and gives up in the end", async () => {
    await tell("create sequence attempts");
    await tell(`create function collide(times bigint) returns bigint language plpgsql as $$
      begin if nextval('attempts') <= times then raise exception 'again' using errcode = '40001'; end if; return times; end $$`);
    let ran = 0;
    let committed = 0;
    const colliding = (times: number) =>
      inTx(ctx, async (tx) => {
        ran += 1;
        tx.afterCommit(() => {
          committed += 1;
        });
        await rawStatement(`select collide(${times})`, "writes").all(tx, {});
        return put.one(tx, { name: `after ${times}`, value: "" });
      });
    expect(await colliding(3)).toEqual({ name: "after 3" });
    expect({ ran, committed }).toEqual({ ran: 4, committed: 1 });
    await expect(colliding(1000)).rejects.toMatchObject(busy);
    expect({ ran, committed }).toEqual({ ran: 24, committed: 1 });
    expect(await names()).toEqual(["after 3"]);
  });

  it("resolves a deadlock by running one side again", async () => {
    for (const name of ["a", "b"]) await inTx(ctx, (tx) => put.one(tx, { name, value: "" }));
    const met = Promise.withResolvers<void>();
    let arrived = 0;
    const crossing = (first: string, second: string) =>
      inTx(ctx, async (tx) => {
        await change.one(tx, { name: first, value: `by ${first}` });
        arrived += 1;
        if (arrived === 2) met.resolve();
        await met.promise;
        return change.one(tx, { name: second, value: `by ${first}` });
      });
    expect(await Promise.all([crossing("a", "b"), crossing("b", "a")])).toEqual([{ name: "b" }, { name: "a" }]);
    expect(arrived).toBe(3);
    const values = (await list.all(ctx, {})).map((row) => row.value);
    expect(new Set(values).size).toBe(1);
  });

  it("outlives a migration that changes what its prepared statements return", async () => {
    await inTx(ctx, (tx) => put.one(tx, { name: "old", value: "" }));
    await Promise.all(Array.from({ length: 32 }, () => names()));
    await tell("alter table meta add column added bigint");
    expect(await Promise.all(Array.from({ length: 32 }, () => names()))).toEqual(Array(32).fill(["old"]));
    await tell("alter table meta drop column added");
    expect(await inTx(ctx, async (tx) => (await list.all(tx, {})).length)).toBe(1);
  });

  it("lets go of a transaction whose process stopped", async () => {
    const settings = rawStatement<{ name: string; setting: string }>(
      "select name, setting from pg_settings where name in ('statement_timeout', 'idle_in_transaction_session_timeout') order by name",
      "reads",
    );
    expect((await settings.all(ctx, {})).map((row) => row.setting)).toEqual(["10000", "5000"]);
  });

  it("refuses a server that would forget what it has committed", async () => {
    const { url, stop } = await startPostgres();
    const options = { url, clock: ctx.clock, random: ctx.random };
    const operator = new pg.Client(url);
    await operator.connect();
    const set = async (name: string, value: string) => {
      await operator.query(`alter system set ${name} = ${value}`);
      await operator.query("select pg_reload_conf()");
      await expect.poll(async () => (await operator.query(`show ${name}`)).rows[0][name]).toBe(value);
    };
    for (const name of ["fsync", "full_page_writes", "synchronous_commit"]) {
      await set(name, "off");
      await expect(openStore(options)).rejects.toThrow(`PostgreSQL would lose money after a crash: ${name} is off`);
      await set(name, "on");
    }
    await (await openStore(options)).close();
    await operator.end();
    await stop();
    await expect(openStore(options)).rejects.toThrow(/PostgreSQL cannot be reached: .*ECONNREFUSED/);
  });
});

describe("PostgreSQL's errors", () => {
  const serverError = (code: string, more = {}) =>
    Object.assign(new Error("duplicate key"), { severity: "ERROR", code, ...more });

  it.each(["08006", "40001", "40P01", "53100", "53300", "57014", "57P01", "58030", "25006", "55P03"])(
    "%s passes: 503",
    (code) => expect(asFault(serverError(code))).toMatchObject(busy),
  );

  it("without a code are lost connections: 503", () => {
    expect(asFault(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }))).toMatchObject(busy);
  });

  it("of our own making stay errors, and say nothing of the row's values", () => {
    const error = asFault(serverError("23505", { detail: "Key (email)=(maya@fennick.example) already exists." }));
    expect(error).not.toHaveProperty("status");
    expect(JSON.stringify([error, (error as Error).message, (error as Error).cause])).not.toContain("maya");
  });

  it("that come from running into each other may be tried again", () => {
    expect(["40001", "40P01", "23505", "57P01"].map((code) => isCollision(asFault(serverError(code))))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isCollision(asFault(serverError("0A000", { routine: "RevalidateCachedQuery" })))).toBe(true);
  });
});
