import { describe, expect, it } from "vitest";
import { systemClock } from "../kernel/clock.ts";
import { systemRandom } from "../kernel/random.ts";
import { openStore, pendingMigrations } from "../store/index.ts";
import { databases } from "./databases.ts";

const openAt = (url: string) => openStore({ url, clock: systemClock, random: systemRandom(systemClock) });

describe.each(databases)("a test database on $name", ({ name, open, openEmpty }) => {
  it("is its own, has every table, and is gone after drop", async () => {
    const [first, second] = await Promise.all([open(), open()]);
    expect(first.url).not.toBe(second.url);
    const store = await openAt(first.url);
    expect(await pendingMigrations(store)).toEqual([]);
    await store.close();
    await first.drop();
    await second.drop();
    if (name === "postgres") await expect(openAt(first.url)).rejects.toThrow();
  });

  it("has no table when asked for an empty one", async () => {
    const { url, drop } = await openEmpty();
    const store = await openAt(url);
    expect(await pendingMigrations(store)).not.toEqual([]);
    await store.close();
    await drop();
  });
});
