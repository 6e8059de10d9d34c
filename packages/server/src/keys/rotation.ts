import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type { Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import type { Sealer } from "../kernel/seal.ts";
import type { SigningAlg } from "./sign.ts";
import { deleteSigningKey, insertSigningKey, type StoredKey, selectSigningKeys } from "./signing-keys.sql.ts";

const minute = 60_000;

/** How long clients may keep the key set. */
export const keySetCachedSeconds = 300;
/** Published before it signs: longer than any honest cache keeps the key set. */
const leadMs = 10 * minute;
/** Published after its successor began to sign: the life of an ID token, and a margin. */
const afterlifeMs = 70 * minute;

const sealPurpose = "signing_key";
const generate = promisify(generateKeyPair);

export interface NewSigningKey {
  alg: SigningAlg;
  publicJwk: JsonWebKey;
  /** PKCS #8. */
  privateDer: Uint8Array;
}

/** Takes a moment, so it is done before the transaction that stores it. */
export async function generateSigningKey(alg: SigningAlg): Promise<NewSigningKey> {
  const { publicKey, privateKey } =
    alg === "RS256" ? await generate("rsa", { modulusLength: 2048 }) : await generate("ec", { namedCurve: "P-256" });
  return {
    alg,
    publicJwk: publicKey.export({ format: "jwk" }),
    privateDer: privateKey.export({ format: "der", type: "pkcs8" }),
  };
}

/**
 * Publishes the key at once and lets it sign after ten minutes, when every client has seen it; `now` lets it sign at
 * once. Its predecessor stays published until the last ID token it signed has expired.
 */
export async function rotateSigningKey(
  tx: Tx,
  lasting: Sealer,
  key: NewSigningKey,
  options: { now?: boolean } = {},
): Promise<{ kid: string; alg: SigningAlg; activeAt: number }> {
  const time = tx.clock.now();
  const keys = await selectSigningKeys(tx);
  for (const { kid } of keys.filter((old) => publishedUntil(old, keys) <= time)) await deleteSigningKey(tx, kid);
  const stored = sealKey(lasting, key, tx.random.id("sig"), options.now ? time : time + leadMs);
  await insertSigningKey(tx, stored);
  await announce(tx, "signing_key", stored.kid);
  const { kid, alg, activeAt } = stored;
  await recordAudit(tx, {
    actorId: "system",
    action: "signing_key.rotated",
    subjectId: kid,
    detail: { alg, activeAt },
  });
  return { kid, alg, activeAt };
}

/** Epoch milliseconds, or infinity while nothing follows it. `keys` are in the order in which they begin to sign. */
export function publishedUntil(key: StoredKey, keys: readonly StoredKey[]): number {
  const successor = keys.slice(keys.indexOf(key) + 1).find((other) => other.alg === key.alg);
  return successor ? successor.activeAt + afterlifeMs : Number.POSITIVE_INFINITY;
}

export function sealKey(lasting: Sealer, key: NewSigningKey, kid: string, activeAt: number): StoredKey {
  const { alg, publicJwk } = key;
  return { kid, alg, publicJwk, privateSealed: lasting.seal(sealPurpose, key.privateDer), activeAt };
}

/** Undefined when no configured secret sealed it. */
export function openPrivateKey(lasting: Sealer, key: StoredKey): Uint8Array | undefined {
  return lasting.open(sealPurpose, key.privateSealed);
}
