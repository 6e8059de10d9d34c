import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { audit } from "./auditor.ts";
import { readJournal } from "./journal.ts";
import { killAgainAndAgain, type Run } from "./supervisor.ts";
import { filesOf } from "./world.ts";

const { rounds, kills } = process.env.INNKEEPER_FULL === "1" ? { rounds: 10, kills: 50 } : { rounds: 1, kills: 10 };

describe("a server that is killed under load, on SQLite", () => {
  it("[R28] keeps what it answered, whole and once, however often it is killed", { timeout: 3_600_000 }, async () => {
    for (let round = 0; round < rounds; round++) {
      const folder = await mkdtemp(join(tmpdir(), "innkeeper-crash-"));
      const run = await killAgainAndAgain({ folder, kills });
      expect.soft(run.unexplained).toEqual([]);
      // What was found stays in the folder, for whoever looks into it.
      expect(await audit(folder), folder).toEqual([]);
      tell(folder, run);
      await rm(folder, { recursive: true });
    }
  });
});

const kinds = [
  "authorize",
  "consent",
  "redeem",
  "refresh",
  "chat",
  "register",
  "cap",
  "revoke_token",
  "revoke_grant",
  "introspect",
];

/** A load that does nothing proves nothing: each kind of deed was answered. */
function tell(folder: string, { readyMs }: Run): void {
  const entries = readJournal(filesOf(folder).journal);
  const counts = Object.fromEntries(kinds.map((kind) => [kind, { done: 0, refused: 0, lost: 0 }]));
  for (const { deed, answer } of entries) {
    counts[deed.kind]![answer === undefined ? "lost" : answer.done ? "done" : "refused"]++;
  }
  const sorted = readyMs.sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const most = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  console.log(`${kills} kills, ${entries.length} deeds; ready after ${median.toFixed()} ms, p95 ${most.toFixed()} ms`);
  console.table(counts);
  for (const [kind, { done, refused }] of Object.entries(counts)) expect(done + refused, kind).toBeGreaterThan(0);
}
