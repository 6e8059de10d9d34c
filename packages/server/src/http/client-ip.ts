import ipaddr from "ipaddr.js";

/**
 * The address of the client. Each trusted proxy has appended the address it saw, so the client's stands as many places
 * from the end as there are proxies; whatever is further left the client may have invented. Without proxies, or when the
 * header is shorter or broken, it is the peer of the connection.
 */
export function clientAddress(request: Request, peer: string, trustedProxies: number): string {
  if (trustedProxies === 0) return peer;
  const seen = request.headers.get("x-forwarded-for")?.split(",") ?? [];
  const address = seen.at(-trustedProxies)?.trim() ?? "";
  return ipaddr.isValid(address) ? address : peer;
}

/**
 * What counts as one peer when limiting rates: an IPv4 address, or the /64 network of an IPv6 one, of which a single
 * customer has at least 2^64 addresses.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  const network = parsed.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(":")}::/64`;
}
