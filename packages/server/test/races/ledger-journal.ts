import { expect } from "vitest";
import { type Ctx, inTx } from "../../src/context.ts";
import { auditLedger } from "../../src/ledger/index.ts";
import { openStore } from "../../src/store/index.ts";
import { rawStatement } from "../../src/store/statement.ts";
import type { DatabaseKind } from "../../src/testing/databases.ts";
import { openCtx } from "../../src/testing/open-ctx.ts";

/**
 * A witness that shares no code with the ledger: the database itself notes each admission, under the lock of the row
 * that admits, beside the limit then in force as the budget (not its window) says it.
 */
const columns = "place text not null, used bigint not null, cap bigint not null";
const capOfWindow = `select new.budget_id, new.spent_micros + new.held_micros, case new.period
  when 'day' then limit_day_micros when 'week' then limit_week_micros
  when 'month' then limit_month_micros else limit_total_micros end
  from budgets where id = new.budget_id`;
// As many windows as the budget has limits: whoever knows of fewer gets round a cap.
const limitsOfBudget = {
  sqlite: `select b.id, (limit_day_micros is not null) + (limit_week_micros is not null)
    + (limit_month_micros is not null) + (limit_total_micros is not null), count(*)
    from json_each(new.windows) w join budgets b on b.id = json_extract(w.value, '$[0]') group by b.id`,
  postgres: `select b.id, num_nonnulls(limit_day_micros, limit_week_micros, limit_month_micros, limit_total_micros),
    count(*) from jsonb_array_elements(new.windows::jsonb) w join budgets b on b.id = w ->> 0 group by b.id`,
};
const balanceOfWallet = "values (new.id, new.held_micros, new.balance_micros)";

const install = {
  sqlite: [
    `create table admissions (${columns})`,
    `create trigger note_window after update on budget_windows when new.held_micros > old.held_micros
      begin insert into admissions ${capOfWindow}; end`,
    `create trigger note_wallet after update on wallets when new.held_micros > old.held_micros
      begin insert into admissions ${balanceOfWallet}; end`,
    `create trigger note_hold after insert on holds begin insert into admissions ${limitsOfBudget.sqlite}; end`,
  ],
  postgres: [
    `create table admissions (${columns})`,
    `create function note_window() returns trigger language plpgsql as
      $$ begin insert into admissions ${capOfWindow}; return new; end $$`,
    `create function note_wallet() returns trigger language plpgsql as
      $$ begin insert into admissions ${balanceOfWallet}; return new; end $$`,
    `create function note_hold() returns trigger language plpgsql as
      $$ begin insert into admissions ${limitsOfBudget.postgres}; return new; end $$`,
    "create trigger note_hold after insert on holds for each row execute function note_hold()",
    `create trigger note_window after update on budget_windows for each row
      when (new.held_micros > old.held_micros) execute function note_window()`,
    `create trigger note_wallet after update on wallets for each row
      when (new.held_micros > old.held_micros) execute function note_wallet()`,
  ],
};

const selectExcess = rawStatement<{ place: string; used: number; cap: number }>(
  "select place, used, cap from admissions where used > cap",
  "reads",
);
const countAdmissions = rawStatement<{ n: number }>("select count(*) as n from admissions", "reads");
const selectDeadlocks = rawStatement<{ deadlocks: number }>(
  "select deadlocks from pg_stat_database where datname = current_database()",
  "reads",
);

/**
 * Runs the work on a fresh database with the witness, who must have seen something, and nothing wrong: no admission
 * above its limit, nothing the audit objects to, no deadlock.
 */
export async function witnessed(kind: DatabaseKind, work: (ctx: Ctx, url: string) => Promise<void>): Promise<void> {
  const database = await kind.open();
  const { ctx, store, url } = await openCtx(async () => database);
  await keepJournal(ctx, kind.name);
  await work(ctx, url);
  expect((await countAdmissions.one(ctx, {})).n).toBeGreaterThan(0);
  expect(await excesses(ctx)).toEqual([]);
  expect(await auditLedger(ctx)).toEqual([]);
  await store.close();
  if (kind.name === "postgres") expect(await deadlocks(ctx, url)).toBe(0);
  await database.drop();
}

export async function keepJournal(ctx: Ctx, name: DatabaseKind["name"]): Promise<void> {
  await inTx(ctx, async (tx) => {
    for (const sql of install[name]) await rawStatement(sql, "writes").all(tx, {});
  });
}

/** Every admission that left more spent and held than the limit then in force, or that passed a limit by. */
export function excesses(ctx: Ctx): Promise<{ place: string; used: number; cap: number }[]> {
  return selectExcess.all(ctx, {});
}

/** Deadlocks that PostgreSQL had to break; counted when the connections that met them are closed. */
async function deadlocks({ clock, random }: Ctx, url: string): Promise<number> {
  const store = await openStore({ url, clock, random });
  const { deadlocks } = await selectDeadlocks.one(store, {});
  await store.close();
  return deadlocks;
}
