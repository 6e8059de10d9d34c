import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withLock } from "./lock.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "innkeeper-lock-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the lock", () => {
  it("lets one in at a time, and everybody in the end, also after one that failed", async () => {
    const path = join(folder, "one");
    let inside = 0;
    const entered: number[] = [];
    const enter = (number: number) =>
      withLock(path, async () => {
        inside++;
        await new Promise(setImmediate);
        entered.push(inside);
        inside--;
        if (number === 3) throw new Error("fell over");
      }).catch((error: Error) => error.message);
    const ends = await Promise.all(Array.from({ length: 8 }, (_, number) => enter(number)));
    expect(entered).toEqual(Array(8).fill(1));
    expect(ends.filter((end) => end === "fell over")).toHaveLength(1);
  });

  it("[R98] goes with the process that held it, however that ends", async () => {
    const path = join(folder, "two");
    const holder = `
      import { withLock } from ${JSON.stringify(import.meta.resolve("./lock.ts"))};
      await withLock(${JSON.stringify(path)}, () => new Promise(() => { process.stdout.write("held"); setInterval(() => {}, 1000); }));`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", holder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((held) => child.stdout.once("data", held));
    let got = false;
    const waiting = withLock(path, async () => {
      got = true;
    });
    await new Promise(setImmediate);
    expect(got).toBe(false);
    child.kill("SIGKILL");
    await waiting;
    expect(got).toBe(true);
  });
});
