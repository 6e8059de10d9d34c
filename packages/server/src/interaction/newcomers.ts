import type { Clock } from "../kernel/clock.ts";
import { createNetworkLimiter, type NetworkLimiter } from "./network-limiter.ts";

/** How many accounts one network may open, whichever door it takes: each comes with the operator's credit. */
const peerLimit = { attempts: 30, seconds: 3600 };

/** Counts the accounts that are opened. */
export type Newcomers = NetworkLimiter;

export function createNewcomers(clock: Clock): Newcomers {
  return createNetworkLimiter({ clock, ...peerLimit });
}
