import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { systemClock } from "../packages/server/src/kernel/clock.ts";
import { systemRandom } from "../packages/server/src/kernel/random.ts";
import { migrate, openStore } from "../packages/server/src/store/index.ts";
import { startPostgres } from "./postgres/start.ts";

/** What a test process needs to make databases of its own. */
export type Origin = {
  /** A migrated database to copy: a file's path, or the name of a database on `server`. */
  template: string;
  /** URL of the PostgreSQL server; empty for SQLite. */
  server: string;
  /** A name that no other database of this run has. */
  name: string;
};

declare module "vitest" {
  export interface ProvidedContext {
    /** Answers `GET /sqlite` and `GET /postgres` with an `Origin`. */
    databaseBroker: string;
    /** False in a quick run. */
    hasPostgres: boolean;
  }
}

/**
 * Vitest's global setup: one PostgreSQL per run, and one migrated template per database, each made when the first test
 * asks for it. `INNKEEPER_TEST_POSTGRES` names a server to use instead, `INNKEEPER_QUICK=1` leaves PostgreSQL out.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const undo: (() => Promise<unknown>)[] = [];
  const made = new Map<string, Promise<Omit<Origin, "name">>>();
  const makers: Record<string, () => Promise<Omit<Origin, "name">>> = {
    "/sqlite": () => prepareFile(undo),
    "/postgres": () => prepareServer(undo),
  };
  let asked = 0;
  const broker = createServer(({ url = "" }, response) => {
    asked += 1;
    const name = `test_${process.pid}_${asked}`;
    if (!made.has(url)) made.set(url, makers[url]!());
    made.get(url)!.then(
      (origin) => response.end(JSON.stringify({ ...origin, name } satisfies Origin)),
      (error) => response.writeHead(503).end(String(error)),
    );
  });
  await new Promise<void>((listening) => broker.listen(0, "127.0.0.1", listening));
  project.provide("databaseBroker", `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);
  project.provide("hasPostgres", process.env.INNKEEPER_QUICK !== "1");
  return async () => {
    broker.close();
    await Promise.allSettled(made.values());
    for (const step of undo.reverse()) await step();
  };
}

type Undo = (() => Promise<unknown>)[];

async function prepareFile(undo: Undo): Promise<Omit<Origin, "name">> {
  const folder = await mkdtemp(join(tmpdir(), "innkeeper-template-"));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const template = join(folder, "innkeeper.sqlite");
  await migrateAt(`sqlite:${template}`);
  return { template, server: "" };
}

async function prepareServer(undo: Undo): Promise<Omit<Origin, "name">> {
  let server = process.env.INNKEEPER_TEST_POSTGRES ?? "";
  if (server === "") {
    const running = await startPostgres();
    undo.push(running.stop);
    server = running.url;
  }
  const template = `template_${process.pid}`;
  const client = new pg.Client(server);
  await client.connect();
  undo.push(async () => {
    await client.query(`drop database if exists ${template} with (force)`);
    await client.end();
  });
  await client.query(`create database ${template} template template0`);
  const url = new URL(server);
  url.pathname = `/${template}`;
  await migrateAt(url.href);
  return { template, server };
}

async function migrateAt(url: string): Promise<void> {
  const store = await openStore({ url, clock: systemClock, random: systemRandom(systemClock) });
  await migrate(store);
  await store.close();
}
