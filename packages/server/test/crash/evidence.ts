import { readFileSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { systemClock as clock } from "../../src/kernel/clock.ts";
import { systemRandom } from "../../src/kernel/random.ts";
import { createSealer } from "../../src/kernel/seal.ts";
import { openAccessToken } from "../../src/tokens/access-token.ts";
import { openCode } from "../../src/tokens/code.ts";
import { openRefreshToken } from "../../src/tokens/refresh-token.ts";
import { type Deed, type Entry, readJournal, readLines } from "./journal.ts";
import type { Produced } from "./upstream.ts";
import { filesOf, type World } from "./world.ts";

/** The laws of the ledger and of tokens, by which every experiment is judged. */
export type Law = "L1" | "L2" | "L3" | "L4" | "L5" | "L6" | "T1" | "T2" | "T3" | "O1";

export interface Finding {
  law: Law;
  says: string;
}

export type Report = (law: Law, says: string) => void;

export type EntryOf<K extends Deed["kind"]> = Entry & { deed: Extract<Deed, { kind: K }> };

/** What is left of a run: its database, opened for reading only, and what was written down outside of it. */
export interface Evidence {
  database: DatabaseSync;
  rows<R>(sql: string, ...values: SQLInputValue[]): R[];
  entries: Entry[];
  /** All deeds of a kind, in their order. */
  deeds<K extends Deed["kind"]>(kind: K): EntryOf<K>[];
  produced: Produced[];
  world: World;
  codeOf(text: string): { id: string; grantId: string };
  accessTokenOf(text: string): { id: string; familyId: string; grantId: string };
  refreshTokenOf(text: string): { familyId: string; generation: number };
}

export function openEvidence(folder: string): Evidence {
  const files = filesOf(folder);
  const database = new DatabaseSync(files.database, { readOnly: true });
  const rows = <R>(sql: string, ...values: SQLInputValue[]) => database.prepare(sql).all(...values) as R[];
  const world: World = JSON.parse(readFileSync(files.world, "utf8"));
  const [meta] = rows<{ value: string }>("select value from meta where name = 'epoch'");
  const { issuer, secret } = world;
  const sealer = createSealer({ secrets: [secret], issuer, epoch: meta?.value ?? "", random: systemRandom(clock) });
  const entries = readJournal(files.journal);
  return {
    database,
    rows,
    entries,
    deeds: <K extends Deed["kind"]>(kind: K) =>
      entries.filter((entry): entry is EntryOf<K> => entry.deed.kind === kind),
    produced: readLines<Produced>(files.produced),
    world,
    codeOf: (text) => sure(openCode(sealer, text)),
    accessTokenOf: (text) => sure(openAccessToken(sealer, text)),
    refreshTokenOf: (text) => sure(openRefreshToken(sealer, text)),
  };
}

function sure<T>(opened: T | undefined): T {
  if (opened === undefined) throw new Error("the journal has a text that this server never sealed");
  return opened;
}

/** Whether the deed may have been done although nobody was told: no answer, or one that leaves it open. */
export function isUnknown({ answer }: Entry): boolean {
  return answer === undefined || answer.status >= 500;
}

export function isDone({ answer }: Entry): boolean {
  return answer?.done === true;
}

export function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(list, keyOf);
}
