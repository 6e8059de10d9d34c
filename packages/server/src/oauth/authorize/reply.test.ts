import { describe, expect, it } from "vitest";
import { codeUrl, faultUrl } from "./reply.ts";

const issuer = "https://id.acme.example";
const to = (redirectUri: string, state: string | null = "xyz") => ({ redirectUri, state });

describe("an answer to the app", () => {
  it("carries code, state and issuer", () => {
    expect(codeUrl(to("https://a.example/cb"), issuer, "abc")).toBe(
      "https://a.example/cb?code=abc&state=xyz&iss=https%3A%2F%2Fid.acme.example",
    );
  });

  it("or the error, its description, state and issuer", () => {
    const url = new URL(
      faultUrl(to("https://a.example/cb"), issuer, { code: "access_denied", description: "No & no" }),
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      error: "access_denied",
      error_description: "No & no",
      state: "xyz",
      iss: issuer,
    });
  });

  it.each([
    ["https://a.example/cb?tenant=1", "https://a.example/cb?tenant=1&code=c"],
    ["https://a.example/cb?", "https://a.example/cb?code=c"],
    ["https://a.example/cb?x&", "https://a.example/cb?x&code=c"],
    ["http://127.0.0.1:8976", "http://127.0.0.1:8976?code=c"],
  ])("keeps the address %s as it is", (uri, start) => {
    expect(codeUrl(to(uri, null), issuer, "c")).toBe(`${start}&iss=https%3A%2F%2Fid.acme.example`);
  });

  it.each(['"><svg onload=alert(1)>', "a b+c%20d&e=f#g", "ключ 🗝", "\u0000\n"])(
    "echoes the state %j exactly",
    (state) => {
      expect(new URL(codeUrl(to("https://a.example/cb", state), issuer, "c")).searchParams.get("state")).toBe(state);
    },
  );
});
