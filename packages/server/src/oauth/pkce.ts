import type { App } from "../apps/index.ts";
import { sha256Base64Url } from "../kernel/hash.ts";

/** RFC 7636 4.1. */
const verifierShape = /^[A-Za-z0-9\-._~]{43,128}$/;

/** Only by an operator's word, and never a public client: nothing else would tie a code to whoever asked for it. */
export function mayOmitPkce({ clientType, requirePkce }: Pick<App, "clientType" | "requirePkce">): boolean {
  return clientType === "confidential" && !requirePkce;
}

/**
 * S256 (RFC 7636 4.6), the only method there is. A verifier is never welcome for a code without a challenge: somebody
 * took the challenge away (RFC 9700 4.8.2). Such a code is worth nothing at all, unless the app may go without PKCE.
 */
export function provesPossession(challenge: string | null, verifier: string | undefined, mayOmit = false): boolean {
  if (challenge === null) return mayOmit && verifier === undefined;
  if (verifier === undefined) return false;
  return verifierShape.test(verifier) && sha256Base64Url(verifier) === challenge;
}
