import { answer } from "../process/answer.ts";
import { openHouse } from "../process/house.ts";
import type { Flags } from "../process/settings.ts";

/** Brings the database up to date. Safe to run twice, and beside a running server of the release before. */
export async function migrateDatabase(flags: Flags & { json?: boolean }): Promise<void> {
  const { store, applied } = await openHouse(flags, { migrating: true });
  await store.close();
  answer(
    flags.json,
    { applied },
    applied.length === 0 ? ["Nothing to do."] : applied.map((name) => `Applied ${name}.`),
  );
}
