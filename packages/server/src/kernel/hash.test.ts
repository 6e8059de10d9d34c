import { expect, it } from "vitest";
import { sameHash, sameText, sha256Base64Url, sha256Hex } from "./hash.ts";

it("hashes as FIPS 180 and RFC 7636 appendix B say", () => {
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256Hex(new TextEncoder().encode("abc"))).toBe(sha256Hex("abc"));
  expect(sha256Base64Url("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  );
});

it("compares texts of any length", () => {
  expect(sameText("secret", "secret")).toBe(true);
  expect(sameText("", "")).toBe(true);
  for (const other of ["", "secre", "secreT", "secret "]) expect(sameText("secret", other)).toBe(false);
});

it("compares hashes, and nothing else is one", () => {
  expect(sameHash(sha256Hex("secret"), sha256Hex("secret"))).toBe(true);
  for (const other of ["", "-".repeat(64), sha256Hex("secreT"), `${sha256Hex("secret")}0`])
    expect(sameHash(sha256Hex("secret"), other)).toBe(false);
});
