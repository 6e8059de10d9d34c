import type { StatementSync } from "node:sqlite";
import type { Clock } from "../kernel/clock.ts";
import type { Plan, Row } from "./db.ts";
import type { SqliteConnection } from "./sqlite-connection.ts";
import { whileBusy } from "./sqlite-connection.ts";
import { unavailable } from "./unavailable.ts";
import { answer, type Outcome, runWork, type Work } from "./work.ts";

/** Bounds how long one group can keep the event loop. */
const largestGroup = 256;

interface Member {
  /** Leaves the outcome; nothing of a member that is not done is committed. */
  run(): Promise<void> | void;
  outcome: Outcome<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

const notRun: Outcome<never> = { verdict: "failed", error: new Error("this transaction was not run") };

/**
 * The one writer. Transactions that arrive together run one after another, each in its own savepoint, inside one outer
 * transaction, and are answered after its one commit. One `fsync` then serves them all.
 *
 * Refused members are answered after the commit too: their verdict may rest on what a neighbour wrote.
 */
export class GroupCommit {
  readonly #connection: SqliteConnection;
  readonly #clock: Clock;
  readonly #words: Record<"begin" | "savepoint" | "release" | "undo" | "commit" | "rollback", StatementSync>;
  #waiting: Member[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(connection: SqliteConnection, clock: Clock) {
    const { database } = connection;
    this.#connection = connection;
    this.#clock = clock;
    this.#words = {
      begin: database.prepare("begin immediate"),
      savepoint: database.prepare("savepoint member"),
      release: database.prepare("release member"),
      undo: database.prepare("rollback to member"),
      commit: database.prepare("commit"),
      rollback: database.prepare("rollback"),
    };
  }

  transact<T>(work: Work<T>): Promise<T> {
    return this.#enqueue((member) => this.#runWork(member, work)) as Promise<T>;
  }

  /** A statement that fails undoes itself, so it needs no savepoint. */
  commit(plan: Plan, values: unknown[]): Promise<Row[]> {
    return this.#enqueue((member) => this.#runStatement(member, plan, values)) as Promise<Row[]>;
  }

  #enqueue(run: (member: Member) => Promise<void> | void): Promise<unknown> {
    if (this.#closed) return Promise.reject(unavailable("the database is closed"));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const member: Member = { run: () => run(member), outcome: notRun, resolve, reject };
    this.#waiting.push(member);
    this.#running ??= this.#run();
    return promise;
  }

  /** Waits for the transactions under way, and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      this.#rollback();
      try {
        await whileBusy(() => this.#words.begin.run());
      } catch (error) {
        for (const member of this.#waiting.splice(0)) member.reject(error);
        break;
      }
      await this.#runGroup(this.#waiting.splice(0, largestGroup));
    }
    this.#running = undefined;
  }

  /** Waits until a turn of the event loop brings no further member, one millisecond at most. */
  async #gather(): Promise<void> {
    const end = this.#clock.monotonic() + 1;
    let seen: number;
    do {
      seen = this.#waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#waiting.length > seen && this.#clock.monotonic() < end);
  }

  async #runGroup(group: Member[]): Promise<void> {
    for (const [index, member] of group.entries()) {
      const pending = member.run();
      if (pending) await pending;
      if (this.#connection.database.isTransaction) continue;
      // A full disk or a RAISE(ROLLBACK) takes the outer transaction away, and with it what the neighbours wrote.
      tell(member);
      for (const lost of group.slice(0, index)) lost.reject(unavailable("a neighbour's failure rolled back the group"));
      this.#waiting.unshift(...group.slice(index + 1));
      return;
    }
    try {
      this.#words.commit.run();
    } catch (error) {
      this.#rollback();
      for (const member of group) member.reject(unavailable("the commit failed", error));
      return;
    }
    for (const member of group) tell(member);
  }

  #runStatement(member: Member, plan: Plan, values: unknown[]): void {
    try {
      member.outcome = { verdict: "done", value: this.#connection.execute(plan, values), afterCommit: [] };
    } catch (error) {
      member.outcome = { verdict: "failed", error };
    }
  }

  async #runWork(member: Member, work: Work<unknown>): Promise<void> {
    try {
      this.#words.savepoint.run();
      member.outcome = await runWork(this.#connection, work);
      if (!this.#connection.database.isTransaction) return;
      if (member.outcome.verdict !== "done") this.#words.undo.run();
      this.#words.release.run();
    } catch (error) {
      member.outcome = { verdict: "failed", error: unavailable("a savepoint failed", error) };
      this.#rollback();
    }
  }

  #rollback(): void {
    try {
      if (this.#connection.database.isTransaction) this.#words.rollback.run();
    } catch {
      // Whoever waits has been told; the next group begins by trying this again.
    }
  }
}

function tell({ outcome, resolve, reject }: Member): void {
  try {
    resolve(answer(outcome));
  } catch (error) {
    reject(error);
  }
}
