import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { CommandFault } from "../process/answer.ts";

const patienceMs = 60_000;
const pauseMs = 25;
/** SQLITE_BUSY: somebody else has it. */
const busy = 5;

/**
 * One process at a time. The lock is one that the operating system holds on an empty SQLite file, so it goes with the
 * process however that ends, and there is no left-over lock to judge.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    const deadline = performance.now() + patienceMs;
    while (!take(file)) {
      if (performance.now() > deadline) throw new CommandFault(`Another command holds ${path} and does not let go.`);
      await setTimeout(pauseMs);
    }
    return await work();
  } finally {
    file.close();
  }
}

function take(file: DatabaseSync): boolean {
  try {
    file.exec("begin exclusive");
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === busy) return false;
    throw error;
  }
}
