import { describe, expect, it } from "vitest";
import { UsageFault } from "../process/answer.ts";
import { readEndpoint, readIssuer } from "./secure-url.ts";

describe("an issuer", () => {
  it.each([
    ["https://id.acme.example", "https://id.acme.example"],
    ["https://id.acme.example/", "https://id.acme.example"],
    ["https://ID.acme.example:443/tenant/", "https://id.acme.example/tenant"],
    ["http://localhost:8420", "http://localhost:8420"],
    ["http://[::1]:8420", "http://[::1]:8420"],
  ])("%s is %s", (typed, issuer) => {
    expect(readIssuer(typed)).toBe(issuer);
  });

  it.each([
    "",
    "acme",
    "id.acme.example",
    "http://id.acme.example",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "ftp://id.acme.example",
    "file:///etc/passwd",
    "https://id.acme.example?x=1",
    "https://id.acme.example#x",
    "https://maya@id.acme.example",
  ])("%s is none", (typed) => {
    expect(() => readIssuer(typed)).toThrow(UsageFault);
  });
});

describe("an endpoint", () => {
  it("is https, or on this machine; nothing else is trusted with a token", () => {
    expect(readEndpoint("https://id.acme.example/idp/token", "token_endpoint")).toBe(
      "https://id.acme.example/idp/token",
    );
    for (const value of ["http://id.acme.example/token", "javascript:alert(1)", "/idp/token", "", undefined, 7]) {
      expect(() => readEndpoint(value, "token_endpoint")).toThrow("names no token_endpoint");
    }
  });
});
