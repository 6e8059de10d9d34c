import type { CustomFetch } from "openid-client";
import type { Outbound } from "../../http/outbound.ts";

/** Documents and tokens of a provider are a few kilobytes. */
const maxBytes = 262_144;
const timeoutMs = 5000;

/**
 * Calls to a provider go through the guard like calls to a stranger, for its document may name any address; only the origin
 * that the operator configured is trusted to be where it is.
 */
export function guardedFetch(outbound: Outbound, trustedOrigin: string): CustomFetch {
  return async (url, { method, headers, body }) => {
    const answer = await outbound.fetch(url, {
      method: method === "POST" ? "POST" : "GET",
      headers,
      ...(body !== undefined && body !== null && { body: String(body) }),
      maxBytes,
      timeoutMs,
      trustedOrigin,
    });
    const bodiless = answer.status === 204 || answer.status === 304;
    return new Response(bodiless ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: answer.headers,
    });
  };
}
