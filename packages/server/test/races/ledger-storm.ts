import type { Ctx } from "../../src/context.ts";
import { seededRandom } from "../../src/kernel/random.ts";
import type { Hold, Ledger } from "../../src/ledger/index.ts";
import { manualClock } from "../../src/testing/clock.ts";
import { callOf } from "./ledger-fixture.ts";

export interface Storm {
  walletId: string;
  budgetIds: readonly string[];
  callers: number;
  /** Prices go from 1 to this, each as likely. */
  highestMicros: number;
  seed: number;
  /** How many of a hundred admitted calls end at once; the rest stay open. @default 0 */
  endingPercent?: number;
}

export interface Aftermath {
  admitted: Hold[];
  /** Of the admitted calls, those still open. */
  open: Hold[];
  refused: { amountMicros: number; why: string }[];
}

/** All callers at once, each with a call of random price. */
export async function storm(
  ctx: Ctx,
  ledger: Pick<Ledger, "hold" | "settle" | "release">,
  facts: Storm,
): Promise<Aftermath> {
  const { walletId, budgetIds, callers, highestMicros, seed, endingPercent = 0 } = facts;
  const below = dice(seed);
  const aftermath: Aftermath = { admitted: [], open: [], refused: [] };
  const calls = Array.from({ length: callers }, () => ({
    amountMicros: 1 + below(highestMicros),
    ends: below(100) < endingPercent,
    share: below(4),
  }));
  await Promise.all(
    calls.map(async ({ amountMicros, ends, share }) => {
      const verdict = await ledger.hold(ctx, callOf({ walletId, budgetIds, amountMicros }));
      if (!verdict.ok) return aftermath.refused.push({ amountMicros, why: verdict.why });
      aftermath.admitted.push(verdict.hold);
      if (!ends) return aftermath.open.push(verdict.hold);
      if (share === 0) return ledger.release(ctx, verdict.hold);
      return ledger.settle(ctx, verdict.hold, { costMicros: Math.floor((amountMicros * share) / 3), usage: {} });
    }),
  );
  return aftermath;
}

/** Whole numbers below a bound, the same for the same seed. */
export function dice(seed: number): (bound: number) => number {
  const random = seededRandom(seed, manualClock());
  return (bound) => new DataView(random.bytes(4).buffer).getUint32(0) % bound;
}

export function sumOf(calls: readonly { amountMicros: number }[]): number {
  return calls.reduce((sum, { amountMicros }) => sum + amountMicros, 0);
}
