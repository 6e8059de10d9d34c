import { readConfig } from "../config/read-config.ts";
import type { Ctx } from "../context.ts";
import { createChanges } from "../events/index.ts";
import { createOutbound } from "../http/outbound.ts";
import type { Clock } from "../kernel/clock.ts";
import { silentLog } from "../kernel/log.ts";
import { seededRandom } from "../kernel/random.ts";
import { migrate, openStore, type Store } from "../store/index.ts";
import { manualClock } from "./clock.ts";
import type { TestDatabase } from "./databases.ts";

const config = readConfig({
  issuer: "https://id.acme.example",
  secrets: ["a secret of the tests, long enough for all"],
  file: {},
});

export interface OpenCtx {
  ctx: Ctx;
  store: Store;
  /** For a second store on the same database. */
  url: string;
  /** Closes the store and drops the database. */
  close(): Promise<void>;
}

/** A database of its own with every table, and the context over it, for the test of a room: `openCtx(open)`. */
export async function openCtx(
  open: () => Promise<TestDatabase>,
  { clock = manualClock() as Clock, seed = 1 } = {},
): Promise<OpenCtx> {
  const { url, drop } = await open();
  const random = seededRandom(seed, clock);
  const store = await openStore({ url, clock, random });
  await migrate(store);
  const close = async () => {
    await store.close();
    await drop();
  };
  const outbound = createOutbound(config.outbound);
  const ctx: Ctx = { db: store.db, clock, random, config, log: silentLog, changes: createChanges(), outbound };
  return { ctx, store, url, close };
}
