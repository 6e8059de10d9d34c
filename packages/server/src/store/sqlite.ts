import { DatabaseSync } from "node:sqlite";
import type { Clock } from "../kernel/clock.ts";
import type { Db, Runnable, Store } from "./db.ts";
import { GroupCommit } from "./group-commit.ts";
import { isBusy, SqliteConnection, whileBusy } from "./sqlite-connection.ts";
import { defaultDeadlineMs } from "./work.ts";

export interface SqliteOptions {
  file: string;
  clock: Clock;
  /** The server: refuses to start beside another server on the same file. Commands do not ask for it. */
  exclusive?: boolean;
}

/** Opens the file, or creates it; its folder must exist. */
export async function openSqlite({ file, clock, exclusive }: SqliteOptions): Promise<Store> {
  if (file === "" || file === ":memory:") throw new Error("SQLite needs a file: reads use a connection of their own.");
  const lock = exclusive ? takeServerLock(file) : undefined;
  const writer = new SqliteConnection(file, false);
  await whileBusy(() => writer.database.exec("pragma journal_mode = wal"));
  // FULL: a commit that was answered survives a loss of power. Recursive triggers: REPLACE must not pass the
  // triggers that keep tables append-only.
  writer.database.exec("pragma synchronous = full; pragma foreign_keys = on; pragma recursive_triggers = on");
  const reader = new SqliteConnection(file, true);
  await whileBusy(() => reader.database.exec("select 1 from sqlite_master"));
  const commits = new GroupCommit(writer, clock);
  const version = reader.database.prepare("pragma data_version");
  return {
    dialect: "sqlite",
    db: new SqliteDb(reader, commits),
    dataVersion: () => version.get()?.data_version as number,
    async close() {
      await commits.close();
      // The writer goes last: only it can put the log back into the file.
      reader.database.close();
      writer.database.close();
      lock?.close();
    },
  };
}

/** Held by the operating system for this process's life, so it is free again at once after a kill. */
function takeServerLock(file: string): DatabaseSync {
  const lock = new DatabaseSync(`${file}-server`, { timeout: 0 });
  try {
    lock.exec("begin exclusive");
    return lock;
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new Error(
      `Another Innkeeper server is running on ${file}. Stop it first, or use PostgreSQL for several servers.`,
    );
  }
}

class SqliteDb implements Db {
  readonly singleProcess = true;
  readonly #reader: SqliteConnection;
  readonly #commits: GroupCommit;

  constructor(reader: SqliteConnection, commits: GroupCommit) {
    this.#reader = reader;
    this.#commits = commits;
  }

  async query<P extends object, R>(statement: Runnable<P, R>, params: P): Promise<R[]> {
    const plan = statement.plan("sqlite");
    if (plan.writes) throw new Error(`a write outside a transaction: ${plan.sql}`);
    const values = plan.values(params);
    try {
      return this.#reader.execute(plan, values) as R[];
    } catch (error) {
      if (!isBusy(error)) throw error;
      return (await whileBusy(() => this.#reader.execute(plan, values))) as R[];
    }
  }

  commit<P extends object, R>(statement: Runnable<P, R>, params: P): Promise<R[]> {
    const plan = statement.plan("sqlite");
    return this.#commits.commit(plan, plan.values(params)) as Promise<R[]>;
  }

  transact<T>(
    run: (db: Db, afterCommit: (run: () => void) => void) => Promise<T>,
    isRefusal: (result: unknown) => boolean,
    deadlineMs = defaultDeadlineMs,
  ): Promise<T> {
    return this.#commits.transact({ run, isRefusal, deadlineMs });
  }
}
