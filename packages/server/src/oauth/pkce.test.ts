import { describe, expect, it } from "vitest";
import { sha256Base64Url } from "../kernel/hash.ts";
import { provesPossession } from "./pkce.ts";

/** RFC 7636 appendix B. */
const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

describe("the proof of a code", () => {
  it("is the verifier of RFC 7636", () => {
    expect(provesPossession(challenge, verifier)).toBe(true);
  });

  it.each([undefined, "", challenge, `${verifier}x`, verifier.slice(1), verifier.toLowerCase()])(
    "is nothing else: %s",
    (text) => {
      expect(provesPossession(challenge, text)).toBe(false);
    },
  );

  it("does not exist for a code without a challenge", () => {
    for (const text of [undefined, "", verifier]) expect(provesPossession(null, text)).toBe(false);
  });

  it("is not asked of an app that may go without, which must not send one then", () => {
    expect(provesPossession(null, undefined, true)).toBe(true);
    for (const text of ["", verifier]) expect(provesPossession(null, text, true)).toBe(false);
    expect(provesPossession(challenge, undefined, true)).toBe(false);
    expect(provesPossession(challenge, verifier, true)).toBe(true);
  });

  it("has between 43 and 128 characters", () => {
    for (const length of [42, 43, 128, 129]) {
      const text = "v".repeat(length);
      expect(provesPossession(sha256Base64Url(text), text)).toBe(length > 42 && length < 129);
    }
  });
});
