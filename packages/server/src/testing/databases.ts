import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";

/** A database of its own for one test, gone after `drop`. */
export type TestDatabase = { url: string; drop(): Promise<void> };

export type DatabaseKind = {
  name: "sqlite" | "postgres";
  /** With every table and no row: a copy of one migrated before, because copying takes less time than migrating. */
  open(): Promise<TestDatabase>;
  /** Without a table, for tests of migrations themselves. */
  openEmpty(): Promise<TestDatabase>;
};

/** What the run's global setup tells: what to copy, and how to call the copy. */
type Origin = { template: string; server: string; name: string };

/**
 * What every test of the store, and everything that writes through it, runs on:
 * `describe.each(databases)("a cap on $name", ({ open }) => …)`. A quick run has SQLite only.
 */
export const databases: DatabaseKind[] = [{ name: "sqlite", open: copyFileOfRun, openEmpty: makeFolder }];
if (inject("hasPostgres")) {
  databases.push({
    name: "postgres",
    open: async () => createDatabase(await originOf("postgres")),
    openEmpty: async () => createDatabase({ ...(await originOf("postgres")), template: "template0" }),
  });
}

async function originOf(name: DatabaseKind["name"]): Promise<Origin> {
  const answer = await fetch(`${inject("databaseBroker")}/${name}`);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

async function copyFileOfRun(): Promise<TestDatabase> {
  const [{ template }, made] = await Promise.all([originOf("sqlite"), makeFolder()]);
  await copyFile(template, made.url.slice("sqlite:".length));
  return made;
}

async function makeFolder(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "innkeeper-test-"));
  return {
    url: `sqlite:${join(folder, "innkeeper.sqlite")}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createDatabase({ server, name, template }: Origin): Promise<TestDatabase> {
  // The default strategy writes every page of the copy to the log as well.
  await tell(server, `create database ${name} template ${template} strategy file_copy`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => tell(server, `drop database if exists ${name} with (force)`) };
}

async function tell(server: string, statement: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(statement);
  await client.end();
}
