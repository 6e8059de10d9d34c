import { createHash, randomBytes } from "node:crypto";

/** 256 bits nobody can guess. */
export function guessless(): string {
  return randomBytes(32).toString("base64url");
}

/** RFC 7636 4.2, S256. */
export function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}
