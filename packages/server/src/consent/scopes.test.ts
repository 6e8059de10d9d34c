import { describe, expect, it } from "vitest";
import { allScopes, appScopes, canSpend, describeScopes, findScope, readScopes } from "./scopes.ts";

describe("scopes", () => {
  it("[R43] that write are in the registry, and not among those that apps may have", () => {
    for (const name of ["apps:write", "authorizations:write", "keys:write"]) {
      expect(allScopes).toContain(name);
      expect(appScopes).not.toContain(name);
    }
    expect(appScopes).toEqual([
      "openid",
      "profile",
      "email",
      "offline_access",
      "gateway:access",
      "account:read",
      "billing:read",
    ]);
  });

  it("are read in the order given, each once", () => {
    expect(readScopes("profile openid  profile")).toEqual(["profile", "openid"]);
    expect(readScopes("")).toEqual([]);
    expect(readScopes("openid admin")).toBeUndefined();
    expect(readScopes("constructor")).toBeUndefined();
    expect(readScopes("OpenID")).toBeUndefined();
  });

  it("of absurd length are refused cheaply", () => {
    const before = performance.now();
    expect(readScopes("x".repeat(50_000))).toBeUndefined();
    expect(readScopes("openid ".repeat(10_000))).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(50);
  });

  it("know which of them spend", () => {
    expect(canSpend(["openid", "gateway:access"])).toBe(true);
    expect(canSpend(["openid", "billing:read", "unknown"])).toBe(false);
  });

  it("say what they are about with the real value", () => {
    const facts = { platform: "Acme AI", displayName: "Maya Fennick", email: null };
    expect(findScope("profile")!.detail(facts)).toBe("Maya Fennick");
    expect(findScope("email")!.detail({ ...facts, email: "maya@fennick.example" })).toBe("maya@fennick.example");
    expect(describeScopes("Acme AI")["gateway:access"]).toBe("Use Acme AI’s models, on your bill");
  });
});
