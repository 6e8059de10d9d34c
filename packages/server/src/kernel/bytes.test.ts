import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64Url, encodeBase64Url, Packer, Unpacker } from "./bytes.ts";

describe("base64url", () => {
  it("gives back every value", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(new Uint8Array(decodeBase64Url(encodeBase64Url(bytes))!)).toEqual(bytes);
      }),
    );
  });

  it("accepts one spelling only", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.stringMatching(/^[A-Za-z0-9_-]{0,20}$/)), (text) => {
        const bytes = decodeBase64Url(text);
        expect(bytes === undefined || encodeBase64Url(bytes) === text).toBe(true);
      }),
    );
    for (const text of ["AAB", "AA==", "A", "+/==", "AA AA", "AAAA\n"]) expect(decodeBase64Url(text)).toBeUndefined();
  });
});

describe("packing", () => {
  const bodies = fc.base64String({ minLength: 0 }).map((text) => text.toLowerCase());
  const idBodies = fc.stringMatching(/^[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$/);
  const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });

  it("gives back what was written, in order", () => {
    const sizes = fc.record({
      small: fc.integer({ min: 0, max: 255 }),
      time: times,
      count: fc.maxSafeNat(),
      id: idBodies,
      text: fc.oneof(fc.string({ unit: "grapheme" }), bodies, fc.constant("x".repeat(2000))),
      bytes: fc.uint8Array({ maxLength: 600 }),
    });
    fc.assert(
      fc.property(sizes, (value) => {
        const payload = new Packer()
          .u8(value.small)
          .u48(value.time)
          .varint(value.count)
          .id(`usr_${value.id}`)
          .text(value.text)
          .bytes(value.bytes)
          .finish();
        const unpacker = new Unpacker(payload);
        expect(unpacker.u8()).toBe(value.small);
        expect(unpacker.u48()).toBe(value.time);
        expect(unpacker.varint()).toBe(value.count);
        expect(unpacker.id("usr")).toBe(`usr_${value.id}`);
        expect(unpacker.text()).toBe(value.text.toWellFormed());
        expect(new Uint8Array(unpacker.bytes())).toEqual(value.bytes);
        unpacker.end();
      }),
    );
  });

  it("throws on payloads that are shorter, longer or no varint", () => {
    const payload = new Packer().text("openid").u48(1).finish();
    for (let length = 0; length < payload.length; length++) {
      const cut = new Unpacker(payload.subarray(0, length));
      expect(() => [cut.text(), cut.u48()], `${length} bytes`).toThrow("shorter");
    }
    expect(() => new Unpacker(new Uint8Array(1)).end()).toThrow("longer");
    expect(() => new Unpacker(new Uint8Array(9).fill(255)).varint()).toThrow("varint");
    expect(() => new Unpacker(Uint8Array.of(0x81, 0)).varint()).toThrow("varint");
  });

  it("refuses to write what it could not give back", () => {
    for (const value of [-1, 1.5, 2 ** 53, Number.NaN]) expect(() => new Packer().varint(value)).toThrow("varint");
    for (const id of ["", "usr_", "usr_81m7y529xvet8tmzka2gm2fme1", "usr_01M7Y529XVET8TMZKA2GM2FME1"]) {
      expect(() => new Packer().id(id), id).toThrow("not an id");
    }
  });
});
