import { networkOf } from "../http/client-ip.ts";
import { createRateLimiter, type RateLimit } from "../http/rate-limit.ts";

/** People of one site do the same at the same time; still they are fewer than its networks. */
const siteFactor = 10;

export interface NetworkLimiter {
  /** Counts one attempt and answers 0, or answers the whole seconds until the next one is allowed. */
  attempt(peer: string): number;
}

/** Counts attempts of one network, and with ten times the room those of its site. */
export function createNetworkLimiter({ clock, attempts, seconds }: RateLimit): NetworkLimiter {
  const networks = createRateLimiter({ clock, attempts, seconds });
  const sites = createRateLimiter({ clock, attempts: siteFactor * attempts, seconds });
  return { attempt: (peer) => networks.attempt(networkOf(peer)) || sites.attempt(siteOf(peer)) };
}

/** The /48 of an IPv6 address: whoever is given one for nothing has 65,536 networks. An IPv4 address has no more than itself. */
export function siteOf(peer: string): string {
  const network = networkOf(peer);
  return network.endsWith("::/64") ? `${network.split(":").slice(0, 3).join(":")}::/48` : network;
}
