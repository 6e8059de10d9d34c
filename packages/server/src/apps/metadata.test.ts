import { describe, expect, it } from "vitest";
import { appMetadata } from "./metadata.ts";

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
    });
  });

  it.each([
    ["  Story   teller ", "Story teller"],
    ["Ｓｔｏｒｙ", "Story"],
    ["Geschichten_v1.2-β", "Geschichten_v1.2-β"],
    ["कहानी", "कहानी"],
  ])("takes the name %j as %j", (name, taken) => expect(schema.parse({ ...least, name }).name).toBe(taken));

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
