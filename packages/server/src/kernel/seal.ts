/**
 * Sealed values: authenticated encryption whose key belongs to one purpose, issuer, epoch and process, so that a value
 * sealed for one use, installation or life of the database opens in no other. Layout before base64url:
 *
 *     key id 2 | salt 12 | counter 6 | ciphertext | tag 16
 */
import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { assert } from "./assert.ts";
import { decodeBase64Url } from "./bytes.ts";
import type { Random } from "./random.ts";
import { twoGenerationCache } from "./two-generation-cache.ts";

export interface Sealer {
  seal(purpose: string, payload: Uint8Array): string;
  /** Undefined for everything that `seal` did not write for this purpose, in exactly this spelling. */
  open(purpose: string, token: string): Uint8Array | undefined;
}

export interface SealerOptions {
  /** Newest first: the first one seals, all of them open. */
  secrets: readonly string[];
  issuer: string;
  /** Changes when a backup is restored; empty for what must outlive that, such as signing keys. */
  epoch: string;
  random: Random;
}

const algorithm = "aes-256-gcm";
const saltLength = 12;
const headLength = 2 + saltLength;
const bodyStart = headLength + 6;
const tagLength = 16;
const foreignKeys = 1000;

interface Secret {
  key: KeyObject;
  id: Buffer;
}

export function createSealer({ secrets, issuer, epoch, random }: SealerOptions): Sealer {
  assert(secrets.length > 0, "a sealer needs a secret");
  const known = secrets.map(readSecret);
  const newest = known[0]!;
  // A salt of its own makes the keys of every process its own, so that a counter is enough of a nonce.
  const head = Buffer.concat([newest.id, random.bytes(saltLength)]);
  const derive = (secret: Secret, salt: Uint8Array, purpose: string) =>
    createSecretKey(Buffer.from(hkdfSync("sha256", secret.key, salt, JSON.stringify([purpose, issuer, epoch]), 32)));

  const ownKeys = new Map<string, KeyObject>();
  const ownKey = (purpose: string) => {
    let key = ownKeys.get(purpose);
    if (!key) {
      key = derive(newest, head.subarray(2), purpose);
      ownKeys.set(purpose, key);
    }
    return key;
  };

  // Filled only by values that opened: a stranger's salts cost a derivation and leave nothing behind.
  const otherKeys = twoGenerationCache<string, KeyObject>(foreignKeys);
  const openForeign = (purpose: string, sealed: Buffer): Uint8Array | undefined => {
    const name = sealed.toString("latin1", 0, headLength) + purpose;
    const cached = otherKeys.get(name);
    if (cached) return decrypt(cached, purpose, sealed);
    for (const secret of known) {
      if (sealed.compare(secret.id, 0, 2, 0, 2) !== 0) continue;
      const key = derive(secret, sealed.subarray(2, headLength), purpose);
      const payload = decrypt(key, purpose, sealed);
      if (payload) otherKeys.set(name, key);
      if (payload) return payload;
    }
    return undefined;
  };

  let counter = 0;
  return {
    seal: (purpose, payload) => encrypt(ownKey(purpose), purpose, head, counter++, payload),
    open(purpose, token) {
      const sealed = decodeBase64Url(token) as Buffer | undefined;
      if (!sealed || sealed.length < bodyStart + tagLength) return undefined;
      if (sealed.compare(head, 0, headLength, 0, headLength) === 0) return decrypt(ownKey(purpose), purpose, sealed);
      return openForeign(purpose, sealed);
    },
  };
}

function readSecret(secret: string): Secret {
  const key = createSecretKey(secret, "utf8");
  return { key, id: Buffer.from(hkdfSync("sha256", key, "", "innkeeper key id", 2)) };
}

function encrypt(key: KeyObject, purpose: string, head: Buffer, counter: number, payload: Uint8Array): string {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(counter, 6, 6);
  const cipher = createCipheriv(algorithm, key, nonce);
  cipher.setAAD(Buffer.from(purpose));
  const body = cipher.update(payload);
  cipher.final();
  return Buffer.concat([head, nonce.subarray(6), body, cipher.getAuthTag()]).toString("base64url");
}

function decrypt(key: KeyObject, purpose: string, sealed: Buffer): Uint8Array | undefined {
  const nonce = Buffer.alloc(12);
  sealed.copy(nonce, 6, headLength, bodyStart);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  const payload = decipher.update(sealed.subarray(bodyStart, sealed.length - tagLength));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return payload;
}

/** For pages, where readable beats small. */
export function sealJson(sealer: Sealer, purpose: string, value: unknown): string {
  return sealer.seal(purpose, Buffer.from(JSON.stringify(value)));
}

/** What `sealJson` was given; the caller knows its type, because nobody else can have sealed it. */
export function openJson<T>(sealer: Sealer, purpose: string, token: string): T | undefined {
  const payload = sealer.open(purpose, token);
  return payload && (JSON.parse(Buffer.from(payload).toString("utf8")) as T);
}
