import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { renewEpoch } from "../../src/keys/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { openTokenHouse, type SignedIn, type SignInOptions, signIn, type TokenHouse } from "../token-house.ts";

const algs = ["RS256", "ES256"] as const;

describe.each(databases)("an access token that others can read on $name", ({ open }) => {
  let house: TokenHouse;
  let maya: SignedIn;
  // biome-ignore lint/suspicious/noExplicitAny: the answer of a wire
  let tokens: any;
  const enter = async (alg: (typeof algs)[number] = "ES256", options: SignInOptions = {}) => {
    const metadata = { access_token_format: "jwt", id_token_signed_response_alg: alg, ...options.metadata };
    maya = await signIn(house, { ...options, metadata });
    tokens = (await house.post("/idp/token", maya.codeForm())).json;
  };
  const introspect = async (token: string) => (await house.post("/idp/token/introspect", { token })).json;
  const userinfo = (token: string) =>
    house.call("GET /idp/userinfo", { headers: { authorization: `Bearer ${token}` } });
  const expectDead = async (token: string) => {
    expect(await house.tokens.verify(token)).toBeUndefined();
    expect(await introspect(token)).toEqual({ active: false });
    const answer = await userinfo(token);
    expect([answer.status, answer.json.error]).toEqual([401, "invalid_token"]);
  };
  const keySet = async () => (await house.call("GET /.well-known/jwks.json")).json;
  const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

  beforeAll(async () => {
    house = await openTokenHouse(open);
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    await house.feed.pollOnce();
    await enter();
  });

  it.each(algs)("says with %s what RFC 9068 wants, to whoever has the key set", async (alg) => {
    await enter(alg);
    const { issuer } = house.ctx.config;
    const { payload, protectedHeader } = await jwtVerify(tokens.access_token, createLocalJWKSet(await keySet()), {
      issuer,
      audience: issuer,
      typ: "at+jwt",
      algorithms: [alg],
      currentDate: new Date(house.clock.now()),
    });
    expect(protectedHeader).toEqual({ alg, typ: "at+jwt", kid: expect.stringMatching(/^sig_/) });
    const iat = house.clock.now() / 1000;
    expect(payload).toEqual({
      iss: issuer,
      aud: issuer,
      sub: maya.user.id,
      client_id: maya.app.clientId,
      iat,
      exp: iat + 3600,
      auth_time: iat - 5,
      acr: "urn:innkeeper:acr:1",
      jti: expect.stringMatching(/^tok_/),
      scope: "openid profile gateway:access",
      ik: expect.any(String),
    });
    // What decides over life and death is for nobody's eyes.
    expect(tokens.access_token).not.toContain(Buffer.from(maya.grant.id).toString("base64url"));
  });

  it("is honoured like a sealed one, from memory too", async () => {
    expect((await userinfo(tokens.access_token)).json).toMatchObject({ sub: maya.user.id });
    expect(house.tokens.verify(tokens.access_token)).toMatchObject({
      grantId: maya.grant.id,
      familyId: expect.stringMatching(/^fam_/),
    });
    expect(await introspect(tokens.access_token)).toMatchObject({
      active: true,
      scope: "openid profile gateway:access",
      sub: maya.user.id,
      client_id: maya.app.clientId,
    });
    const again = (await house.post("/idp/token", maya.refreshForm(tokens.refresh_token))).json;
    expect(again.access_token).toMatch(/^eyJ/);
    expect((await userinfo(again.access_token)).status).toBe(200);
  });

  it("[F05][E08] dies like a sealed one: by its own revocation, its family's, its grant's", async () => {
    expect((await userinfo(tokens.access_token)).status).toBe(200);
    const stranger = await signIn(house);
    await house.post("/idp/token/revoke", { token: tokens.access_token, ...stranger.proof });
    expect((await userinfo(tokens.access_token)).status).toBe(200);
    await house.post("/idp/token/revoke", { token: tokens.access_token, ...maya.proof });
    await expectDead(tokens.access_token);
    await enter();
    await house.post("/idp/token/revoke", { token: tokens.refresh_token });
    await expectDead(tokens.access_token);
    await enter();
    await maya.revoke();
    await expectDead(tokens.access_token);
  });

  it("[F03] has one spelling", async () => {
    const token: string = tokens.access_token;
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const [head, claims, signature] = token.split(".") as [string, string, string];
    const changed = [
      ...[...letters].map((letter) => token.slice(0, -1) + letter),
      ...["=", "==", " ", "\n", ".", "A"].map((more) => token + more),
      ...[`${head}=`, ` ${head}`].map((other) => `${other}.${claims}.${signature}`),
      ...[`${claims}==`, `${claims} `].map((other) => `${head}.${other}.${signature}`),
    ];
    for (const text of changed) expect((await house.tokens.verify(text)) !== undefined).toBe(text === token);
  });

  it("[F06] is dead from the moment of its expiry", async () => {
    house.clock.advance(3_600_000 - 1);
    await house.feed.pollOnce();
    expect((await userinfo(tokens.access_token)).status).toBe(200);
    house.clock.advance(1);
    await expectDead(tokens.access_token);
  });

  it("[R06] is refused after a backup was restored, although its key lives on", async () => {
    expect((await userinfo(tokens.access_token)).status).toBe(200);
    await inTx(house.ctx, renewEpoch);
    await house.seals.reload();
    await house.feed.pollOnce();
    await expectDead(tokens.access_token);
    expect((await keySet()).keys).not.toEqual([]);
  });

  it.each(algs)("[F12] signed again by anybody else is nothing, with %s", async (alg) => {
    await enter(alg);
    const [head, claims, signature] = tokens.access_token.split(".");
    const { keys } = await keySet();
    const header = decode(head);
    const key = keys.find(({ kid }: { kid: string }) => kid === header.kid);
    const pem = createPublicKey({ key, format: "jwk" }).export({ type: "spki", format: "pem" });
    const hmac = (text: string) => createHmac("sha256", pem).update(text).digest("base64url");
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const foreign = (more: object) => {
      const text = `${encode({ alg: "ES256", typ: "at+jwt", ...more })}.${claims}`;
      const privateKey = createPrivateKey(other.privateKey.export({ type: "pkcs8", format: "pem" }));
      const made = sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" });
      return `${text}.${made.toString("base64url")}`;
    };
    const symmetric = `${encode({ ...header, alg: "HS256" })}.${claims}`;
    const raised = encode({ ...decode(claims), scope: "openid profile gateway:access billing:read" });
    const forged = [
      `${encode({ alg: "none", typ: "at+jwt" })}.${claims}.`,
      `${encode({ ...header, alg: "none" })}.${claims}.`,
      `${encode({ ...header, alg: "None" })}.${claims}.${signature}`,
      `${symmetric}.${hmac(symmetric)}`,
      `${encode({ ...header, alg: "XX999" })}.${claims}.${signature}`,
      `${encode({ ...header, alg: alg === "RS256" ? "PS256" : "ES384" })}.${claims}.${signature}`,
      `${encode({ ...header, kid: "sig_other" })}.${claims}.${signature}`,
      `${encode({ ...header, kid: undefined })}.${claims}.${signature}`,
      `${encode({ ...header, kid: keys.find(({ kid }: { kid: string }) => kid !== header.kid).kid })}.${claims}.${signature}`,
      `${encode({ ...header, typ: "JWT" })}.${claims}.${signature}`,
      `${encode({ ...header, crit: ["x"], x: 1 })}.${claims}.${signature}`,
      `${head}.${raised}.${signature}`,
      `${head}.${claims}.${"A".repeat(signature.length)}`,
      `${head}.${claims}.`,
      `${head}.${claims}`,
      `${head}.${claims}.${signature}.${signature}`,
      foreign({ kid: header.kid }),
      foreign({ jwk: other.publicKey.export({ format: "jwk" }) }),
      foreign({ kid: header.kid, jku: "https://evil.example/jwks.json" }),
      tokens.access_token.slice(0, -1),
      `eyJ${"x".repeat(9000)}`,
      "eyJ",
    ];
    for (const token of forged) {
      expect(await house.tokens.verify(token)).toBeUndefined();
      expect((await userinfo(token)).status).toBe(401);
      expect(await introspect(token)).toEqual({ active: false });
      expect((await house.post("/idp/token/revoke", { token })).json).toEqual({ revoked: true });
    }
    expect((await userinfo(tokens.access_token)).status).toBe(200);
  });

  it("[F01] is what it is: an ID token is none, and its sealed part is none", async () => {
    await expectDead(tokens.id_token);
    const { ik } = decode(tokens.access_token.split(".")[1]);
    for (const text of [ik, `ik_at_${ik}`, `ik_rt_${ik}`]) await expectDead(text);
  });

  it("names the app where nobody signed in", async () => {
    await enter("ES256", { metadata: { grant_types: ["authorization_code", "client_credentials"] } });
    const form = { grant_type: "client_credentials", ...maya.proof };
    const { access_token } = (await house.post("/idp/token", form)).json;
    const claims = decode(access_token.split(".")[1]);
    expect(claims).toMatchObject({ sub: maya.app.clientId, client_id: maya.app.clientId, scope: "gateway:access" });
    expect(claims).not.toHaveProperty("auth_time");
    expect(claims).not.toHaveProperty("acr");
    expect(await introspect(access_token)).toMatchObject({ active: true, sub: maya.app.clientId });
    expect((await userinfo(access_token)).status).toBe(403);
    await house.post("/idp/token/revoke", { token: access_token, ...maya.proof });
    await expectDead(access_token);
  });
});
