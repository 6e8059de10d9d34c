import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { budgetStatus, changeBudget, createLedger, findWallet } from "../../src/ledger/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { newBudget, newWallet } from "./ledger-fixture.ts";
import { witnessed } from "./ledger-journal.ts";
import { type Aftermath, dice, type Storm, sumOf } from "./ledger-storm.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 300 : 6;
const rich = 10 ** 12;

interface Spender {
  child: ChildProcess;
  spend(storm: Storm): Promise<Aftermath>;
}

async function startSpender(url: string): Promise<Spender> {
  const script = fileURLToPath(new URL("ledger-spender.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return {
    child,
    async spend(storm) {
      child.stdin.write(`${JSON.stringify(storm)}\n`);
      return JSON.parse((await lines.next()).value ?? "");
    },
  };
}

async function withSpenders(url: string, work: (spenders: Spender[]) => Promise<void>): Promise<void> {
  const spenders = await Promise.all([startSpender(url), startSpender(url)]);
  try {
    await work(spenders);
  } finally {
    await Promise.all(
      spenders.map(({ child }) => {
        const gone = child.exitCode === null ? once(child, "exit") : undefined;
        child.stdin?.end();
        return gone;
      }),
    );
  }
}

describe.each(databases)("two processes of 100 callers each on $name", (kind) => {
  it("[R22][R24] share one cap", { timeout: 3_600_000 }, () =>
    witnessed(kind, (ctx, url) =>
      withSpenders(url, async (spenders) => {
        const walletId = await newWallet(ctx, rich);
        const below = dice(24);
        for (let round = 0; round < rounds; round++) {
          const cap = 1000 + below(1_000_000);
          const budgetId = await newBudget(ctx, { total: cap });
          const facts = { walletId, budgetIds: [budgetId], callers: 100, highestMicros: Math.floor(cap / 5) };
          const ends = await Promise.all(
            spenders.map(({ spend }, index) => spend({ ...facts, seed: 2 * round + index })),
          );
          const held = sumOf(ends.flatMap(({ admitted }) => admitted));
          expect(held).toBeLessThanOrEqual(cap);
          expect(held / cap).toBeGreaterThan(0.95);
          expect(await budgetStatus(ctx, budgetId)).toMatchObject([{ spentMicros: 0, heldMicros: held }]);
          const refused = ends.flatMap((end) => end.refused);
          expect(refused.filter(({ amountMicros }) => amountMicros <= cap - held)).toEqual([]);
        }
      }),
    ),
  );

  it("[R23][R24] share one wallet", { timeout: 3_600_000 }, () =>
    witnessed(kind, (ctx, url) =>
      withSpenders(url, async (spenders) => {
        const below = dice(25);
        for (let round = 0; round < rounds; round++) {
          const balance = 1000 + below(1_000_000);
          const walletId = await newWallet(ctx, balance);
          const facts = { walletId, budgetIds: [], callers: 100, highestMicros: Math.floor(balance / 5) };
          const ends = await Promise.all(
            spenders.map(({ spend }, index) => spend({ ...facts, seed: 2 * round + index })),
          );
          const held = sumOf(ends.flatMap(({ admitted }) => admitted));
          expect(held).toBeLessThanOrEqual(balance);
          expect(held / balance).toBeGreaterThan(0.95);
          expect(await findWallet(ctx, walletId)).toEqual({ balanceMicros: balance, heldMicros: held });
        }
      }),
    ),
  );

  it("[R24][R27] spend, end calls and keep a cap that a third one changes", { timeout: 3_600_000 }, () =>
    witnessed(kind, (ctx, url) =>
      withSpenders(url, async (spenders) => {
        // The windows are those of now, as the processes know it.
        const third = { ...ctx, clock: systemClock };
        const below = dice(26);
        for (let round = 0; round < rounds; round++) {
          const walletId = await newWallet(ctx, 400_000);
          const budgetIds = [await newBudget(ctx, { month: 300_000 }), await newBudget(ctx, { day: 350_000 })];
          const facts = { walletId, budgetIds, callers: 25, highestMicros: 20_000, endingPercent: 60 };
          for (let wave = 0; wave < 4; wave++) {
            const storms = spenders.map(({ spend }) => spend({ ...facts, seed: below(1e9) }));
            const limits = wave % 2 === 0 ? { month: below(300_000) } : { month: 250_000, total: below(300_000) };
            const change = inTx(third, (tx) => changeBudget(tx, budgetIds[0] ?? "", limits));
            const [ends] = await Promise.all([Promise.all(storms), change]);
            const open = ends.flatMap((end) => end.open);
            const ledger = createLedger();
            await Promise.all(open.slice(1).map((hold) => ledger.release(third, hold)));
          }
        }
      }),
    ),
  );
});
