import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { Plan, Row } from "./db.ts";
import { unavailable } from "./unavailable.ts";

/** One connection to an SQLite file, with its prepared statements. Never waits for a lock: waiting would stop the process. */
export class SqliteConnection {
  readonly dialect = "sqlite";
  readonly singleProcess = true;
  readonly database: DatabaseSync;
  readonly #prepared = new Map<Plan, Prepared>();

  constructor(file: string, readOnly: boolean) {
    this.database = new DatabaseSync(file, { readOnly, timeout: 0 });
  }

  execute(plan: Plan, values: unknown[]): Row[] {
    try {
      for (let index = 0; index < values.length; index++) {
        const value = values[index];
        // Node hands numbers over as floating point: a sum would lose its last digits, a division would differ.
        if (typeof value === "number") values[index] = BigInt(value);
      }
      const { statement, columns } = this.#prepare(plan);
      return (statement.all(...(values as SQLInputValue[])) as unknown as unknown[][]).map((row) =>
        toRow(columns, row),
      );
    } catch (error) {
      throw asFault(error);
    }
  }

  #prepare(plan: Plan): Prepared {
    let prepared = this.#prepared.get(plan);
    if (!prepared) {
      const statement = this.database.prepare(plan.sql);
      statement.setReturnArrays(true);
      prepared = { statement, columns: statement.columns().map(({ name }) => name) };
      if (plan.name) this.#prepared.set(plan, prepared);
    }
    return prepared;
  }
}

interface Prepared {
  statement: StatementSync;
  columns: readonly string[];
}

/** Twice as fast as the objects that Node makes of rows: those are dictionaries, and name every column anew. */
function toRow(columns: readonly string[], values: readonly unknown[]): Row {
  const row: Row = {};
  for (let index = 0; index < columns.length; index++) row[columns[index]!] = values[index];
  return row;
}

/** https://sqlite.org/rescode.html: what may pass by itself, or with an operator's help. */
const passing = new Map([
  [5, "busy"],
  [6, "locked"],
  [7, "out of memory"],
  [10, "input or output error"],
  [13, "full"],
  [14, "cannot be opened"],
  [15, "lock protocol"],
]);

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

export function asFault(error: unknown): unknown {
  const words = passing.get(resultCode(error) ?? 0);
  return words ? unavailable(`SQLite: ${words}`, error) : error;
}

export function isBusy(error: unknown): boolean {
  return resultCode(error instanceof Error && error.cause ? error.cause : error) === 5;
}

const longestWaitMs = 5000;

/** Tries again while another process holds the lock, for five seconds at most; the event loop goes on meanwhile. */
export async function whileBusy<T>(attempt: () => T): Promise<T> {
  let waitedMs = 0;
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 5)) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || waitedMs >= longestWaitMs) throw asFault(error);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    waitedMs += pauseMs;
  }
}
