import { describe, expect, it } from "vitest";
import type { Cap } from "./caps.ts";
import type { Grant } from "./grant.ts";
import { type Asked, grantedScopes, needsConsent, newScopes } from "./needs.ts";

const grant = (more: Partial<Grant> = {}): Grant => ({
  id: "grt_1",
  userId: "usr_1",
  workspaceId: "ws_1",
  appId: "app_1",
  scopes: ["openid", "profile", "gateway:access"],
  budgetId: "bud_1",
  answered: { refused: [], proposals: [] },
  generation: 1,
  expiresAt: null,
  createdAt: 0,
  updatedAt: 0,
  revokedAt: null,
  ...more,
});
const dollars = (limit: number, period: Cap["period"] = "month"): Cap => ({ limitMicros: limit * 1_000_000, period });
const ask = (scopes: string, proposal: Cap | null = null): Asked => ({
  scopes: scopes.split(" "),
  optional: [],
  proposal,
});

describe("[R40] consent", () => {
  it("is needed without a grant", () => expect(needsConsent(undefined, [], ask("openid"))).toBe(true));

  it("is remembered for the same and for less", () => {
    expect(needsConsent(grant(), [], ask("openid profile gateway:access"))).toBe(false);
    expect(needsConsent(grant(), [], ask("openid"))).toBe(false);
  });

  it("is asked for again when a scope is new", () => {
    const asked = ask("openid account:read");
    expect(needsConsent(grant(), [], asked)).toBe(true);
    expect(newScopes(grant(), asked)).toEqual(["account:read"]);
  });

  it("does not nag about what was refused", () => {
    const refusing = grant({
      scopes: ["openid"],
      budgetId: null,
      answered: { refused: ["email", "gateway:access"], proposals: [] },
    });
    expect(needsConsent(refusing, [], ask("openid email gateway:access", dollars(100)))).toBe(false);
    expect(grantedScopes(refusing, ask("openid email"))).toEqual(["openid"]);
    expect(needsConsent(refusing, [], ask("openid email profile"))).toBe(true);
  });

  it("is asked for when nothing of the request was ever allowed", () => {
    const refusing = grant({ scopes: ["openid"], budgetId: null, answered: { refused: ["email"], proposals: [] } });
    expect(needsConsent(refusing, [], ask("email"))).toBe(true);
  });

  it.each<[string, Cap[], Cap[], Cap, boolean]>([
    ["a proposal below the cap", [dollars(10)], [], dollars(9), false],
    ["the cap itself", [dollars(10)], [], dollars(10), false],
    ["more than the cap", [dollars(10)], [], dollars(20), true],
    ["more than the cap, as answered before", [dollars(10)], [dollars(20)], dollars(20), false],
    ["less than was answered before", [dollars(10)], [dollars(20)], dollars(15), false],
    ["more than was answered before", [dollars(10)], [dollars(20)], dollars(21), true],
    ["as much in a shorter time", [dollars(10)], [], dollars(5, "day"), true],
    ["as much in a longer time", [dollars(10, "day")], [], dollars(10, "total"), false],
  ])("for %s", (_what, inForce, proposals, proposal, needed) => {
    const remembered = grant({ answered: { refused: [], proposals } });
    expect(needsConsent(remembered, inForce, ask("openid gateway:access", proposal))).toBe(needed);
  });

  it("is not asked for about an amount when nothing is to be spent", () => {
    expect(needsConsent(grant(), [dollars(10)], ask("openid", dollars(100)))).toBe(false);
  });

  it("to the whole gateway is consent to each model of it, not the other way round", () => {
    expect(needsConsent(grant(), [], ask("openid gateway:invoke:quick"))).toBe(false);
    expect(grantedScopes(grant(), ask("gateway:invoke:quick"))).toEqual(["gateway:invoke:quick"]);
    const narrow = grant({ scopes: ["openid", "gateway:invoke:quick"] });
    expect(newScopes(narrow, ask("gateway:access gateway:invoke:quick gateway:invoke:slow"))).toEqual([
      "gateway:access",
      "gateway:invoke:slow",
    ]);
  });
});
