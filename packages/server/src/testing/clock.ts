import type { Clock } from "../kernel/clock.ts";

export interface ManualClock extends Clock {
  /** Lets time pass, in milliseconds. */
  advance(ms: number): void;
  /** Sets the wall clock, forward or back; the monotonic one does not notice. */
  setNow(epochMs: number): void;
}

/** Stands still until told otherwise. @default start 2026-01-15T12:00:00Z */
export function manualClock(start = Date.UTC(2026, 0, 15, 12)): ManualClock {
  let now = start;
  let monotonic = 0;
  return {
    now: () => now,
    monotonic: () => monotonic,
    advance(ms) {
      now += ms;
      monotonic += ms;
    },
    setNow(epochMs) {
      now = epochMs;
    },
  };
}
