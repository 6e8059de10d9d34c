import { randomFillSync } from "node:crypto";
import { assert } from "./assert.ts";
import { decodeBase32, encodeBase32 } from "./base32.ts";
import type { Clock } from "./clock.ts";

/** Where chance comes from. */
export interface Random {
  bytes(length: number): Uint8Array;
  /** `<prefix>_` and 26 characters. Ids of one process sort in the order in which they were made. */
  id(prefix: string): string;
  /** Lower-case letters and digits, each equally likely: 5.17 bits a character. */
  text(length: number): string;
}

export function systemRandom(clock: Clock): Random {
  return createRandom(clock, pooled(4096));
}

/** The same seed gives the same values. For tests and simulation only. */
export function seededRandom(seed: number, clock: Clock): Random {
  let state = seed >>> 0;
  // Mulberry32: small, and good enough for everything but secrets.
  const nextByte = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 255;
  };
  return createRandom(clock, (length) => Uint8Array.from({ length }, nextByte));
}

function createRandom(clock: Clock, bytes: (length: number) => Uint8Array): Random {
  const nextUuid = uuidSequence(clock, bytes);
  return {
    bytes,
    id: (prefix) => `${prefix}_${encodeBase32(nextUuid())}`,
    text: (length) => randomText(length, bytes),
  };
}

/** One call of the system for many small requests: a single one costs more than the sealing it is for. */
function pooled(size: number): (length: number) => Uint8Array {
  const pool = new Uint8Array(size);
  let used = size;
  return (length) => {
    if (length > size / 4) return randomFillSync(new Uint8Array(length));
    if (used + length > size) {
      randomFillSync(pool);
      used = 0;
    }
    const bytes = pool.slice(used, used + length);
    pool.fill(0, used, used + length);
    used += length;
    return bytes;
  };
}

/** UUID version 7 (RFC 9562 5.7) whose 12 bits after the time are a counter, begun at chance each millisecond. */
function uuidSequence(clock: Clock, bytes: (length: number) => Uint8Array): () => Uint8Array {
  let lastTime = 0;
  let counter = 0;
  return () => {
    const uuid = new Uint8Array(16);
    const chance = bytes(10);
    const time = Math.max(clock.now(), lastTime);
    if (time > lastTime) {
      lastTime = time;
      counter = ((chance[0]! & 7) << 8) | chance[1]!;
    } else if (++counter > 0xfff) {
      lastTime += 1;
      counter = 0;
    }
    writeTime(uuid, lastTime);
    uuid[6] = 0x70 | (counter >> 8);
    uuid[7] = counter & 255;
    uuid.set(chance.subarray(2), 8);
    uuid[8] = 0x80 | (uuid[8]! & 0x3f);
    return uuid;
  };
}

function writeTime(uuid: Uint8Array, epochMs: number): void {
  let rest = epochMs;
  for (let index = 5; index >= 0; index--) {
    uuid[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** The epoch milliseconds at which an id was made. */
export function idTime(id: string): number {
  const bytes = decodeBase32(id.slice(id.lastIndexOf("_") + 1));
  assert(bytes, "not an id");
  return bytes.subarray(0, 6).reduce((time, byte) => time * 256 + byte, 0);
}

/** Not above any id of that millisecond or later, and above every earlier one. */
export function idFloor(prefix: string, epochMs: number): string {
  const uuid = new Uint8Array(16);
  writeTime(uuid, epochMs);
  return `${prefix}_${encodeBase32(uuid)}`;
}

const symbols = "abcdefghijklmnopqrstuvwxyz0123456789";

function randomText(length: number, bytes: (length: number) => Uint8Array): string {
  let text = "";
  while (text.length < length) {
    for (const byte of bytes(length - text.length)) {
      // 252 is the largest multiple of 36 in a byte; what lies above would favour the first symbols.
      if (byte < 252) text += symbols[byte % 36];
    }
  }
  return text;
}
