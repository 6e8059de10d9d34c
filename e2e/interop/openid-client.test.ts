import * as oauth from "oauth4webapi";
import * as oidc from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPlace, type Place } from "../platform/place.ts";
import { createVisitor, type Visitor } from "../platform/visitor.ts";

const password = "tulips in the attic 4";
const redirectUri = "https://storyteller.example/callback";
const scope = "openid profile email offline_access gateway:access";

let place: Place;
let visitor: Visitor;
let mayaId: string;
let apiKey: string;

beforeAll(async () => {
  place = await openPlace();
  const user = ["--username", "maya", "--email", "maya@fennick.example", "--password", password];
  mayaId = String((await place.command("users", "create", ...user, "--credit", "5.00")).user_id);
  apiKey = String((await place.command("keys", "create", "--user", "maya", "--full")).key);
  await place.start();
  visitor = createVisitor(place.issuer, "maya", password);
});

afterAll(() => place.close());

interface Registered {
  client_id: string;
  client_secret: string;
}

async function register(name: string, more: object = {}): Promise<Registered> {
  const response = await fetch(`${place.issuer}/idp/apps`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ name, redirect_uris: [redirectUri], ...more }),
  });
  expect(response.status).toBe(200);
  return response.json();
}

describe("openid-client, unmodified", () => {
  /** Everything that the library checks of its own accord, and the ID token's signature too. */
  async function discover({ client_id, client_secret }: Registered, how?: oidc.ClientAuth, alg = "RS256") {
    const execute = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks];
    const metadata = { client_secret, id_token_signed_response_alg: alg };
    return oidc.discovery(new URL(place.issuer), client_id, metadata, how, { execute });
  }

  async function begin(config: oidc.Configuration, more: Record<string, string> = {}) {
    const checks = {
      pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
      expectedState: oidc.randomState(),
      expectedNonce: oidc.randomNonce(),
      idTokenExpected: true,
    };
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope,
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: "S256",
      budget_limit: "3.00",
      budget_period: "week",
      ...more,
    });
    return { url, checks };
  }

  async function signIn(config: oidc.Configuration) {
    const { url, checks } = await begin(config);
    return oidc.authorizationCodeGrant(config, await visitor.answer(url), checks);
  }

  it.each([
    ["Basic", "RS256", oidc.ClientSecretBasic],
    ["the body", "RS256", oidc.ClientSecretPost],
    ["Basic", "ES256", oidc.ClientSecretBasic],
  ])("[R70] signs in with the secret by %s, and checks an ID token of %s", async (_way, alg, how) => {
    const app = await register(`${how.name} with ${alg}`, { id_token_signed_response_alg: alg });
    const config = await discover(app, how(app.client_secret), alg);
    const tokens = await signIn(config);
    const claims = tokens.claims()!;
    expect(claims).toMatchObject({ iss: place.issuer, aud: app.client_id, sub: mayaId, amr: ["pwd"] });
    expect(Math.abs(claims.auth_time! - Date.now() / 1000)).toBeLessThan(60);
    const header = JSON.parse(Buffer.from(tokens.id_token!.split(".")[0]!, "base64url").toString());
    expect(header).toMatchObject({ alg, kid: expect.any(String) });
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 3600, scope });
    expect(tokens.budget).toMatchObject({ limit: "3.00", period: "week", remaining: "3.00" });
  });

  it("[R70] reads userinfo, refreshes, introspects and revokes", async () => {
    const app = await register("Storyteller");
    const config = await discover(app);
    const tokens = await signIn(config);
    const who = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub);
    expect(who).toMatchObject({ sub: mayaId, preferred_username: "maya", email: "maya@fennick.example" });
    expect(who.email_verified).toBe(false);

    const renewed = await oidc.refreshTokenGrant(config, tokens.refresh_token!);
    expect(renewed.claims()!.sub).toBe(mayaId);
    expect(renewed.access_token).not.toBe(tokens.access_token);
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    const narrow = await oidc.refreshTokenGrant(config, renewed.refresh_token!, { scope: "openid" });
    expect(narrow.scope).toBe("openid");

    const active = await oidc.tokenIntrospection(config, renewed.access_token);
    expect(active).toMatchObject({ active: true, client_id: app.client_id, username: "maya", sub: mayaId, scope });
    expect(active.exp! - active.iat!).toBe(3600);

    await oidc.tokenRevocation(config, narrow.refresh_token!);
    expect(await oidc.tokenIntrospection(config, renewed.access_token)).toEqual({ active: false });
    await expect(oidc.refreshTokenGrant(config, narrow.refresh_token!)).rejects.toMatchObject({
      error: "invalid_grant",
    });
    await expect(oidc.fetchUserInfo(config, renewed.access_token, mayaId)).rejects.toMatchObject({ status: 401 });
  });

  it("[R70] hears of refusals in the words it knows", async () => {
    const app = await register("Refused");
    const config = await discover(app);
    const denied = await begin(config);
    const no = await visitor.answer(denied.url, "deny");
    const answered = oidc.authorizationCodeGrant(config, no, denied.checks);
    await expect(answered).rejects.toBeInstanceOf(oidc.AuthorizationResponseError);
    await expect(answered).rejects.toMatchObject({ error: "access_denied" });

    const silent = await begin(config, { prompt: "none" });
    const asked = oidc.authorizationCodeGrant(config, await visitor.answer(silent.url), silent.checks);
    await expect(asked).rejects.toMatchObject({ error: "consent_required" });

    const { url, checks } = await begin(config);
    const answer = await visitor.answer(url);
    const stolen = { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
    await expect(oidc.authorizationCodeGrant(config, answer, stolen)).rejects.toMatchObject({ error: "invalid_grant" });
    const stranger = await discover({ ...app, client_secret: "csc_wrong" }, oidc.ClientSecretPost("csc_wrong"));
    await expect(oidc.authorizationCodeGrant(stranger, answer, checks)).rejects.toMatchObject({
      error: "invalid_client",
    });
    const basic = await discover(app, oidc.ClientSecretBasic("csc_wrong"));
    await expect(oidc.authorizationCodeGrant(basic, answer, checks)).rejects.toBeInstanceOf(
      oidc.WWWAuthenticateChallengeError,
    );
    const tokens = await oidc.authorizationCodeGrant(config, answer, checks);
    await expect(oidc.authorizationCodeGrant(config, answer, checks)).rejects.toMatchObject({ error: "invalid_grant" });
    expect(await oidc.tokenIntrospection(config, tokens.access_token), "a replay ends it").toEqual({ active: false });
  });
});

