import { readFileSync, writeSync } from "node:fs";

/** What a client is about to do. */
export type Deed =
  | { kind: "authorize"; userId: string }
  | { kind: "consent"; userId: string; limitMicros: number }
  | { kind: "redeem"; code: string }
  | { kind: "refresh"; token: string }
  /** `bearer`: the access token, or null for the key of `keyId`. `mark` is the idempotency key. */
  | { kind: "chat"; mark: string; bearer: string | null; keyId: string | null; stream: boolean }
  | { kind: "register"; name: string }
  | { kind: "cap"; userId: string; limitMicros: number }
  | { kind: "revoke_token"; token: string }
  | { kind: "revoke_grant"; userId: string }
  | { kind: "introspect"; token: string };

/** What was read of the whole answer. */
export interface Answer {
  status: number;
  /** The deed was done, by what the answer says. */
  done: boolean;
  code?: string;
  accessToken?: string;
  refreshToken?: string;
  requestId?: string;
  costMicros?: number;
  appId?: string;
}

/** A deed and what came of it. Times are epoch milliseconds. */
export interface Entry {
  number: number;
  deed: Deed;
  begunAt: number;
  /** Undefined when the connection was lost before the whole answer was read. */
  answer: Answer | undefined;
  /** Infinite without an answer. */
  answeredAt: number;
}

type Line = { number: number; at: number } & ({ deed: Deed } | { answer: Answer });

/** One line before each call, one after each answer, each handed to the system at once. */
export function writeJournal(file: number) {
  let number = 0;
  const write = (line: Line) => writeSync(file, `${JSON.stringify(line)}\n`);
  return {
    begin(deed: Deed): (answer: Answer) => void {
      const own = number++;
      write({ number: own, at: Date.now(), deed });
      return (answer) => write({ number: own, at: Date.now(), answer });
    },
  };
}

export type Journal = ReturnType<typeof writeJournal>;

/** In the order in which the deeds began. */
export function readJournal(path: string): Entry[] {
  const entries: Entry[] = [];
  for (const line of readLines<Line>(path)) {
    if ("deed" in line) {
      const { number, deed, at: begunAt } = line;
      entries[number] = { number, deed, begunAt, answer: undefined, answeredAt: Number.POSITIVE_INFINITY };
    } else {
      const entry = entries[line.number];
      if (!entry || entry.answer) throw new Error(`an answer to nothing: ${JSON.stringify(line)}`);
      entry.answer = line.answer;
      entry.answeredAt = line.at;
    }
  }
  return entries;
}

export function readLines<T>(path: string): T[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as T);
}
