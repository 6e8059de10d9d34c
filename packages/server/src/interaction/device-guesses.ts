import type { Clock } from "../kernel/clock.ts";
import { type Cache, twoGenerationCache } from "../kernel/two-generation-cache.ts";

/** Counts wrong user codes, for each of the keys at once. */
export interface Guesses {
  /** Milliseconds until the next try is allowed. 0: now, and it counts as wrong from now on, so that many at once are many. */
  attempt(keys: readonly string[]): number;
  /** Takes back what an attempt counted. */
  right(keys: readonly string[]): void;
}

export const guessesInARow = 20;
const forgottenAfterMs = 3_600_000;
const rememberedKeys = 50_000;

interface Row {
  wrong: number;
  /** By the monotonic clock. */
  until: number;
}

/**
 * RFC 8628 5.1. A count ends only with an hour without a code; a right one in between does not end it, because
 * whoever guesses can make right ones himself. A code lives for ten minutes, so nobody has more than 20 guesses in the
 * life of a code: with 20^8 codes that is 20 / 25,600,000,000 = 8 in ten thousand million for each code that waits, and
 * while a thousand of them wait at once still less than one in a million. Each process counts for itself, so with four of
 * them it is while 300 wait.
 */
export function createGuesses(clock: Clock): Guesses {
  const rows: Cache<string, Row> = twoGenerationCache(rememberedKeys);
  const find = (key: string) => {
    const row = rows.get(key);
    return row && row.until > clock.monotonic() ? row : undefined;
  };
  const count = (key: string, more: 1 | -1) =>
    rows.set(key, { wrong: (find(key)?.wrong ?? 0) + more, until: clock.monotonic() + forgottenAfterMs });
  return {
    attempt(keys) {
      const full = keys.map(find).filter((row) => row !== undefined && row.wrong >= guessesInARow);
      if (full.length > 0) return Math.max(...full.map((row) => row!.until - clock.monotonic()));
      for (const key of keys) count(key, 1);
      return 0;
    },
    right(keys) {
      for (const key of keys) count(key, -1);
    },
  };
}
