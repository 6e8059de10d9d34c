import ipaddr from "ipaddr.js";
import { z } from "zod";
import { isOrdinaryLine } from "../kernel/ordinary-line.ts";

/** Whether a key may ever leave its device: what WebAuthn 6.1.3 calls backup eligible. */
export type PasskeyKind = "device" | "synced";

/** A key that an authenticator holds for one account here, and that names the account by itself. */
export interface Passkey {
  id: string;
  /** As its authenticator calls it, base64url. */
  credentialId: string;
  userId: string;
  /** COSE, base64url. */
  publicKey: string;
  kind: PasskeyKind;
  /** How often a key was used, as far as its authenticator counts. Zero where it does not. */
  counter: number;
  /** How its authenticator is reached, for browsers to ask well. */
  transports: string[];
  name: string;
  /** Since when we know of a copy elsewhere. */
  syncedAt: number | null;
  createdAt: number;
  lastUsedAt: number | null;
}

/** COSE: EdDSA, ES256, and RS256, which is what older Windows makes. */
export const passkeyAlgorithms = [-8, -7, -257] as const;

/** The name a person knows a passkey by. */
export const passkeyName = z
  .string()
  .trim()
  .min(1)
  .max(64, "Use 64 characters at most, on one line.")
  .refine(isOrdinaryLine, "Use 64 characters at most, on one line.");

/**
 * RFC 8176. A key that may be copied is one of software, whatever holds it now; it asked for its user, and for what only he
 * can give: a finger, a face, a PIN.
 */
export function passkeyAmr(kind: PasskeyKind): string[] {
  return [kind === "device" ? "hwk" : "swk", "user", "mfa"];
}

/** The name that passkeys are bound to (WebAuthn 4, RP ID). Undefined where there is none: an address of numbers takes no passkey. */
export function relyingPartyOf(issuer: string): string | undefined {
  const { hostname } = new URL(issuer);
  return ipaddr.isValid(hostname.replace(/^\[|\]$/g, "")) ? undefined : hostname;
}
