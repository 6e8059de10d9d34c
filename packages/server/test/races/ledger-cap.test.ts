import { describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { budgetStatus, changeBudget, createLedger, findWallet } from "../../src/ledger/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { newBudget, newWallet } from "./ledger-fixture.ts";
import { witnessed } from "./ledger-journal.ts";
import { dice, storm, sumOf } from "./ledger-storm.ts";

const full = process.env.INNKEEPER_FULL === "1";
const rounds = full ? 300 : 6;
const callers = 200;
const rich = 10 ** 12;

describe.each(databases)("200 callers on $name", (kind) => {
  it("[R22][R32] share one cap: not a unit over, and used to its end", { timeout: 3_600_000 }, () =>
    witnessed(kind, async (ctx) => {
      const ledger = createLedger();
      const walletId = await newWallet(ctx, rich);
      const below = dice(22);
      for (let round = 0; round < rounds; round++) {
        const cap = 1000 + below(1_000_000);
        const budgetId = await newBudget(ctx, { month: cap });
        const facts = { walletId, budgetIds: [budgetId], callers, highestMicros: Math.floor(cap / 5), seed: round };
        const { admitted, refused } = await storm(ctx, ledger, facts);

        const held = sumOf(admitted);
        expect(held).toBeLessThanOrEqual(cap);
        expect(held / cap).toBeGreaterThan(0.95);
        expect(await budgetStatus(ctx, budgetId)).toMatchObject([{ spentMicros: 0, heldMicros: held }]);
        // Nobody was turned away for whom there was room.
        expect(refused.filter(({ amountMicros }) => amountMicros <= cap - held)).toEqual([]);
        expect(new Set(refused.map(({ why }) => why))).toEqual(new Set(["in_flight"]));
      }
    }),
  );

  it("[R23][R32] share one wallet: not a unit over, and used to its end", { timeout: 3_600_000 }, () =>
    witnessed(kind, async (ctx) => {
      const ledger = createLedger();
      const below = dice(23);
      for (let round = 0; round < rounds; round++) {
        const balance = 1000 + below(1_000_000);
        const walletId = await newWallet(ctx, balance);
        const facts = { walletId, budgetIds: [], callers, highestMicros: Math.floor(balance / 5), seed: round };
        const { admitted, refused } = await storm(ctx, ledger, facts);

        const held = sumOf(admitted);
        expect(await findWallet(ctx, walletId)).toEqual({ balanceMicros: balance, heldMicros: held });
        expect(held).toBeLessThanOrEqual(balance);
        expect(held / balance).toBeGreaterThan(0.95);
        expect(refused.filter(({ amountMicros }) => amountMicros <= balance - held)).toEqual([]);
      }
    }),
  );

  it("[R22] spend and end calls under two caps at once, in whatever order they name them", { timeout: 3_600_000 }, () =>
    witnessed(kind, async (ctx) => {
      const ledger = createLedger();
      for (let round = 0; round < rounds; round++) {
        const walletId = await newWallet(ctx, 300_000);
        const ofApp = await newBudget(ctx, { day: 100_000, week: 150_000 });
        const ofKey = await newBudget(ctx, { month: 100_000, total: 120_000 });
        const wind = { walletId, callers: callers / 4, highestMicros: 20_000, endingPercent: 70 };
        const storms = [[ofApp, ofKey], [ofKey, ofApp], [ofKey], [ofApp]].map((budgetIds, index) =>
          storm(ctx, ledger, { ...wind, budgetIds, seed: 4 * round + index }),
        );
        const open = (await Promise.all(storms)).flatMap((aftermath) => aftermath.open);
        for (const hold of open.slice(1)) await ledger.settle(ctx, hold, { costMicros: hold.amountMicros, usage: {} });
      }
    }),
  );

  it("[R27] keep a cap that is changed meanwhile, each from its commit on", { timeout: 3_600_000 }, () =>
    witnessed(kind, async (ctx) => {
      // Two memories of the cap: each hears of a change only by being refused.
      const ledgers = [createLedger(), createLedger()];
      const below = dice(27);
      for (let round = 0; round < rounds; round++) {
        const walletId = await newWallet(ctx, rich);
        const budgetId = await newBudget(ctx, { month: 1_000_000 });
        const wind = { walletId, budgetIds: [budgetId], callers: callers / 16, highestMicros: 50_000 };
        for (let wave = 0; wave < 8; wave++) {
          const storms = ledgers.map((ledger) => storm(ctx, ledger, { ...wind, endingPercent: 60, seed: below(1e9) }));
          const limits = wave % 2 === 0 ? { month: below(1_000_000) } : { month: 900_000, day: below(600_000) };
          await Promise.all([...storms, inTx(ctx, (tx) => changeBudget(tx, budgetId, limits))]);
        }
      }
    }),
  );
});
