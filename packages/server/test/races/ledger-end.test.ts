import { describe, expect, it } from "vitest";
import { budgetStatus, createLedger, findWallet } from "../../src/ledger/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { callOf, newBudget, newWallet } from "./ledger-fixture.ts";
import { witnessed } from "./ledger-journal.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 1000 : 20;

describe.each(databases)("one hold on $name", (kind) => {
  it("[P06][R31] ends once, when settle, release and sweep come at it together", { timeout: 3_600_000 }, () =>
    witnessed(kind, async (ctx) => {
      const ledger = createLedger();
      const walletId = await newWallet(ctx, rounds * 100);
      const budgetId = await newBudget(ctx, { day: rounds * 100, month: rounds * 100 });
      let spentMicros = 0;
      const outcomes = new Set<string>();
      for (let round = 0; round < rounds; round++) {
        const verdict = await ledger.hold(
          ctx,
          callOf({ walletId, budgetIds: [budgetId], amountMicros: 100, deadlineMs: -1 }),
        );
        if (!verdict.ok) throw new Error(verdict.why);
        const { hold } = verdict;
        const ends = [
          ...[10, 20, 30].map((costMicros) => () => ledger.settle(ctx, hold, { costMicros, usage: {} })),
          ...[1, 2, 3].map(() => () => ledger.release(ctx, hold)),
        ];
        // Each comes first once in a while; the sweep sometimes not at all.
        const sweeps = round % 3 === 0 ? 2 : 0;
        const [counts, ended] = await Promise.all([
          Promise.all(Array.from({ length: sweeps }, () => ledger.sweep(ctx))),
          Promise.all(turned(ends, round).map((end) => end())),
        ]);
        const winners = ended.filter(({ ok }) => ok);
        expect(counts.reduce((sum, count) => sum + count, winners.length)).toBe(1);
        // The losers tell how it really ended.
        expect(new Set(ended.map(({ outcome, costMicros }) => `${outcome} ${costMicros}`)).size).toBe(1);
        spentMicros += ended[0]?.costMicros ?? 0;
        outcomes.add(ended[0]?.outcome ?? "");
      }
      expect(outcomes.size).toBeGreaterThan(1);
      expect(await findWallet(ctx, walletId)).toEqual({ balanceMicros: rounds * 100 - spentMicros, heldMicros: 0 });
      expect(await budgetStatus(ctx, budgetId)).toMatchObject([
        { spentMicros, heldMicros: 0 },
        { spentMicros, heldMicros: 0 },
      ]);
    }),
  );
});

function turned<T>(list: T[], by: number): T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
