import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { query } from "../../src/store/index.ts";
import { rawStatement } from "../../src/store/statement.ts";
import { databases } from "../../src/testing/databases.ts";
import { openCtx } from "../../src/testing/open-ctx.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 5000 : 500;

interface Rival {
  ready: Promise<unknown>;
  go(): Promise<{ claimed: number[]; answered: number }>;
}

function startRival(url: string, name: string): Rival {
  const script = fileURLToPath(new URL("store-rival.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url, name, String(rounds)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    ready: lines.next(),
    async go() {
      child.stdin.write("go\n");
      return JSON.parse((await lines.next()).value ?? "");
    },
  };
}

describe.each(databases)("two processes on $name", ({ open }) => {
  it("[R05] lose no transaction, and each one-time mark has one winner over both", async () => {
    const { ctx, url, close } = await openCtx(open);
    const wallet = rawStatement("insert into wallets values ('wal_1', 0, 0, 0, 1, 1)", "writes");
    await inTx(ctx, (tx) => wallet.all(tx, {}));
    const rivals = [startRival(url, "left"), startRival(url, "right")];
    await Promise.all(rivals.map((rival) => rival.ready));
    const [left, right] = await Promise.all(rivals.map((rival) => rival.go()));

    expect([left?.answered, right?.answered]).toEqual([rounds, rounds]);
    const counts = await query(ctx, (db) =>
      db
        .selectFrom("wallets")
        .select((eb) => ["entry_count", eb.selectFrom("meta").select(eb.fn.countAll<number>().as("n")).as("notes")]),
    );
    expect(counts).toEqual([{ entry_count: 2 * rounds, notes: 2 * rounds }]);
    const won = [...(left?.claimed ?? []), ...(right?.claimed ?? [])].sort((a, b) => a - b);
    expect(won).toEqual(Array.from({ length: rounds }, (_, round) => round));
    await close();
  });
});
