import type { Clock } from "../kernel/clock.ts";
import { Fault } from "../kernel/faults.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import { twoGenerationCache } from "../kernel/two-generation-cache.ts";

export interface RateLimiter {
  /** Counts one attempt and answers 0, or answers the whole seconds until the next one is allowed. */
  attempt(key: string): number;
  /** As if nothing had been counted, after a success. */
  forget(key: string): void;
}

export interface RateLimit {
  clock: Clock;
  /** How many attempts may come at once. */
  attempts: number;
  /** In how many seconds as many are allowed again; each comes back after its share of them. */
  seconds: number;
}

/** Milliseconds by which sums of fractions may err. */
const rounding = 0.01;

/** How many keys are remembered at least. A key under attack is in use and therefore stays. */
const rememberedKeys = 50_000;

/**
 * Counts in the memory of this process by the generic cell rate algorithm: one number per key, the moment at which all its
 * attempts are free again. The monotonic clock keeps it right when the wall clock is set.
 */
export function createRateLimiter({ clock, attempts, seconds }: RateLimit): RateLimiter {
  const full = seconds * 1000;
  const share = full / attempts;
  const freeAgain = twoGenerationCache<string, number>(rememberedKeys);
  return {
    attempt(key) {
      // Hashed, so that long keys take no memory.
      const name = sha256Base64Url(key);
      const now = clock.monotonic();
      const next = Math.max(freeAgain.get(name) ?? now, now) + share;
      if (next - now > full + rounding) return Math.max(1, Math.ceil((next - now - full - rounding) / 1000));
      freeAgain.set(name, next);
      return 0;
    },
    forget: (key) => freeAgain.delete(sha256Base64Url(key)),
  };
}

/** The refusal of an attempt that has to wait. */
export function rateLimited(seconds: number): Fault {
  return new Fault("rate_limited", "Too many attempts. Please wait a moment and try again.", {
    headers: { "retry-after": String(seconds) },
  });
}
