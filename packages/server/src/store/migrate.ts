import { assert } from "../kernel/assert.ts";
import type { Dialect, Store } from "./db.ts";
import { type Migration, migrations } from "./migrations/index.ts";
import { rawStatement } from "./statement.ts";

const catalogue: Record<Dialect, string> = {
  sqlite: "select name from sqlite_master where type = 'table' and name = 'migrations'",
  postgres: `select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_name = 'migrations'`,
};
const createTable = rawStatement("create table if not exists migrations (name text primary key)", "writes");
const listApplied = rawStatement<{ name: string }>("select name from migrations order by name", "reads");
const liftTimeout = rawStatement("set local statement_timeout = 0", "writes");

/** A large table takes its time. */
const deadlineMs = 3_600_000;

/**
 * Brings the tables up to date. Each migration is one transaction that begins by claiming its own name, so a second
 * process that migrates at the same time waits for the first one and then finds the work done, and a killed one
 * leaves nothing half done.
 *
 * @throws Error when the database was migrated by a newer release.
 */
export async function migrate(store: Store): Promise<{ applied: string[] }> {
  await ensureTable(store);
  const applied: string[] = [];
  for (const migration of await pending(store)) {
    if (await apply(store, migration)) applied.push(migration.name);
  }
  return { applied };
}

/** The names of the migrations that the database lacks, in their order. Writes nothing. */
export async function pendingMigrations(store: Store): Promise<string[]> {
  return (await pending(store)).map((migration) => migration.name);
}

async function pending(store: Store): Promise<Migration[]> {
  const done = (await hasTable(store)) ? (await listApplied.all(store, {})).map((row) => row.name) : [];
  const unknown = done.find((name) => !migrations.some((migration) => migration.name === name));
  if (unknown) {
    throw new Error(
      `The database belongs to a newer Innkeeper: its migration ${unknown} is unknown here. Update first.`,
    );
  }
  return migrations.filter((migration) => !done.includes(migration.name));
}

async function hasTable(store: Store): Promise<boolean> {
  return (await rawStatement(catalogue[store.dialect], "reads").first(store, {})) !== undefined;
}

async function ensureTable(store: Store): Promise<void> {
  if (await hasTable(store)) return;
  try {
    await inTransaction(store, (db) => createTable.all(db, {}));
  } catch (error) {
    // PostgreSQL lets one of two simultaneous creators fail in spite of "if not exists".
    if (!(await hasTable(store))) throw error;
  }
}

function apply(store: Store, { name, statements }: Migration): Promise<boolean> {
  assert(/^[a-z0-9-]+$/.test(name), "a migration's name is plain");
  const claim = rawStatement(
    `insert into migrations (name) values ('${name}') on conflict (name) do nothing returning name`,
    "writes",
  );
  return inTransaction(store, async (db) => {
    if (store.dialect === "postgres") await liftTimeout.all(db, {});
    if (!(await claim.first(db, {}))) return false;
    for (const text of statements(store.dialect)) await rawStatement(text, "writes").all(db, {});
    return true;
  });
}

function inTransaction<T>(store: Store, work: (tx: Pick<Store, "db">) => Promise<T>): Promise<T> {
  return store.db.transact(
    (db) => work({ db }),
    () => false,
    deadlineMs,
  );
}
