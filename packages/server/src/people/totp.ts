import { Buffer } from "node:buffer";
import { sameText } from "../kernel/hash.ts";
import { openJson, type Sealer, sealJson } from "../kernel/seal.ts";

/** RFC 4226 4, requirement 6, recommends a shared secret of 160 bits. */
export const totpSecretLength = 20;
/** What every authenticator app takes without asking: SHA-1, six digits, 30 seconds (RFC 6238 1.2). */
const settings = { algorithm: "SHA1", digits: 6 } as const;
const stepMs = 30_000;

const purpose = "totp_secret";

/** The owner's id says that no other's secret was put in its place. */
interface Kept {
  userId: string;
  /** Base64. */
  secret: string;
}

/** @param lasting the sealer that outlives a restored backup */
export function sealTotpSecret(lasting: Sealer, userId: string, secret: Uint8Array): string {
  return sealJson(lasting, purpose, { userId, secret: Buffer.from(secret).toString("base64") } satisfies Kept);
}

export function openTotpSecret(lasting: Sealer, userId: string, sealed: string): Uint8Array | undefined {
  const kept = openJson<Kept>(lasting, purpose, sealed);
  return kept?.userId === userId ? Buffer.from(kept.secret, "base64") : undefined;
}

/** The number of 30 seconds since 1970: what a code is made from (RFC 6238 4.2). */
export function stepAt(epochMs: number): number {
  return Math.floor(epochMs / stepMs);
}

export async function totpCode(secret: Uint8Array, step: number): Promise<string> {
  const { HOTP, Secret } = await import("otpauth");
  return HOTP.generate({ ...settings, secret: new Secret({ buffer: bufferOf(secret) }), counter: step });
}

/** How far the clock of a phone may be off (RFC 6238 5.2 recommends one step at most). */
const skewSteps = 1;

/** The step that the code belongs to, the latest that fits. All of them are compared, whichever it is. */
export async function findTotpStep(secret: Uint8Array, typed: string, now: number): Promise<number | undefined> {
  const code = readCode(typed);
  let found: number | undefined;
  for (let step = stepAt(now) - skewSteps; step <= stepAt(now) + skewSteps; step++) {
    if (sameText(await totpCode(secret, step), code)) found = step;
  }
  return found;
}

/** Wide digits are digits, and spaces between them are nothing. */
function readCode(typed: string): string {
  return typed
    .slice(0, 40)
    .normalize("NFKC")
    .replace(/[\s\p{Cf}-]/gu, "");
}

export interface TotpSetup {
  /** What an authenticator app reads from the picture. */
  uri: string;
  /** The same for typing, in base32. */
  key: string;
}

/** @param issuer as the app names the account; @param label whose it is */
export async function describeTotp(secret: Uint8Array, issuer: string, label: string): Promise<TotpSetup> {
  const { Secret, TOTP } = await import("otpauth");
  const key = new Secret({ buffer: bufferOf(secret) });
  // A colon parts issuer and label in what apps read.
  const totp = new TOTP({ ...settings, issuer: issuer.replaceAll(":", " "), label, secret: key });
  return { uri: totp.toString(), key: key.base32 };
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
