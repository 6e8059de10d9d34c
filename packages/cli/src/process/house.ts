import {
  type Ctx,
  createChanges,
  createOutbound,
  migrate,
  openStore,
  pendingMigrations,
  type Store,
  systemClock,
  systemRandom,
} from "@innkeeper/server";
import { CommandFault } from "./answer.ts";
import { makeDataFolder } from "./data-folder.ts";
import { processLog } from "./log.ts";
import { type Flags, loadSettings, type Settings } from "./settings.ts";

export interface House {
  settings: Settings;
  store: Store;
  ctx: Ctx;
  /** The migrations that ran while opening. */
  applied: string[];
}

/**
 * Opens the database of the settings. The server owns an embedded database alone; commands work beside a running one.
 * The embedded database is brought up to date by itself; a shared one only by `innkeeper migrate`.
 */
export async function openHouse(flags: Flags, { exclusive = false, migrating = false } = {}): Promise<House> {
  const settings = await loadSettings(flags);
  const embedded = settings.databaseUrl.startsWith("sqlite:");
  if (embedded) await makeDataFolder(settings.data);
  const clock = systemClock;
  const random = systemRandom(clock);
  const store = await openStore({ url: settings.databaseUrl, clock, random, exclusive });
  try {
    const applied = embedded || migrating ? (await migrate(store)).applied : await refuseIfPending(store);
    const { config } = settings;
    const outbound = createOutbound(config.outbound);
    const ctx = { db: store.db, clock, random, config, log: processLog(), changes: createChanges(), outbound };
    return { settings, store, applied, ctx };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function refuseIfPending(store: Store): Promise<[]> {
  const pending = await pendingMigrations(store);
  if (pending.length === 0) return [];
  throw new CommandFault(`The database is not up to date (${pending.join(", ")}). Run: innkeeper migrate`);
}

/** Opens, works, closes. */
export async function withHouse<T>(flags: Flags, work: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse(flags);
  try {
    return await work(house);
  } finally {
    await house.store.close();
  }
}
