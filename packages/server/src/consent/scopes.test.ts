import { describe, expect, it } from "vitest";
import { modelOf } from "../kernel/model-scope.ts";
import {
  allowsScope,
  allScopes,
  appScopes,
  canSpend,
  describeScopes,
  findScope,
  offeredScopes,
  readAppScope,
  readScopes,
} from "./scopes.ts";

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
      "phone",
      "address",
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

  it("[Z09] are offered where they mean something", () => {
    expect(offeredScopes({ phone: { kind: "none" } })).toEqual(appScopes.filter((name) => name !== "phone"));
    expect(offeredScopes({ phone: { kind: "development" } })).toEqual(appScopes);
  });

  it("know which of them spend", () => {
    expect(canSpend(["openid", "gateway:access"])).toBe(true);
    expect(canSpend(["openid", "billing:read", "unknown"])).toBe(false);
  });

  it("say what they are about with the real value", () => {
    const facts = { platform: "Acme AI", displayName: "Maya Fennick", email: null, phone: null, address: null };
    expect(findScope("profile")!.detail(facts)).toBe("Maya Fennick");
    expect(findScope("email")!.detail({ ...facts, email: "maya@fennick.example" })).toBe("maya@fennick.example");
    expect(findScope("phone")!.detail({ ...facts, phone: "+4915112345678" })).toBe("+4915112345678");
    expect([findScope("phone")!.detail(facts), findScope("address")!.detail(facts)]).toEqual(
      Array(2).fill("You have not given one."),
    );
    expect(describeScopes("Acme AI")["gateway:access"]).toBe("Use Acme AI’s models, on your bill");
  });
});

describe("the permission for one model", () => {
  it("has two spellings on the wire and one in the house", () => {
    expect(readScopes("gateway:quick:invoke gateway:invoke:quick openid")).toEqual(["gateway:invoke:quick", "openid"]);
    expect(readScopes("gateway:acme/large-3.1:free:invoke")).toEqual(["gateway:invoke:acme/large-3.1:free"]);
    expect(readAppScope("gateway:quick:invoke")).toBe("gateway:invoke:quick");
    expect([readAppScope("apps:write"), readAppScope("admin")]).toEqual([undefined, undefined]);
  });

  it("names a model that fits into a scope, or is no permission", () => {
    for (const word of [
      "gateway:invoke",
      "gateway:invoke:",
      "gateway::invoke",
      "gateway:quick",
      "gateway:quick:read",
    ]) {
      expect([modelOf(word), readScopes(word)]).toEqual([undefined, undefined]);
    }
    expect(modelOf(`gateway:invoke:${"x".repeat(129)}`)).toBeUndefined();
    for (const sign of ['"', "\\", "\n", "é"]) expect(modelOf(`gateway:invoke:a${sign}b`)).toBeUndefined();
  });

  it("spends, is said in words, and is part of the whole gateway", () => {
    expect(canSpend(["gateway:invoke:quick"])).toBe(true);
    const scope = findScope("gateway:invoke:quick")!;
    expect(scope.sentence("Acme AI")).toBe("Use the model quick of Acme AI, on your bill");
    expect(allowsScope(new Set(["gateway:access"]), "gateway:invoke:quick")).toBe(true);
    expect(allowsScope(new Set(["gateway:invoke:quick"]), "gateway:access")).toBe(false);
    expect(allowsScope(new Set(["gateway:invoke:quick"]), "gateway:invoke:slow")).toBe(false);
    expect(describeScopes("Acme AI", ["quick"])["gateway:invoke:quick"]).toBe(scope.sentence("Acme AI"));
  });
});
