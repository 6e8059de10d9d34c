import { describe, expect, it } from "vitest";
import { type App, appMetadata, createApp, deactivateApp } from "../../apps/index.ts";
import { appScopes } from "../../consent/index.ts";
import { type Ctx, inTx } from "../../context.ts";
import { readQuery } from "../../http/form.ts";
import { Fault } from "../../kernel/faults.ts";
import { acrs } from "../../people/index.ts";
import { databases } from "../../testing/databases.ts";
import { openCtx } from "../../testing/open-ctx.ts";
import { checkClient, checkRequest } from "./checks.ts";

const uri = "https://storyteller.example/callback";
const local = "http://127.0.0.1/callback";

async function open(more: object = {}): Promise<{ ctx: Ctx; app: App; close(): Promise<void> }> {
  const { ctx, close } = await openCtx(databases[0]!.open);
  const metadata = appMetadata(appScopes).parse({ name: "Storyteller", redirect_uris: [uri, local], ...more });
  const created = await inTx(ctx, (ctx) => createApp(ctx, "usr_kit", metadata));
  if (!created.ok) throw new Error(created.why);
  return { ctx, app: created.app, close };
}

describe("who asks and where the answer goes", () => {
  it("is known, or there is nowhere to answer", async () => {
    const { ctx, app, close } = await open();
    const check = async (parameters: Record<string, string>) => {
      const client = await checkClient(
        ctx,
        { recall: () => undefined },
        readQuery(new URLSearchParams(parameters).toString()),
      );
      return client.ok ? client.redirectUri : client.reason;
    };
    const client_id = app.clientId;
    expect(await check({ client_id, redirect_uri: uri })).toBe(uri);
    expect(await check({ redirect_uri: uri })).toBe("client_not_found");
    expect(await check({ client_id: "", redirect_uri: uri })).toBe("client_not_found");
    expect(await check({ client_id: "cid_unknown", redirect_uri: uri })).toBe("client_not_found");
    expect(await check({ client_id: client_id.toUpperCase(), redirect_uri: uri })).toBe("client_not_found");
    expect(await check({ client_id })).toBe("redirect_uri_missing");
    expect(await check({ client_id, redirect_uri: "http://127.0.0.1:49152/callback" })).toContain(":49152");
    for (const other of [
      "https://storyteller.example/Callback",
      "https://STORYTELLER.example/callback",
      `${uri}/`,
      `${uri}?foo=bar`,
      "https://storyteller.example:443/callback",
      "https://storyteller.example/x/../callback",
      "https://evil.example/callback",
      `${local}?foo=bar`,
      "http://localhost/callback",
      "javascript:alert(1)",
    ]) {
      expect(await check({ client_id, redirect_uri: other })).toBe("redirect_uri_not_registered");
    }
    await inTx(ctx, (ctx) => deactivateApp(ctx, app.id, "usr_kit"));
    expect(await check({ client_id, redirect_uri: uri })).toBe("client_not_found");
    await close();
  });
});

