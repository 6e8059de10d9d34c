import { describe, expect, it } from "vitest";
import { appChange, appMetadata } from "./metadata.ts";

const schema = appMetadata(["openid", "profile", "gateway:access"]);
const least = { name: "Storyteller", redirect_uris: ["https://storyteller.example/callback"] };

describe("the metadata of an app", () => {
  it("has defaults for everything but name and redirect URI", () => {
    expect(schema.parse(least)).toEqual({
      name: "Storyteller",
      description: null,
      redirectUris: ["https://storyteller.example/callback"],
      homepageUrl: null,
      logoUrl: null,
      privacyPolicyUrl: null,
      termsUrl: null,
      clientType: "confidential",
      allowedScopes: ["openid", "profile", "gateway:access"],
      listed: true,
      refreshTokenLifetimeDays: 30,
      idTokenSignedResponseAlg: "RS256",
      accessTokenFormat: "sealed",
      grantTypes: ["authorization_code", "refresh_token"],
      identityOnly: false,
      requirePkce: true,
      postLogoutRedirectUris: [],
      webhookUrl: null,
      budgetProposal: null,
    });
  });

  it("[T01] describes itself in lines of ordinary text, which turn and hide nothing on the pages that show them", () => {
    const reads = (change: object) => [
      schema.safeParse({ ...least, ...change }).success,
      appChange([]).safeParse(change).success,
    ];
    const lines = "Tells stories.\n\nIn Arabic: محمد, and for a 👩‍👩‍👧.";
    expect(schema.parse({ ...least, description: lines }).description).toBe(lines);
    for (const sign of ["\u202e", "\u2066", "\u200b", "\u00ad", "\u2028", "\u0007", "\u{e0041}"]) {
      expect(reads({ description: `Tells${sign} stories.` })).toEqual([false, false]);
      for (const field of ["homepage_url", "logo_url", "privacy_policy_url", "terms_url"])
        expect(reads({ [field]: `https://storyteller.example/${sign}gpj` })).toEqual([false, false]);
    }
  });

  it.each(["post_logout_redirect_uris", "webhook_url"])("refuses a %s that leads out of https", (field) => {
    const read = (url: string) =>
      schema.safeParse({ ...least, [field]: field === "webhook_url" ? url : [url] }).success;
    for (const url of ["http://storyteller.example/x", "javascript:alert(1)", "https://a@b.example/", "https://b/#x"]) {
      expect(read(url)).toBe(false);
    }
    expect(read("https://storyteller.example/x")).toBe(true);
  });

  it.each([
    [{ limit: "5.00" }, { limitMicros: 5_000_000, period: "month" }],
    [
      { limit: "0.000001", period: "day" },
      { limitMicros: 1, period: "day" },
    ],
    [null, null],
  ])("takes the budget proposal %j", (proposal, taken) =>
    expect(schema.parse({ ...least, budget_proposal: proposal }).budgetProposal).toEqual(taken),
  );

  it.each([
    { limit: "0" },
    { limit: 5 },
    { limit: "-1" },
    { limit: "1e3" },
    { limit: "5", period: "year" },
    "5.00",
    {},
  ])("refuses the budget proposal %j", (proposal) =>
    expect(schema.safeParse({ ...least, budget_proposal: proposal }).success).toBe(false),
  );

  it("gives an app that only recognises people no scope that spends", () => {
    const { allowedScopes } = appMetadata(["openid", "gateway:access"], ["gateway:access"]).parse({
      ...least,
      identity_only: true,
    });
    expect(allowedScopes).toEqual(["openid"]);
  });

  it.each([
    ["  Story   teller ", "Story teller"],
    ["Ｓｔｏｒｙ", "Story"],
    ["Geschichten_v1.2-β", "Geschichten_v1.2-β"],
    ["कहानी", "कहानी"],
  ])("takes the name %j as %j", (name, taken) => expect(schema.parse({ ...least, name }).name).toBe(taken));

  it.each([
    ["a joiner of graphemes", "Storyteller\u034f"],
    ["a variation selector", "Story\ufe0fteller"],
    ["a variation selector beyond 16 bits", "Storyteller\u{e0100}"],
    ["a filler of Hangul, wide and narrow", "Storyteller\u3164\uffa0"],
    ["fillers alone", "\u115f\u1160\u115f"],
    ["an inherent vowel of Khmer", "Storyteller\u17b4"],
    ["a tower of marks", `Story\u0301${"\u0300".repeat(5)}teller`],
  ])("refuses a name that looks like another one: %s", (_what, name) =>
    expect(schema.safeParse({ ...least, name }).success).toBe(false),
  );

  it.each(["ab", "x".repeat(65), "Story\nteller", "Story\u202eteller", "<b>Story</b>", "Story\u200bteller", "   "])(
    "refuses the name %j",
    (name) => expect(schema.safeParse({ ...least, name }).success).toBe(false),
  );

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://storyteller.example/",
    "http://storyteller.example/callback",
    "https://storyteller.example/callback#part",
    "https://*.storyteller.example/callback",
    "https://user:secret@storyteller.example/callback",
    "storyteller:/callback",
    "",
  ])("refuses the redirect URI %j", (uri) => {
    expect(schema.safeParse({ ...least, redirect_uris: [uri] }).success).toBe(false);
    expect(schema.safeParse({ ...least, redirect_uris: [...least.redirect_uris, uri] }).success).toBe(false);
  });

  it("takes between one and ten redirect URIs", () => {
    const uris = (count: number) => Array.from({ length: count }, (_, index) => `https://a.example/${index}`);
    expect(schema.safeParse({ ...least, redirect_uris: [] }).success).toBe(false);
    expect(schema.parse({ ...least, redirect_uris: uris(10) }).redirectUris).toHaveLength(10);
    expect(schema.safeParse({ ...least, redirect_uris: uris(11) }).success).toBe(false);
    expect(
      schema.parse({ ...least, redirect_uris: ["http://127.0.0.1/cb", "http://127.0.0.1/cb"] }).redirectUris,
    ).toEqual(["http://127.0.0.1/cb"]);
  });

  it.each(["homepage_url", "logo_url", "privacy_policy_url", "terms_url"])(
    "refuses a %s that is not http or https",
    (field) => {
      for (const url of [
        "javascript:alert(1)",
        "data:image/svg+xml,x",
        "JaVaScRiPt:x",
        "//evil.example",
        "/logo.svg",
      ]) {
        expect(schema.safeParse({ ...least, [field]: url }).success).toBe(false);
      }
      expect(schema.safeParse({ ...least, [field]: "https://storyteller.example/x" }).success).toBe(true);
    },
  );

  it("[R43] lets no app ask for a scope outside those that apps may have", () => {
    expect(schema.safeParse({ ...least, allowed_scopes: ["openid", "apps:write"] }).success).toBe(false);
    expect(schema.parse({ ...least, allowed_scopes: ["openid", "openid"] }).allowedScopes).toEqual(["openid"]);
  });

  it.each([0, 366, 1.5, "30"])("refuses a refresh lifetime of %j days", (days) =>
    expect(schema.safeParse({ ...least, refresh_token_lifetime_days: days }).success).toBe(false),
  );

  it("refuses an algorithm that we do not sign with", () => {
    expect(schema.safeParse({ ...least, id_token_signed_response_alg: "none" }).success).toBe(false);
  });
});

describe("a change of an app", () => {
  const change = appChange(["openid", "profile"]);

  it("says only what it is about; null and nothing take away", () => {
    expect(change.parse({})).toEqual({});
    expect(change.parse({ description: "", logo_url: null, public: false, active: false })).toEqual({
      description: null,
      logoUrl: null,
      listed: false,
      active: false,
    });
  });

  it.each([
    { name: null },
    { redirect_uris: [] },
    { allowed_scopes: ["apps:write"] },
    { active: "no" },
    { public: null },
  ])("refuses %j", (wire) => expect(change.safeParse(wire).success).toBe(false));
});
