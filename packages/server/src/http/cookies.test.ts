import { describe, expect, it } from "vitest";
import { createCookies } from "./cookies.ts";

const secure = createCookies("https://acme.example");
const loopback = createCookies("http://localhost:8420");

function carrying(cookie: string): Request {
  return new Request("https://acme.example/", { headers: { cookie } });
}

describe("cookies", () => {
  it("[H11] are __Host- cookies on https: Secure, HttpOnly, SameSite=Lax, for this host and every path", () => {
    expect(secure.write("session", "abc_-1", 60)).toBe(
      "__Host-ik_session=abc_-1; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60",
    );
    expect(secure.clear("browser")).toBe("__Host-ik_browser=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    expect(secure.read(carrying("ik_session=planted"), "session")).toBeUndefined();
  });

  it("have a plain name on loopback http, where the prefix would be refused", () => {
    expect(loopback.write("session", "abc", 60)).toBe("ik_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
  });

  it("are found among others, by their whole name", () => {
    const request = carrying(
      "a=1; x__Host-ik_session=no; __Host-ik_session2=no;__Host-ik_session=yes; __Host-ik_browser=b",
    );
    expect(secure.read(request, "session")).toBe("yes");
    expect(secure.read(request, "browser")).toBe("b");
    expect(loopback.read(request, "session")).toBeUndefined();
    expect(secure.read(new Request("https://acme.example/"), "session")).toBeUndefined();
  });

  it.each([
    "",
    "=",
    ";;;",
    "__Host-ik_session",
    "__Host-ik_session=",
    "__Host-ik_session=a b",
    '__Host-ik_session="a"',
    `__Host-ik_session=${"x".repeat(513)}`,
    "__Host-ik_session=%00",
  ])("that are broken are no cookies: %j", (header) =>
    expect(secure.read(carrying(header), "session")).toBeUndefined(),
  );

  it("hold nothing that could break out of the header", () => {
    for (const value of ["", "a;b", "a b", "a\nb", "ü"]) {
      expect(() => secure.write("session", value, 60)).toThrow("base64url");
    }
  });
});
