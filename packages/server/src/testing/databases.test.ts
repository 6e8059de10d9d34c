import pg from "pg";
import { describe, expect, it } from "vitest";
import { databases } from "./databases.ts";

describe.each(databases)("a test database on $name", ({ name, open }) => {
  it("is its own, and gone after drop", async () => {
    const [first, second] = await Promise.all([open(), open()]);
    expect(first.url).not.toBe(second.url);
    await first.drop();
    await second.drop();
    if (name === "postgres") await expect(new pg.Client(first.url).connect()).rejects.toThrow("does not exist");
  });
});
