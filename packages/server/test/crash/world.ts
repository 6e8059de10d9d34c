import { join } from "node:path";

/** Everything a run needs to know, written beside its database, so that each process and the auditor read the same. */
export interface World {
  issuer: string;
  port: number;
  secret: string;
  app: { id: string; clientId: string; clientSecret: string };
  people: Person[];
}

/** One client of the load generator. */
export interface Person {
  userId: string;
  /** The cookie's value. */
  session: string;
  key: string;
  keyId: string;
}

export const redirectUri = "https://storyteller.example/callback";
export const scope = "openid profile gateway:access";
export const firstCapMicros = 40_000;

/** Micro-dollars per million tokens, and per call. */
export const prices = { input: 1_000_000, cachedInput: 100_000, output: 2_000_000, call: 100 };

/** Where the files of a run are. */
export function filesOf(folder: string) {
  return {
    world: join(folder, "world.json"),
    config: join(folder, "innkeeper.config.json"),
    data: join(folder, "data"),
    database: join(folder, "data", "innkeeper.sqlite"),
    journal: join(folder, "journal.jsonl"),
    produced: join(folder, "produced.jsonl"),
    log: join(folder, "server.log"),
  };
}
