import { Buffer } from "node:buffer";
import { createHmac, hash, timingSafeEqual } from "node:crypto";

export function sha256Hex(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}

export function sha256Base64Url(data: string | Uint8Array): string {
  return hash("sha256", data, "base64url");
}

/** For what is short enough to be guessed from a plain hash: without the secret nobody can try. */
export function keyedHash(secret: string, purpose: string, data: string): string {
  return createHmac("sha256", secret)
    .update(JSON.stringify([purpose, data]))
    .digest("hex");
}

/** Compares two secrets in a time that tells nothing about them, their lengths included. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(hash("sha256", a, "buffer"), hash("sha256", b, "buffer"));
}

/** The same for two hashes, which are all of one length: nothing of them is left to hide but where they differ. */
export function sameHash(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