describe("oauth4webapi, unmodified", () => {
  const insecure = { [oauth.allowInsecureRequests]: true };

  async function discover(algorithm: "oidc" | "oauth2"): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(place.issuer);
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm, ...insecure }));
  }

  it("[R70] finds the same server by both documents, with every signing key", async () => {
    const server = await discover("oidc");
    expect(await discover("oauth2")).toEqual(server);
    expect(server.authorization_response_iss_parameter_supported).toBe(true);
    expect(server.code_challenge_methods_supported).toEqual(["S256"]);
    const { keys } = (await (await fetch(server.jwks_uri!)).json()) as { keys: { alg: string }[] };
    expect(keys.map(({ alg }) => alg).sort()).toEqual([...server.id_token_signing_alg_values_supported!].sort());
  });

  it("[R70] signs in a public client, refreshes and revokes", async () => {
    const server = await discover("oauth2");
    const { client_id } = await register("Pocket Storyteller", { client_type: "public" });
    const client = { client_id };
    const none = oauth.None();
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const url = new URL(server.authorization_endpoint!);
    url.search = String(
      new URLSearchParams({
        ...{ client_id, redirect_uri: redirectUri, response_type: "code", scope, state, nonce },
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      }),
    );
    const answer = oauth.validateAuthResponse(server, client, await visitor.answer(url, "identity"), state);
    const redeemed = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      none,
      answer,
      redirectUri,
      verifier,
      insecure,
    );
    const options = { expectedNonce: nonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, redeemed, options);
    await oauth.validateApplicationLevelSignature(server, redeemed, insecure);
    expect(oauth.getValidatedIdTokenClaims(tokens)!.sub).toBe(mayaId);
    // Signed in, but no spending.
    expect(tokens.scope).toBe("openid profile email offline_access");
    expect(tokens).not.toHaveProperty("budget");

    const asked = await oauth.refreshTokenGrantRequest(server, client, none, tokens.refresh_token!, insecure);
    const renewed = await oauth.processRefreshTokenResponse(server, client, asked);
    const userinfo = await oauth.userInfoRequest(server, client, renewed.access_token, insecure);
    expect(await oauth.processUserInfoResponse(server, client, mayaId, userinfo)).toMatchObject({ name: "maya" });
    const gone = await oauth.revocationRequest(server, client, none, renewed.access_token, insecure);
    await oauth.processRevocationResponse(gone);
    const dead = await oauth.introspectionRequest(server, client, none, renewed.access_token, insecure);
    expect(await oauth.processIntrospectionResponse(server, client, dead)).toEqual({ active: false });
  });

  it("[R70] tells a mixed-up answer by its issuer, and a forged one by its state", async () => {
    const server = await discover("oidc");
    const answer = new URL(`${redirectUri}?code=x&state=s&iss=${encodeURIComponent("https://id.evil.example")}`);
    expect(() => oauth.validateAuthResponse(server, { client_id: "x" }, answer, "s")).toThrow(/"iss"/);
    const without = new URL(`${redirectUri}?code=x&state=s`);
    expect(() => oauth.validateAuthResponse(server, { client_id: "x" }, without, "s")).toThrow(/"iss"/);
  });
});
