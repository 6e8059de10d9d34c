import { networkOf } from "../http/client-ip.ts";
import { createRateLimiter } from "../http/rate-limit.ts";
import type { Clock } from "../kernel/clock.ts";

/** How many accounts one network may open, whichever door it takes: each comes with the operator's credit. */
const peerLimit = { attempts: 30, seconds: 3600 };

export interface Newcomers {
  /** Counts one account and answers 0, or answers the whole seconds until the network may open the next one. */
  attempt(peer: string): number;
}

export function createNewcomers(clock: Clock): Newcomers {
  const peers = createRateLimiter({ clock, ...peerLimit });
  return { attempt: (peer) => peers.attempt(networkOf(peer)) };
}
