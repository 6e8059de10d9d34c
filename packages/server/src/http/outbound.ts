/**
 * The one way in which the server calls an address that a stranger chose: webhooks, logos, proofs of a domain. The gateway
 * calls its upstreams by itself, because those are the operator's own setting.
 */
import { isIP } from "node:net";
import { parseHttpUrl } from "../kernel/url.ts";
import { isPublicAddress } from "./outbound-address.ts";
import { call, type OutboundAnswer, type OutboundRequest } from "./outbound-call.ts";
import { OutboundFailure, tooLate } from "./outbound-failure.ts";
import { type Resolver, systemResolver } from "./outbound-resolver.ts";

export interface Outbound {
  /**
   * https on port 443, public addresses only. No redirect is followed, no cookie is sent or kept, nothing is decompressed.
   * @throws OutboundFailure
   */
  fetch(url: string, request: OutboundRequest): Promise<OutboundAnswer>;
  /** Every text record of a domain name. */
  texts(name: string): Promise<string[]>;
}

export interface OutboundOptions {
  /** Exact origins that may be called whatever they are. */
  allowOrigins: readonly string[];
  /** @default the system's name servers */
  resolver?: Resolver;
}

export function createOutbound({ allowOrigins, resolver = systemResolver() }: OutboundOptions): Outbound {
  /** The addresses to which the call may go. */
  async function judge(url: URL): Promise<string[]> {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const addresses = isIP(host) === 0 ? await resolver.addresses(host) : [host];
    // One inner address among public ones is no accident.
    if (addresses.length > 0 && addresses.every(isPublicAddress)) return addresses;
    throw new OutboundFailure("unreachable", "The address cannot be reached from here.");
  }

  return {
    async fetch(text, request) {
      const url = readAddress(text);
      const deadline = AbortSignal.timeout(request.timeoutMs);
      if (allowOrigins.includes(url.origin) || url.origin === request.trustedOrigin) {
        return call(url, undefined, request, deadline);
      }
      if (url.protocol !== "https:" || url.port !== "") throw notAllowed();
      const addresses = await within(deadline, judge(url), request.timeoutMs);
      return call(url, addresses, request, deadline);
    },
    texts: (name) => resolver.texts(name),
  };
}

function readAddress(text: string): URL {
  const url = parseHttpUrl(text);
  if (!url) throw notAllowed();
  return url;
}

function notAllowed(): OutboundFailure {
  return new OutboundFailure("not_allowed", "Must be an https address on port 443, without user information.");
}

function within<T>(deadline: AbortSignal, work: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    deadline.addEventListener("abort", () => reject(tooLate(timeoutMs)), { once: true });
    work.then(resolve, reject);
  });
}
