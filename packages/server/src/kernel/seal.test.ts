import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64Url, encodeBase64Url } from "./bytes.ts";
import { systemClock } from "./clock.ts";
import { systemRandom } from "./random.ts";
import { createSealer, openJson, type SealerOptions, sealJson } from "./seal.ts";

const random = systemRandom(systemClock);
const base: SealerOptions = { secrets: ["a".repeat(32)], issuer: "https://acme.example", epoch: "one", random };
const sealer = createSealer(base);
const payload = new TextEncoder().encode("who, what, until when");

function flip(token: string, index: number): string {
  const other = token[index] === "A" ? "B" : "A";
  return token.slice(0, index) + other + token.slice(index + 1);
}

describe("a seal", () => {
  it("opens to what was sealed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.string(), (bytes, purpose) => {
        const token = sealer.seal(purpose, bytes);
        expect(new Uint8Array(sealer.open(purpose, token)!)).toEqual(bytes);
      }),
    );
  });

  it("[F03] refuses every cut, every changed character or bit, every other case and every addition", () => {
    const token = sealer.seal("access", payload);
    for (let length = 0; length < token.length; length++) {
      expect(sealer.open("access", token.slice(0, length)), `cut to ${length}`).toBeUndefined();
      expect(sealer.open("access", token.slice(length + 1)), `begun at ${length + 1}`).toBeUndefined();
      expect(sealer.open("access", flip(token, length)), `changed at ${length}`).toBeUndefined();
    }
    const bytes = decodeBase64Url(token)!;
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Uint8Array.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(sealer.open("access", encodeBase64Url(changed)), `bit ${bit}`).toBeUndefined();
    }
    for (const added of ["A", "=", "==", " ", "\n", ".", "\0", "AA", "AAAA"]) {
      expect(sealer.open("access", token + added), JSON.stringify(added)).toBeUndefined();
      expect(sealer.open("access", added + token), JSON.stringify(added)).toBeUndefined();
    }
    for (const other of [token.toLowerCase(), token.toUpperCase()])
      expect(sealer.open("access", other)).toBeUndefined();
    expect(sealer.open("access", token)).toBeDefined();
  });

  it("has one spelling: the unused bits of the last character are no freedom", () => {
    for (const length of [1, 2, 3]) {
      const token = sealer.seal("x", payload.subarray(0, length));
      const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=";
      const opening = [...alphabet].filter((last) => sealer.open("x", token.slice(0, -1) + last));
      expect(opening).toEqual([token.at(-1)]);
    }
  });

  it("opens nothing that a stranger made up", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 200 }).map(encodeBase64Url)), (text) => {
        expect(sealer.open("access", text)).toBeUndefined();
      }),
    );
  });

  it("belongs to its purpose, issuer, epoch and secret", () => {
    const token = sealer.seal("access", payload);
    const elsewhere: Partial<SealerOptions>[] = [
      { issuer: "https://acme.example.org" },
      { epoch: "two" },
      { secrets: ["b".repeat(32)] },
    ];
    expect(sealer.open("refresh", token)).toBeUndefined();
    for (const change of elsewhere) expect(createSealer({ ...base, ...change }).open("access", token)).toBeUndefined();
    expect(
      createSealer({ ...base, issuer: "a", epoch: "bc" }).open(
        "x",
        createSealer({ ...base, issuer: "ab", epoch: "c" }).seal("x", payload),
      ),
    ).toBeUndefined();
  });

  it("opens in every process with the same secret, again and again", () => {
    const token = sealer.seal("access", payload);
    const other = createSealer(base);
    for (let round = 0; round < 3; round++) expect(other.open("access", token)).toEqual(sealer.open("access", token));
    expect(other.open("access", flip(token, 60))).toBeUndefined();
    expect(other.open("refresh", token)).toBeUndefined();
  });

  it("opens under every secret still listed, and is made under the newest", () => {
    const [oldest, middle, newest] = ["1".repeat(32), "2".repeat(32), "3".repeat(32)];
    const old = createSealer({ ...base, secrets: [oldest] }).seal("x", payload);
    const rotated = createSealer({ ...base, secrets: [newest, middle, oldest] });
    expect(rotated.open("x", old)).toBeDefined();
    const fresh = rotated.seal("x", payload);
    expect(createSealer({ ...base, secrets: [newest] }).open("x", fresh)).toBeDefined();
    expect(createSealer({ ...base, secrets: [middle, oldest] }).open("x", fresh)).toBeUndefined();
    expect(createSealer({ ...base, secrets: [newest, middle] }).open("x", old)).toBeUndefined();
  });

  it("never uses a nonce twice, and tells nothing about equal payloads", () => {
    const heads = new Set<string>();
    for (let round = 0; round < 5000; round++) {
      heads.add(encodeBase64Url(decodeBase64Url(sealer.seal("x", payload))!.subarray(0, 20)));
    }
    expect(heads.size).toBe(5000);
  });

  it("carries JSON for pages", () => {
    const value = { request: "authorize", at: 5, list: ["ü"] };
    const token = sealJson(sealer, "page", value);
    expect(openJson(sealer, "page", token)).toEqual(value);
    expect(openJson(sealer, "other", token)).toBeUndefined();
  });
});
