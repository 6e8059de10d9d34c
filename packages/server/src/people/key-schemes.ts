import { Buffer } from "node:buffer";
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

export const keySchemes = ["sr25519", "ed25519"] as const;
export type KeyScheme = (typeof keySchemes)[number];

/** Signs with the 32 bytes of a seed, or, for sr25519, with the 64 of an expanded secret. */
export async function signWith(scheme: KeyScheme, secret: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  if (scheme === "ed25519") return sign(null, message, ed25519Secret(secret));
  const sr25519 = await loadSr25519();
  return sr25519.sign(secret.length === 32 ? sr25519.secretFromSeed(secret) : secret, message);
}

export async function publicKeyOf(scheme: KeyScheme, secret: Uint8Array): Promise<Uint8Array> {
  if (scheme === "ed25519") {
    const { x } = createPublicKey(ed25519Secret(secret)).export({ format: "jwk" });
    return Uint8Array.from(Buffer.from(x!, "base64url"));
  }
  const sr25519 = await loadSr25519();
  return sr25519.getPublicKey(secret.length === 32 ? sr25519.secretFromSeed(secret) : secret);
}

/** False for everything that is no signature of this key, however broken. */
export async function verifyWith(
  scheme: KeyScheme,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (scheme === "ed25519") return verifyEd25519(publicKey, message, signature);
  const sr25519 = await loadSr25519();
  try {
    return sr25519.verify(message, signature, publicKey);
  } catch {
    return false;
  }
}

/** Rarely needed and slow to load, so not before somebody brings such a key. */
const loadSr25519 = () => import("@scure/sr25519");

function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (hasSmallOrder(publicKey)) return false;
  try {
    return verify(null, message, ed25519Public(publicKey), signature);
  } catch {
    return false;
  }
}

/** RFC 8032 5.1.3: a y that is not below p is none. With one of eight points everything verifies; some libraries take them. */
function hasSmallOrder(publicKey: Uint8Array): boolean {
  const y = Buffer.from(publicKey);
  y[31]! &= 0x7f;
  return isBeyondField(y) || smallOrder.has(y.toString("hex"));
}

/** p is 2^255 - 19, written with its lowest byte first. */
function isBeyondField(y: Uint8Array): boolean {
  return y[31] === 0x7f && y.subarray(1, 31).every((byte) => byte === 0xff) && y[0]! >= 0xed;
}

/** The values of y of the points whose order divides eight; the sign of x makes eight points of these five. */
const smallOrder = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]);

/** RFC 8410 7: a seed is the whole private key; the public one follows from it. */
function ed25519Secret(seed: Uint8Array): KeyObject {
  const head = Buffer.from("302e020100300506032b657004220420", "hex");
  return createPrivateKey({ key: Buffer.concat([head, seed]), format: "der", type: "pkcs8" });
}

function ed25519Public(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}
