import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { type RunningPostgres, startPostgres } from "./start.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /**
     * Address that answers with `{ server, name }`: the URL of the run's PostgreSQL, started now if need be, and a name
     * that no other database there has. Empty: do without PostgreSQL.
     */
    postgresBroker: string;
  }
}

/**
 * Vitest's global setup: one PostgreSQL per run, started when the first test asks for it.
 * `INNKEEPER_TEST_POSTGRES` names a server to use instead, `INNKEEPER_QUICK=1` leaves PostgreSQL out.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env.INNKEEPER_QUICK === "1") {
    project.provide("postgresBroker", "");
    return async () => {};
  }
  let started: Promise<RunningPostgres> | undefined;
  const url = async () => {
    if (process.env.INNKEEPER_TEST_POSTGRES) return process.env.INNKEEPER_TEST_POSTGRES;
    started ??= startPostgres();
    return (await started).url;
  };
  let asked = 0;
  const broker = createServer((_request, response) => {
    asked += 1;
    const name = `test_${process.pid}_${asked}`;
    url().then(
      (server) => response.end(JSON.stringify({ server, name })),
      (error) => response.writeHead(503).end(String(error)),
    );
  });
  await new Promise<void>((listening) => broker.listen(0, "127.0.0.1", listening));
  project.provide("postgresBroker", `http://127.0.0.1:${(broker.address() as AddressInfo).port}/`);
  return async () => {
    broker.close();
    const running = await started?.catch(() => undefined);
    await running?.stop();
  };
}
