/**
 * The load generator, a process of its own: `node load.ts <folder>`. Every person of the world acts until a line comes on
 * its input; then each finishes what was cut off, and it ends.
 */

import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { Client } from "./client.ts";
import { writeJournal } from "./journal.ts";
import { filesOf, type World } from "./world.ts";

const [folder = ""] = process.argv.slice(2);
const files = filesOf(folder);
const world: World = JSON.parse(readFileSync(files.world, "utf8"));
const journal = writeJournal(openSync(files.journal, "a"));

let finishing = false;
process.stdin.resume();
once(process.stdin, "data").then(() => {
  finishing = true;
});

let waiting: Promise<void> | undefined;

/** One question at a time for all, until the server answers again. */
function serverBack(): Promise<void> {
  waiting ??= poll().finally(() => {
    waiting = undefined;
  });
  return waiting;
}

async function poll(): Promise<void> {
  for (;;) {
    const answer = await fetch(`${world.issuer}/readyz`).catch(() => undefined);
    await answer?.body?.cancel().catch(() => {});
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

await serverBack();
await Promise.all(
  world.people.map(async (person, number) => {
    const client = new Client({ world, person, journal, serverBack, number });
    while (!finishing || client.isInterrupted) await client.act();
  }),
);
process.exit(0);
