import { describe, expect, it } from "vitest";
import { hostOf, isAllowedRedirectUri, isLoopbackHost, parseHttpUrl, redirectMatches } from "./url.ts";

describe("isLoopbackHost", () => {
  it.each(["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"])("%s never leaves the machine", (host) =>
    expect(isLoopbackHost(host)).toBe(true),
  );

  it.each(["localhost.example.com", "127.0.0.1.example.com", "0.0.0.0", "10.0.0.1", "[::2]", "127.0.0", ""])(
    "%j does",
    (host) => expect(isLoopbackHost(host)).toBe(false),
  );
});

describe("parseHttpUrl", () => {
  it("reads absolute http and https addresses", () => {
    expect(parseHttpUrl("https://app.example/cb?x=1")?.hostname).toBe("app.example");
    expect(parseHttpUrl("http://localhost:3000")?.port).toBe("3000");
    expect(parseHttpUrl("https://app.example#@me")?.hostname).toBe("app.example");
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "https://good.example\\@evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://x.example",
    " https://x.example",
    "https://x.example/\n",
    "https://x.exa\tmple",
    "https://ex\u00e4mple.com/",
    "https://",
    "https://x:99999/",
    "https://good.example@evil.example/",
    "https://good.example:443@evil.example?x",
    "https://@evil.example",
    "",
  ])("refuses %j", (text) => expect(parseHttpUrl(text)).toBeUndefined());
});

describe("isAllowedRedirectUri", () => {
  it.each([
    "https://app.example/cb",
    "https://app.example/cb?keep=1",
    "https://app.example:8443",
    "http://localhost:3000/cb",
    "http://127.0.0.1/cb",
    "http://[::1]:5000/cb",
    "https://app.example/@me",
  ])("accepts %s", (uri) => expect(isAllowedRedirectUri(uri)).toBe(true));

  it.each([
    "http://app.example/cb",
    "https://app.example/cb#",
    "https://app.example/cb#part",
    "https://user@app.example/cb",
    "https://user:pass@app.example/cb",
    "https://@app.example/cb",
    "https://*.example/cb",
    "https://app.example/*",
    "javascript:alert(1)",
    "data:text/html,hello",
    "com.example.app:/cb",
    "http://127.0.0.1.example.com/cb",
    "http://localhost@evil.example/cb",
    "/cb",
    "",
    `https://app.example/${"x".repeat(2048)}`,
  ])("refuses %s", (uri) => expect(isAllowedRedirectUri(uri)).toBe(false));
});

describe("redirectMatches", () => {
  const registered = ["https://app.example/Callback", "https://other.example/cb?keep=1"];

  it("wants every character of a registered address", () => {
    expect(redirectMatches(registered, "https://app.example/Callback")).toBe(true);
    expect(redirectMatches(registered, "https://other.example/cb?keep=1")).toBe(true);
    for (const asked of [
      "https://app.example/callback",
      "https://APP.example/Callback",
      "https://app.example/Callback/",
      "https://app.example/Callback?x=1",
      "https://app.example:443/Callback",
      "https://app.example:8443/Callback",
      "https://app.example/x/../Callback",
      "https://app.example/%43allback",
      "https://other.example/cb",
      "https://other.example/cb?keep=1&x=2",
      "",
    ]) {
      expect(redirectMatches(registered, asked), asked).toBe(false);
    }
  });

  it.each(["http://127.0.0.1", "http://[::1]"])("lets only the port of %s vary", (origin) => {
    const loopback = [`${origin}:3000/cb`];
    for (const port of ["", ":3000", ":1", ":65535"]) {
      expect(redirectMatches(loopback, `${origin}${port}/cb`), port).toBe(true);
    }
    for (const rest of ["/cb?bar=foo", "/CB", "/cb/", "", "/cb#x", "/cb\n"]) {
      expect(redirectMatches(loopback, `${origin}:4000${rest}`), rest).toBe(false);
    }
    for (const port of [":0", ":65536", ":99999", ":", ":80@evil.example", ":3000:1"]) {
      expect(redirectMatches(loopback, `${origin}${port}/cb`), port).toBe(false);
    }
    expect(redirectMatches([`${origin}/cb?a=1`], `${origin}:99/cb?a=1`)).toBe(true);
  });

  it("lets no port vary for names, for https, or between the two literals", () => {
    expect(redirectMatches(["http://localhost:3000/cb"], "http://localhost:4000/cb")).toBe(false);
    expect(redirectMatches(["https://127.0.0.1:3000/cb"], "https://127.0.0.1:4000/cb")).toBe(false);
    expect(redirectMatches(["http://127.0.0.1:3000/cb"], "http://[::1]:3000/cb")).toBe(false);
    expect(redirectMatches(["http://127.0.0.1:3000/cb"], "http://127.0.0.2:3000/cb")).toBe(false);
    expect(redirectMatches(["http://127.0.0.1:3000/cb"], "http://127.0.0.1.evil.example/cb")).toBe(false);
  });
});

it("shows hosts in ASCII with their port", () => {
  expect(hostOf("https://ex\u00e4mple.com:8443/cb")).toBe("xn--exmple-cua.com:8443");
  expect(hostOf("https://app.example/cb")).toBe("app.example");
});
