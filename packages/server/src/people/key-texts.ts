/**
 * What keys sign: readable texts in the manner of EIP-4361. Each names who asks, where, what for, when and which one, so that
 * a signature given for one thing means nothing anywhere else.
 */
import { sha256Hex } from "../kernel/hash.ts";

interface Challenge {
  issuer: string;
  nonce: string;
  /** Epoch milliseconds. */
  issuedAt: number;
  expiresAt: number;
}

export type SignInPurpose = "sign-in" | "cli-sign-in";

/** Where the signature is sent to. */
const signInPaths: Readonly<Record<SignInPurpose, string>> = {
  "sign-in": "/idp/login",
  "cli-sign-in": "/idp/cli_login",
};

export function signInText(purpose: SignInPurpose, { issuer, ...challenge }: Challenge): string {
  return write(
    [
      `${hostOf(issuer)} wants you to sign in with your key.`,
      `Sign this only to sign in at ${issuer}, a moment after you asked for it. It allows nothing else.`,
    ],
    { URI: issuer + signInPaths[purpose], Purpose: purpose, ...dated(challenge) },
  );
}

export interface LinkedAccount {
  id: string;
  username: string;
}

export function linkText(account: LinkedAccount, { issuer, ...challenge }: Challenge): string {
  return write(
    [
      `${hostOf(issuer)} wants to link your key to the account ${account.username}.`,
      "Sign this only if that account is yours: from then on, your key signs in to it. It allows nothing else.",
    ],
    { URI: `${issuer}/account/security`, Purpose: "link-key", Account: account.id, ...dated(challenge) },
  );
}

export interface SignedCall {
  issuer: string;
  method: string;
  /** The path and, if there is one, the query with its question mark. */
  target: string;
  body: string | Uint8Array;
  /** Seconds since 1970, a dot, and chance: see {@link readCallNonce}. */
  nonce: string;
}

/** One call of the API, whole: whatever is changed on the way, the signature is of something else. */
export function callText({ issuer, method, target, body, nonce }: SignedCall): string {
  return write([`${hostOf(issuer)} gets one call of its API from you, signed with your key.`], {
    URI: issuer + target,
    Purpose: "api-call",
    Method: method,
    "Body SHA-256": sha256Hex(body),
    Nonce: nonce,
  });
}

const callNonceShape = /^(\d{9,11})\.[\w-]{16,64}$/;

/** When a call says it was signed, in epoch milliseconds. */
export function readCallNonce(nonce: string): { signedAt: number } | undefined {
  const seconds = callNonceShape.exec(nonce)?.[1];
  return seconds === undefined ? undefined : { signedAt: Number(seconds) * 1000 };
}

function dated({ nonce, issuedAt, expiresAt }: Omit<Challenge, "issuer">): Record<string, string> {
  return { Nonce: nonce, "Issued At": iso(issuedAt), "Expiration Time": iso(expiresAt) };
}

function write(sentences: readonly string[], { URI, ...facts }: Record<string, string>): string {
  const lines = Object.entries({ URI, Version: "1", ...facts }).map(([name, value]) => `${name}: ${value}`);
  return [...sentences, lines.join("\n")].join("\n\n");
}

function hostOf(issuer: string): string {
  return new URL(issuer).host;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
