/** Where time comes from. Deadlines shown to people use `now`; durations and freshness use `monotonic`. */
export interface Clock {
  /** Epoch milliseconds, integer. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back, and goes on while the process is stopped. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
