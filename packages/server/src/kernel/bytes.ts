/** Bytes as text, and values as bytes, both ways. */
import { Buffer } from "node:buffer";
import { assert } from "./assert.ts";
import { decodeBase32, encodeBase32 } from "./base32.ts";

export function encodeBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64url");
}

/** Undefined unless `text` is exactly what `encodeBase64Url` writes: one value has one spelling. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
}

/** Writes compact binary payloads, to be read back by an Unpacker in the same order. */
export class Packer {
  #buffer = Buffer.allocUnsafe(256);
  #length = 0;

  u8(value: number): this {
    const at = this.#reserve(1);
    this.#buffer.writeUInt8(value, at);
    return this;
  }

  /** For epoch milliseconds. */
  u48(value: number): this {
    const at = this.#reserve(6);
    this.#buffer.writeUIntBE(value, at, 6);
    return this;
  }

  /** Any safe integer from zero up, in one to eight bytes. */
  varint(value: number): this {
    assert(Number.isSafeInteger(value) && value >= 0, "a varint is a safe integer from zero up");
    let rest = value;
    while (rest > 127) {
      this.u8((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    return this.u8(rest);
  }

  /** The 16 bytes of an id such as `usr_…`; the reader names the prefix. */
  id(id: string): this {
    const bytes = decodeBase32(id.slice(id.lastIndexOf("_") + 1));
    assert(bytes, "not an id");
    this.#buffer.set(bytes, this.#reserve(16));
    return this;
  }

  text(text: string): this {
    const length = Buffer.byteLength(text);
    this.varint(length);
    const at = this.#reserve(length);
    this.#buffer.write(text, at, length, "utf8");
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.varint(bytes.length);
    const at = this.#reserve(bytes.length);
    this.#buffer.set(bytes, at);
    return this;
  }

  finish(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #reserve(size: number): number {
    const at = this.#length;
    const needed = at + size;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, at);
      this.#buffer = larger;
    }
    this.#length = needed;
    return at;
  }
}

/** Every method throws when the payload is shorter or otherwise not what a Packer writes. */
export class Unpacker {
  readonly #buffer: Buffer;
  #position = 0;

  constructor(payload: Uint8Array) {
    this.#buffer = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  }

  u8(): number {
    return this.#buffer.readUInt8(this.#take(1));
  }

  u48(): number {
    return this.#buffer.readUIntBE(this.#take(6), 6);
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      value += (byte & 127) * scale;
      if (byte < 128) {
        assert(Number.isSafeInteger(value) && (byte > 0 || scale === 1), "malformed varint");
        return value;
      }
      scale *= 128;
      assert(scale <= 2 ** 49, "malformed varint");
    }
  }

  id(prefix: string): string {
    const at = this.#take(16);
    return `${prefix}_${encodeBase32(this.#buffer.subarray(at, at + 16))}`;
  }

  text(): string {
    const length = this.varint();
    const at = this.#take(length);
    return this.#buffer.toString("utf8", at, at + length);
  }

  bytes(): Uint8Array {
    const length = this.varint();
    const at = this.#take(length);
    return this.#buffer.subarray(at, at + length);
  }

  /** Asserts that nothing is left. */
  end(): void {
    assert(this.#position === this.#buffer.length, "payload is longer than expected");
  }

  #take(size: number): number {
    const at = this.#position;
    assert(size <= this.#buffer.length - at, "payload is shorter than expected");
    this.#position = at + size;
    return at;
  }
}