describe("the rest of a request", async () => {
  const least = {
    response_type: "code",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  };
  const { ctx, app, close } = await open({ allowed_scopes: ["openid", "profile", "email", "gateway:access"] });
  await close();
  const check = (more: Record<string, string | undefined> = {}, changes: Partial<App> = {}) => {
    const parameters = Object.entries({ ...least, ...more }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    return checkRequest(ctx, readQuery(new URLSearchParams(parameters).toString()), { ...app, ...changes }, uri);
  };
  const refusal = (more: Record<string, string | undefined>, changes: Partial<App> = {}) => {
    try {
      check(more, changes);
    } catch (error) {
      if (error instanceof Fault) return error.code;
      throw error;
    }
    return "accepted";
  };

  it("has defaults: no scope means openid profile", () => {
    expect(check()).toEqual({
      clientId: app.clientId,
      redirectUri: uri,
      state: null,
      nonce: null,
      codeChallenge: least.code_challenge,
      prompt: [],
      maxAgeSeconds: null,
      acr: null,
      scopes: ["openid", "profile"],
      optional: [],
      proposal: null,
      loginHint: null,
      uiLocales: null,
      receivedAt: ctx.clock.now(),
    });
  });

  it("takes the weakest of the acr_values, and passes over the words of others", () => {
    const [one, two] = acrs;
    const acrOf = (acr_values: string) => check({ acr_values }).acr;
    expect(acrOf(two)).toBe(two);
    expect(acrOf(`${two} ${one}`)).toBe(one);
    expect(acrOf(`phr ${two} urn:mace:incommon:iap:silver`)).toBe(two);
    for (const none of ["", " ", "phr", two.toUpperCase(), `${two}x`]) expect(acrOf(none)).toBeNull();
  });

  it("is read as it was sent", () => {
    const state = `"><svg onload=x> +%20&=#`;
    expect(
      check({
        state,
        nonce: "n".repeat(512),
        prompt: "login consent",
        max_age: "0",
        scope: "gateway:access openid email",
        optional_scope: "email openid",
        budget_limit: "5.00",
        budget_period: "week",
        login_hint: "maya",
      }),
    ).toMatchObject({
      state,
      nonce: "n".repeat(512),
      prompt: ["login", "consent"],
      maxAgeSeconds: 0,
      acr: null,
      scopes: ["gateway:access", "openid", "email"],
      optional: ["email"],
      proposal: { limitMicros: 5_000_000, period: "week" },
      loginHint: "maya",
      uiLocales: null,
    });
  });

  it.each([
    ["invalid_request", { response_type: undefined }],
    ["unsupported_response_type", { response_type: "token" }],
    ["unsupported_response_type", { response_type: "id_token" }],
    ["unsupported_response_type", { response_type: "code token" }],
    ["invalid_request", { response_mode: "fragment" }],
    ["request_not_supported", { request: "eyJhbGciOiJub25lIn0.e30." }],
    ["request_uri_not_supported", { request_uri: "https://internal/" }],
    ["invalid_request", { code_challenge: undefined }],
    ["invalid_request", { code_challenge: "" }],
    ["invalid_request", { code_challenge_method: undefined }],
    ["invalid_request", { code_challenge_method: "plain" }],
    ["invalid_request", { code_challenge: "x".repeat(42) }],
    ["invalid_request", { code_challenge: "x".repeat(44) }],
    ["invalid_request", { code_challenge: `${"x".repeat(42)}=` }],
    ["invalid_request", { code_challenge: `${"x".repeat(42)}+` }],
    ["invalid_request", { code_challenge: `${"x".repeat(42)}/` }],
    ["invalid_request", { code_challenge: `${"x".repeat(43)}\n` }],
    ["invalid_request", { prompt: "none login" }],
    ["invalid_request", { prompt: "create" }],
    ["invalid_request", { max_age: "-1" }],
    ["invalid_request", { max_age: "1e3" }],
    ["invalid_request", { nonce: "n".repeat(513) }],
    ["invalid_request", { state: "s".repeat(2049) }],
    ["invalid_scope", { scope: "openid admin" }],
    ["invalid_scope", { scope: " " }],
    ["invalid_scope", { scope: "openid billing:read" }],
    ["invalid_scope", { scope: "openid", optional_scope: "email" }],
    ["invalid_request", { budget_limit: "0" }],
    ["invalid_request", { budget_limit: "five" }],
    ["invalid_request", { budget_limit: "5", budget_period: "year" }],
    ["invalid_request", { budget_period: "month" }],
  ])("is %s for %j", (code, more) => expect(refusal(more)).toBe(code));

  it("[R43] names the scopes that the app may not have", () => {
    for (const scope of ["apps:write", "authorizations:write", "keys:write"]) {
      expect(() => check({ scope: `openid ${scope}` })).toThrow(`This app is not registered for ${scope}`);
    }
  });

  it("is for apps that were registered for codes", () => {
    expect(refusal({}, { grantTypes: ["client_credentials"] })).toBe("unauthorized_client");
  });

  it("goes without a challenge where an operator let a confidential app off, never a public one", () => {
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    expect(check(without, { requirePkce: false }).codeChallenge).toBeNull();
    expect(refusal(without, { requirePkce: false, clientType: "public" })).toBe("invalid_request");
    expect(refusal({ code_challenge: undefined }, { requirePkce: false })).toBe("invalid_request");
    expect(check({}, { requirePkce: false }).codeChallenge).toBe(least.code_challenge);
  });

  it("takes the app's own proposal when it has none and asks to spend", () => {
    const budgetProposal = { limitMicros: 7_000_000, period: "week" as const };
    const spend = { scope: "openid gateway:access" };
    expect(check(spend, { budgetProposal }).proposal).toEqual(budgetProposal);
    expect(check({ ...spend, budget_limit: "5" }, { budgetProposal }).proposal?.limitMicros).toBe(5_000_000);
    expect(check({}, { budgetProposal }).proposal).toBeNull();
  });

  it("of an app for identity only never spends", () => {
    for (const scope of ["openid gateway:access", "gateway:invoke:quick"]) {
      expect(refusal({ scope }, { identityOnly: true })).toBe("invalid_scope");
    }
    expect(check({ scope: "openid email" }, { identityOnly: true }).scopes).toEqual(["openid", "email"]);
  });

  it("may be for single models, of which there are some and the app may have some", () => {
    const models = { quick: {}, "acme/slow": {} } as unknown as Ctx["config"]["models"];
    const knowing: Ctx = { ...ctx, config: { ...ctx.config, models } };
    const ask = (scope: string, allowedScopes = app.allowedScopes) =>
      checkRequest(
        knowing,
        readQuery(new URLSearchParams({ ...least, scope }).toString()),
        { ...app, allowedScopes },
        uri,
      ).scopes;
    expect(ask("openid gateway:quick:invoke")).toEqual(["openid", "gateway:invoke:quick"]);
    expect(ask("gateway:invoke:acme/slow")).toEqual(["gateway:invoke:acme/slow"]);
    expect(() => ask("gateway:invoke:toString")).toThrow("There is no model toString");
    expect(() => ask("gateway:access", ["gateway:invoke:quick"])).toThrow("not registered for gateway:access");
    expect(() => ask("gateway:invoke:acme/slow", ["gateway:invoke:quick"])).toThrow("not registered for");
  });
});
