import type { Db, Dialect, Plan, Row, Runnable } from "./db.ts";
import { unavailable } from "./unavailable.ts";

export const defaultDeadlineMs = 5000;

/** What a transaction is asked to do. */
export interface Work<T> {
  run: (db: Db, afterCommit: (run: () => void) => void) => Promise<T>;
  isRefusal: (result: unknown) => boolean;
  deadlineMs: number;
}

/** How the work of a transaction came out, before its commit. Only `done` is to be committed. */
export type Outcome<T> =
  | { verdict: "done"; value: T; afterCommit: readonly (() => void)[] }
  | { verdict: "refused"; value: T }
  /** `spoiledBy` is the statement's error, which the work may have told in its own words. */
  | { verdict: "failed"; error: unknown; spoiledBy?: unknown };

export interface Connection {
  readonly dialect: Dialect;
  readonly singleProcess: boolean;
  execute(plan: Plan, values: unknown[]): Row[] | Promise<Row[]>;
}

/** Runs the work on a connection whose transaction is open. Never throws, and returns at the deadline at the latest. */
export async function runWork<T>(connection: Connection, work: Work<T>): Promise<Outcome<T>> {
  const handle = new TransactionDb(connection);
  const afterCommit: (() => void)[] = [];
  try {
    const value = await within(work.deadlineMs, "a transaction", () =>
      work.run(handle, (run) => afterCommit.push(run)),
    );
    // A statement that failed leaves PostgreSQL's transaction unusable; whoever caught the error gets no commit either.
    if (handle.spoiledBy) return { verdict: "failed", error: handle.spoiledBy, spoiledBy: handle.spoiledBy };
    return work.isRefusal(value) ? { verdict: "refused", value } : { verdict: "done", value, afterCommit };
  } catch (error) {
    return { verdict: "failed", error, spoiledBy: handle.spoiledBy };
  } finally {
    handle.end();
  }
}

/** Memory follows the commit; then the caller gets his answer. */
export function answer<T>(outcome: Outcome<T>): T {
  if (outcome.verdict === "failed") throw outcome.error;
  if (outcome.verdict === "done") for (const run of outcome.afterCommit) run();
  return outcome.value;
}

/** Gives up waiting after the deadline; what was waited for goes on unheard. */
export function within<T>(deadlineMs: number, what: string, begin: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const pending = begin();
    const late = () => reject(unavailable(`${what} took more than ${deadlineMs} ms`));
    const timer = setTimeout(late, deadlineMs);
    pending.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** The database as the work sees it. It ends with the work, so a forgotten promise cannot write for somebody else. */
class TransactionDb implements Db {
  readonly singleProcess: boolean;
  readonly #connection: Connection;
  #ended = false;
  spoiledBy: unknown;

  constructor(connection: Connection) {
    this.singleProcess = connection.singleProcess;
    this.#connection = connection;
  }

  async query<P extends object, R>(statement: Runnable<P, R>, params: P): Promise<R[]> {
    if (this.#ended) throw new Error("this transaction has ended: a statement came too late");
    if (this.spoiledBy) throw this.spoiledBy;
    const plan = statement.plan(this.#connection.dialect);
    const values = plan.values(params);
    try {
      return (await this.#connection.execute(plan, values)) as R[];
    } catch (error) {
      this.spoiledBy = error;
      throw error;
    }
  }

  commit(): Promise<never> {
    return this.transact();
  }

  transact(): Promise<never> {
    return Promise.reject(new Error("transactions do not nest"));
  }

  end(): void {
    this.#ended = true;
  }
}
