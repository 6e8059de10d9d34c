import type { Pool, PoolClient } from "pg";
import type { Random } from "../kernel/random.ts";
import type { Db, Runnable, Store } from "./db.ts";
import { asFault, isCollision } from "./postgres-errors.ts";
import { openPool } from "./postgres-pool.ts";
import { commitStatement, execute, transactOn } from "./postgres-transaction.ts";
import { answer, defaultDeadlineMs, type Outcome, type Work, within } from "./work.ts";

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  random: Random;
}

/** @throws Error when the server cannot be reached, or is set to forget what it has committed. */
export async function openPostgres({ url, random }: PostgresOptions): Promise<Store> {
  const pool = await openPool(url);
  return { dialect: "postgres", db: new PostgresDb(pool, random), close: () => pool.end() };
}

/** More than the pool has connections: each of them may hold a plan that a migration has made stale. */
const mostAttempts = 20;

class PostgresDb implements Db {
  readonly singleProcess = false;
  readonly #pool: Pool;
  readonly #random: Random;

  constructor(pool: Pool, random: Random) {
    this.#pool = pool;
    this.#random = random;
  }

  async query<P extends object, R>(statement: Runnable<P, R>, params: P): Promise<R[]> {
    const plan = statement.plan("postgres");
    if (plan.writes) throw new Error(`a write outside a transaction: ${plan.sql}`);
    const values = plan.values(params);
    const rows = await this.#again(() =>
      this.#borrow((client) => within(defaultDeadlineMs, "a read", () => execute(client, plan, values))),
    );
    return rows as R[];
  }

  async commit<P extends object, R>(statement: Runnable<P, R>, params: P): Promise<R[]> {
    const plan = statement.plan("postgres");
    const values = plan.values(params);
    return (await this.#again(() => this.#borrow((client) => commitStatement(client, plan, values)))) as R[];
  }

  async transact<T>(run: Work<T>["run"], isRefusal: Work<T>["isRefusal"], deadlineMs = defaultDeadlineMs): Promise<T> {
    const work = { run, isRefusal, deadlineMs };
    const outcome = await this.#again(async () => {
      const outcome = await this.#borrow<Outcome<T>>((client) => transactOn(client, work));
      if (outcome.verdict === "failed" && isCollision(outcome.spoiledBy)) throw outcome.spoiledBy;
      return outcome;
    });
    return answer(outcome);
  }

  /** Collisions are tried again, apart by chance, or the same two meet again. */
  async #again<T>(attempt: () => Promise<T>): Promise<T> {
    for (let count = 1; ; count++) {
      try {
        return await attempt();
      } catch (error) {
        if (!isCollision(error) || count === mostAttempts) throw error;
      }
      const pauseMs = this.#random.bytes(1)[0]! % (4 * count);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  /** A client whose use threw may be in any state: it is closed, and the pool makes another one. */
  async #borrow<T>(use: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw asFault(error);
    });
    let broken = true;
    try {
      const result = await use(client);
      broken = false;
      return result;
    } finally {
      client.release(broken);
    }
  }
}
