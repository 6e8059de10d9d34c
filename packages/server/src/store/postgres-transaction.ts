import type { PoolClient, QueryResult } from "pg";
import type { Plan, Row } from "./db.ts";
import { asFault, isCollision, isStalePlan } from "./postgres-errors.ts";
import { unavailable } from "./unavailable.ts";
import { type Connection, defaultDeadlineMs, type Outcome, runWork, type Work, within } from "./work.ts";

export async function execute(client: PoolClient, plan: Plan, values: unknown[]): Promise<Row[]> {
  try {
    return (await client.query({ name: plan.name, text: plan.sql, values } as { text: string })).rows;
  } catch (error) {
    throw asFault(error);
  }
}

/**
 * One transaction on this client. Throws when the client must not be used again; otherwise nothing is left open on it.
 */
export async function transactOn<T>(client: PoolClient, work: Work<T>): Promise<Outcome<T>> {
  const connection = new ClientConnection(client);
  await say(client, "begin isolation level read committed read write");
  const outcome = await runWork(connection, work);
  if (outcome.verdict === "done") {
    await commit(client);
    return outcome;
  }
  if (connection.inFlight > 0) {
    throw outcome.verdict === "failed" ? outcome.error : unavailable("a refused transaction left a statement behind");
  }
  if (outcome.verdict === "failed" && isStalePlan(outcome.spoiledBy)) throw outcome.spoiledBy;
  await say(client, "rollback");
  return outcome;
}

class ClientConnection implements Connection {
  readonly dialect = "postgres";
  readonly singleProcess = false;
  readonly #client: PoolClient;
  inFlight = 0;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async execute(plan: Plan, values: unknown[]): Promise<Row[]> {
    this.inFlight += 1;
    try {
      return await execute(this.#client, plan, values);
    } finally {
      this.inFlight -= 1;
    }
  }
}

/** A statement outside a transaction is one by itself; the server answers after its commit. */
export async function commitStatement(client: PoolClient, plan: Plan, values: unknown[]): Promise<Row[]> {
  const run = () => within(defaultDeadlineMs, "a statement", () => execute(client, plan, values));
  const { result, warned } = await listening(client, run);
  if (warned) throw unavailable("PostgreSQL warned while it committed a statement");
  return result;
}

/**
 * Whatever is not a plain, silent COMMIT is unknown, never done: a lost connection; a ROLLBACK in its place; and the
 * warning that a transaction was "committed locally" only, whose words depend on the server's language, so that any
 * warning counts.
 */
async function commit(client: PoolClient): Promise<void> {
  try {
    const { result, warned } = await listening(client, () => say(client, "commit"));
    if (warned || result.command !== "COMMIT")
      throw unavailable(`PostgreSQL answered the commit with ${result.command}, warned: ${warned}`);
  } catch (error) {
    if (isCollision(error)) throw error;
    throw unavailable("the outcome of a commit is unknown", error);
  }
}

async function listening<T>(client: PoolClient, ask: () => Promise<T>): Promise<{ result: T; warned: boolean }> {
  let warned = false;
  const hear = () => {
    warned = true;
  };
  client.on("notice", hear);
  try {
    const result = await ask();
    return { result, warned };
  } finally {
    client.off("notice", hear);
  }
}

async function say(client: PoolClient, words: string): Promise<QueryResult> {
  try {
    return await within(defaultDeadlineMs, words, () => client.query(words));
  } catch (error) {
    throw asFault(error);
  }
}
