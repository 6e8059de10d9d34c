import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";

/** A database of its own for one test: empty, and gone after `drop`. */
export type TestDatabase = { url: string; drop(): Promise<void> };

export type DatabaseKind = { name: "sqlite" | "postgres"; open(): Promise<TestDatabase> };

/**
 * What every test of the store, and everything that writes through it, runs on:
 * `describe.each(databases)("cap on $name", ({ open }) => …)`. A quick run has SQLite only.
 */
export const databases: DatabaseKind[] = [{ name: "sqlite", open: openFile }];
const broker = inject("postgresBroker");
if (broker !== "") databases.push({ name: "postgres", open: () => openOnServer(broker) });

async function openFile(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "innkeeper-test-"));
  return {
    url: `sqlite:${join(folder, "innkeeper.sqlite")}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function openOnServer(broker: string): Promise<TestDatabase> {
  const { server, name } = await askBroker(broker);
  // Nobody can be connected to template0, so that tests creating theirs at one time do not disturb each other.
  await tell(server, `create database ${name} template template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => tell(server, `drop database if exists ${name} with (force)`) };
}

async function askBroker(broker: string): Promise<{ server: string; name: string }> {
  const answer = await fetch(broker);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

async function tell(server: string, statement: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(statement);
  await client.end();
}
