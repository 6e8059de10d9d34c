import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress, writeAddress } from "./key-address.ts";
import { type KeyScheme, keySchemes, publicKeyOf, signWith, verifyWith } from "./key-schemes.ts";
import { findScheme, readSignature } from "./key-signature.ts";

const message = Buffer.from("hello world");
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));

/** Signatures of "hello world" made by wallets, wrapped and not. */
const made: { scheme: KeyScheme; address: string; signature: string; wrapped: boolean }[] = [
  {
    scheme: "ed25519",
    address: "DxN4uvzwPzJLtn17yew6jEffPhXQfdKHTp2brufb98vGbPN",
    signature:
      "299d3bf4c8bb51af732f8067b3a3015c0862a5ff34721749d8ed6577ea2708365d1c5f76bd519009971e41156f12c70abc2533837ceb3bad9a05a99ab923de06",
    wrapped: false,
  },
  {
    scheme: "sr25519",
    address: "EK1bFgKm2FsghcttHT7TB7rNyXApFgs9fCbijMGQNyFGBQm",
    signature:
      "ca01419b5a17219f7b78335658cab3b126db523a5df7be4bfc2bef76c2eb3b1dcf4ca86eb877d0a6cf6df12db5995c51d13b00e005d053b892bd09c594434288",
    wrapped: false,
  },
  {
    scheme: "sr25519",
    address: "J9nD3s7zssCX7bion1xctAF6xcVexcpy2uwy4jTm9JL8yuK",
    signature:
      "84b6afb1c8e54bbcb3f4872baf172580e21310e9387a53742627d6652d121447fa406b82805ed3184fb7bd519175cc9f99f283f97954d95cf966ee164df85489",
    wrapped: true,
  },
];

describe.each(made)("a wallet's $scheme signature, wrapped: $wrapped", ({ scheme, address, signature, wrapped }) => {
  const key = readAddress(address)!;

  it("is found to be one of this text and scheme", async () => {
    const [plain, numbered] = [`0x${signature}`, (scheme === "ed25519" ? "00" : "01") + signature];
    for (const text of [plain, numbered]) {
      expect(await findScheme(key, "hello world", readSignature(text)!)).toBe(scheme);
      expect(await findScheme(key, "hello World", readSignature(text)!)).toBeUndefined();
    }
    expect(await verifyWith(scheme, key, message, bytes(signature))).toBe(!wrapped);
  });

  it("is none of the other scheme, whatever number stands before it", async () => {
    const other = scheme === "ed25519" ? "sr25519" : "ed25519";
    const lying = readSignature((scheme === "ed25519" ? "01" : "00") + signature)!;
    expect(await findScheme(key, "hello world", lying)).toBeUndefined();
    expect(await findScheme(key, "hello world", readSignature(signature)!, [other])).toBeUndefined();
  });

  it("with one bit changed is none", async () => {
    for (let bit = 0; bit < 512; bit += 7) {
      const changed = bytes(signature);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(await findScheme(key, "hello world", { bytes: changed, scheme: undefined }), `bit ${bit}`).toBeUndefined();
    }
  });
});

describe("keys of a seed", () => {
  it("are those other programs make of it", async () => {
    // Alice in development; RFC 8032 7.1, test 2.
    const sr25519 = await publicKeyOf(
      "sr25519",
      bytes("e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a"),
    );
    expect(writeAddress(sr25519)).toBe("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
    const alice = await publicKeyOf(
      "ed25519",
      bytes("abf8e5bdbe30c65656c0a3cbd181ff8a56294a69dfedd27982aace4a76909115"),
    );
    expect(writeAddress(alice)).toBe("5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu");
    const seed = bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    const signature = await signWith("ed25519", seed, bytes("72"));
    expect(Buffer.from(signature).toString("hex")).toBe(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
  });

  it.each(keySchemes)("sign what they verify, and nothing else: %s", async (scheme) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.string({ unit: "binary", maxLength: 300 }),
        async (seed, text, other) => {
          const key = await publicKeyOf(scheme, seed);
          const signature = { bytes: await signWith(scheme, seed, Buffer.from(text)), scheme: undefined };
          expect(await findScheme(key, text, signature)).toBe(scheme);
          if (Buffer.from(other).compare(Buffer.from(text)) !== 0) {
            expect(await findScheme(key, other, signature)).toBeUndefined();
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe("what is no signature", () => {
  it("is not read, and does not throw", () => {
    const none = ["", "0x", "0x0", "ab".repeat(63), "ab".repeat(66), `02${"ab".repeat(64)}`, `${"ab".repeat(64)}g`];
    for (const text of [...none, "é".repeat(128), "a".repeat(100_000)]) expect(readSignature(text)).toBeUndefined();
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => readSignature(text) === undefined));
  });

  it("verifies with no key, however strange the two are", async () => {
    const strange = fc.oneof(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.constantFrom(new Uint8Array(32), new Uint8Array(32).fill(0xff)),
    );
    const halves = fc.tuple(strange, strange).map(([first, second]) => Uint8Array.from([...first, ...second]));
    await fc.assert(
      fc.asyncProperty(strange, halves, async (key, signature) => {
        expect(await findScheme(key, "hello world", { bytes: signature, scheme: undefined })).toBeUndefined();
      }),
      { numRuns: 300 },
    );
    for (const scheme of keySchemes) {
      expect(await verifyWith(scheme, new Uint8Array(31), message, new Uint8Array(64))).toBe(false);
      expect(await verifyWith(scheme, new Uint8Array(32), message, new Uint8Array(63))).toBe(false);
    }
  });
});

/** With such a key [k]A falls out of RFC 8032 5.1.7 for every eighth text or more: R = [S]B fits whatever was said. */
describe("an ed25519 key of small order", () => {
  const one = `01${"00".repeat(31)}`;
  const basePoint = `58${"66".repeat(31)}`;
  const keys = [
    one,
    "00".repeat(32),
    `${"00".repeat(31)}80`,
    `ec${"ff".repeat(30)}7f`,
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    `ed${"ff".repeat(30)}7f`,
    `ee${"ff".repeat(30)}7f`,
    `ee${"ff".repeat(31)}`,
  ];

  it.each(keys)("signs nothing: %s", async (key) => {
    for (const signature of [basePoint + one, one + "00".repeat(32)]) {
      for (let each = 0; each < 16; each++) {
        const text = `text ${each}`;
        expect(await findScheme(bytes(key), text, { bytes: bytes(signature), scheme: undefined })).toBeUndefined();
      }
    }
  });
});
