import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../context.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import type { Store } from "./db.ts";
import { migrate, pendingMigrations } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { openStore } from "./open.ts";
import { query, rawStatement, statement } from "./statement.ts";

const names = migrations.map((migration) => migration.name);
const addEntry = statement<{ seq: number }>()((db, p) =>
  db
    .insertInto("entries")
    .values({
      wallet_id: "wal_1",
      seq: p.seq,
      id: "ent_1",
      kind: "credit",
      debit_account: "platform",
      credit_account: "wal_1",
      amount_micros: 1,
      balance_after_micros: 1,
      reference: "",
      created_at: 1,
      checksum: "",
    })
    .returning("seq"),
);

describe.each(databases)("migrating on $name", ({ name, open, openEmpty }) => {
  let house: OpenCtx;
  let ctx: OpenCtx["ctx"];
  const tell = (sql: string) => inTx(ctx, (tx) => rawStatement(sql, "writes").all(tx, {}));

  beforeEach(async () => {
    house = await openCtx(open);
    ctx = house.ctx;
  });
  afterEach(() => house.close());

  it("is done by one of several at once, and then there is nothing to do", async () => {
    const { url, drop } = await openEmpty();
    const stores = await Promise.all(
      Array.from({ length: 4 }, () => openStore({ url, clock: ctx.clock, random: ctx.random })),
    );
    expect(await pendingMigrations(stores[0] as Store)).toEqual(names);
    const verdicts = await Promise.all(stores.map((store) => migrate(store)));
    expect(verdicts.flatMap((verdict) => verdict.applied).sort()).toEqual(names);
    expect(await pendingMigrations(stores[1] as Store)).toEqual([]);
    expect(await migrate(stores[2] as Store)).toEqual({ applied: [] });
    for (const store of stores) await store.close();
    await drop();
  });

  it("leaves nothing of a migration that failed half way", async () => {
    const { url, drop } = await openEmpty();
    const store = await openStore({ url, clock: ctx.clock, random: ctx.random });
    const inside = (sql: string) =>
      store.db.transact(
        (db) => rawStatement(sql, "writes").all({ db }, {}),
        () => false,
      );
    await inside("create table holds (in_the_way text)");
    await expect(migrate(store)).rejects.toThrow("holds");
    expect(await pendingMigrations(store)).toEqual(names);
    await expect(query(store, (db) => db.selectFrom("users").selectAll())).rejects.toThrow("users");
    await inside("drop table holds");
    expect(await migrate(store)).toEqual({ applied: names });
    await store.close();
    await drop();
  });

  it("refuses a database of a newer release", async () => {
    await tell("insert into migrations (name) values ('9999-from-tomorrow')");
    await expect(migrate(house.store)).rejects.toThrow("9999-from-tomorrow is unknown here");
    await expect(pendingMigrations(house.store)).rejects.toThrow("newer Innkeeper");
  });

  it("[T22] gives apps of before what their names look like: the older of two that look alike, and both stay", async () => {
    const app = async (id: string, name: string) => {
      const key = name.toLowerCase();
      await tell(`insert into apps (id, client_id, owner_id, name, name_key, client_type, redirect_uris, allowed_scopes,
        refresh_token_lifetime_days, id_token_signed_response_alg, grant_types, generation, created_at, updated_at)
        values ('${id}', '${id}', 'usr_1', '${name}', '${key}', 'public', '[]', '[]', 30, 'ES256', '', 1, 1, 1)`);
      await tell(`insert into app_names (name_key, app_id) values ('${key}', '${id}')`);
    };
    await app("app_1", "Field Notes");
    await app("app_2", "Field-notes");
    await app("app_3", "Modern Ideas 10");
    await tell("delete from migrations where name = '0006-look-alikes'");
    expect(await migrate(house.store)).toEqual({ applied: ["0006-look-alikes"] });
    const kept = await query(ctx, (db) =>
      db.selectFrom("app_names").selectAll().where("app_id", "like", "app__").orderBy("app_id").orderBy("name_key"),
    );
    expect(kept.map(({ app_id, name_key }) => `${app_id} ${name_key}`)).toEqual([
      "app_1 field notes",
      "app_1 fieldnotes",
      "app_2 field-notes",
      "app_3 modemideaslo",
      "app_3 modemldeaslo",
      "app_3 modern ideas 10",
    ]);
  });

  it("makes ledger and audit log append-only", async () => {
    await inTx(ctx, (tx) => addEntry.one(tx, { seq: 0 }));
    await tell("insert into audit_log values ('aud_1', 'usr_1', 'test', 'app_1', '{}', 1)");
    const changes = ["entries", "audit_log"].flatMap((table) => [
      `update ${table} set created_at = 2`,
      `delete from ${table}`,
      ...(name === "postgres" ? [`truncate ${table}`] : [`replace into ${table} select * from ${table}`]),
    ]);
    for (const change of changes) await expect(tell(change), change).rejects.toThrow("append-only");
    expect(await query(ctx, (db) => db.selectFrom("entries").select("created_at"))).toEqual([{ created_at: 1 }]);
    await expect(inTx(ctx, (tx) => addEntry.one(tx, { seq: 0 }))).rejects.toThrow(/unique/i);
  });

  it.each([
    ["a wallet's hold", "insert into wallets values ('wal_1', 0, -1, 0, 1, 1)"],
    ["a wallet's count", "insert into wallets values ('wal_1', 0, 0, -1, 1, 1)"],
    ["a window's spending", "insert into budget_windows values ('bud_1', 'day', 0, 1, 1, -1, 0, 1, null)"],
    ["a window's hold", "insert into budget_windows values ('bud_1', 'day', 0, 1, 1, 0, -1, 1, null)"],
  ])("lets %s not go below zero", async (_what, sql) => {
    await expect(tell(sql)).rejects.toThrow(/check/i);
  });

  it("compares text by its bytes", async () => {
    for (const text of ["b", "B", "a_", "a1", "é"]) await tell(`insert into meta values ('${text}', '')`);
    const rows = await query(ctx, (db) => db.selectFrom("meta").select("name").orderBy("name"));
    expect(rows.map((row) => row.name)).toEqual(["B", "a1", "a_", "b", "é"]);
  });

  it("keeps one living grant for a user and an app, and one owner of a verified address", async () => {
    const grant = (id: string, revoked: string) =>
      tell(`insert into grants values ('${id}', 'usr_1', 'wsp_1', 'app_1', '', null, '', 1, null, 1, 1, ${revoked})`);
    await grant("grt_1", "5");
    await grant("grt_2", "null");
    await grant("grt_3", "6");
    await expect(grant("grt_4", "null")).rejects.toThrow(/unique/i);
    const user = (id: string, verified: string) =>
      tell(
        `insert into users (id, username, username_key, display_name, email, email_key, email_verified_at, password_hash,
        role, generation, disabled_at, created_at, updated_at) values ('${id}', '${id}', '${id}', '', 'a@b.c', 'a@b.c', ${verified}, null, 'user', 1, null, 1, 1)`,
      );
    await user("usr_1", "null");
    await user("usr_2", "1");
    await user("usr_3", "null");
    await expect(user("usr_4", "2")).rejects.toThrow(/unique/i);
  });
});
