import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress, writeAddress } from "./key-address.ts";

const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");

/** The well-known key of Alice in development, as different networks write it. */
const alice = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
const alicesAddresses: [prefix: number, address: string][] = [
  [42, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"],
  [0, "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5"],
  [2, "HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F"],
];

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("the address of a key", () => {
  it.each(alicesAddresses)("is known from other programs: prefix %i", (prefix, address) => {
    expect(hex(readAddress(address))).toBe(alice);
    expect(writeAddress(Buffer.from(alice, "hex"), prefix)).toBe(address);
  });

  it("[I07] names one key, in whatever way and for whatever network it is written", () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 0, max: 16_383 }), (key, prefix) => {
        const plain = hex(key)!;
        const written = [writeAddress(key, prefix), plain, plain.toUpperCase(), `0x${plain}`, ` 0X${plain}\n`];
        for (const each of written) expect(hex(readAddress(each))).toBe(plain);
      }),
    );
  });

  it("with one sign wrong is no address, and never another key's", () => {
    const signs = [..."123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"];
    let found = 0;
    fc.assert(
      fc.property(keys, fc.nat(46), fc.constantFrom(...signs), (key, at, sign) => {
        const address = writeAddress(key);
        const wrong = address.slice(0, at) + sign + address.slice(at + 1);
        // Two bytes of checksum: one mistake in 65,536 may pass as somebody's key, which then has signed nothing.
        if (wrong !== address && readAddress(wrong) !== undefined) found += 1;
      }),
      { numRuns: 2000 },
    );
    expect(found).toBeLessThan(3);
  });

  it("is read from nothing else, and reading never throws", () => {
    const address = alicesAddresses[0]![1];
    const none = [
      "",
      "0x",
      alice.slice(1),
      `${alice}00`,
      `0x${alice.replace("d", "g")}`,
      address.slice(0, -1),
      `${address}1`,
      `1${address}`,
      address.toLowerCase(),
      address.toUpperCase(),
      address.replace("5", "O"),
      "5".repeat(10_000),
      "\0".repeat(48),
    ];
    for (const text of none) expect(readAddress(text), text.slice(0, 60)).toBeUndefined();
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => readAddress(text) === undefined));
  });

  it("is none for an account number of another length", () => {
    const key = Buffer.from(alice, "hex");
    expect(readAddress(writeAddress(Buffer.concat([key, Buffer.from([1])])))).toBeUndefined();
    expect(readAddress(writeAddress(key.subarray(1)))).toBeUndefined();
    expect(readAddress(writeAddress(key.subarray(1), 255))).toBeUndefined();
  });
});
