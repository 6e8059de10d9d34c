import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import { base58 } from "@scure/base";

/** Every way of writing a key is shorter. */
const longestAddress = 80;

/** The network of addresses that belong to no chain in particular. */
const genericPrefix = 42;

const hexShape = /^(?:0x)?([0-9a-f]{64})$/i;

/**
 * The 32 bytes of a key, from hexadecimal in any letter case or from an SS58 address of any network: however it is written,
 * it is the same key. Undefined for everything else, such as an address with a typing error.
 */
export function readAddress(text: string): Uint8Array | undefined {
  if (text.length > longestAddress) return undefined;
  const plain = text.trim();
  const hex = hexShape.exec(plain)?.[1];
  return hex === undefined ? readSs58(plain) : Uint8Array.from(Buffer.from(hex, "hex"));
}

/** As wallets show it: SS58 with the generic prefix. */
export function writeAddress(publicKey: Uint8Array, prefix = genericPrefix): string {
  const head = prefix < 64 ? [prefix] : longHead(prefix);
  const body = Uint8Array.from([...head, ...publicKey]);
  return base58.encode(Uint8Array.from([...body, ...checksum(body)]));
}

function readSs58(text: string): Uint8Array | undefined {
  const bytes = decodeBase58(text);
  const headLength = bytes && headLengthOf(bytes[0]!);
  if (!bytes || headLength === undefined || bytes.length !== headLength + 32 + 2) return undefined;
  const body = bytes.subarray(0, -2);
  return Buffer.compare(checksum(body), bytes.subarray(-2)) === 0 ? body.slice(headLength) : undefined;
}

/** Prefixes below 64 take one byte; those that begin with 64 to 127 take two; the rest is reserved. */
function headLengthOf(first: number): number | undefined {
  if (first < 64) return 1;
  return first < 128 ? 2 : undefined;
}

function longHead(prefix: number): [number, number] {
  return [((prefix & 0b1111_1100) >> 2) | 0b0100_0000, (prefix >> 8) | ((prefix & 0b11) << 6)];
}

function checksum(body: Uint8Array): Uint8Array {
  return hash("blake2b512", Buffer.concat([Buffer.from("SS58PRE"), body]), "buffer").subarray(0, 2);
}

function decodeBase58(text: string): Uint8Array | undefined {
  try {
    const bytes = base58.decode(text);
    return bytes.length > 0 ? bytes : undefined;
  } catch {
    return undefined;
  }
}
