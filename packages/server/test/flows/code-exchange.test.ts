import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256Base64Url } from "../../src/kernel/hash.ts";
import { query } from "../../src/store/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { openTokenHouse, redirectUri, type SignedIn, signIn, type TokenHouse, verifier } from "../token-house.ts";

const tokenPath = "/idp/token";

describe.each(databases)("a code is exchanged on $name", ({ open }) => {
  let house: TokenHouse;
  const send = (form: Record<string, string>) => house.post(tokenPath, form);
  const isActive = async (token: string) => (await house.post("/idp/token/introspect", { token })).json.active;
  const families = () =>
    query(house.ctx, (db) => db.selectFrom("token_families").select("id").where("generation", ">", 0));

  beforeAll(async () => {
    house = await openTokenHouse(open);
    await house.feed.pollOnce();
  });
  afterAll(() => house.close());

  it("[R42] for tokens, with the granted scope and what may be spent", async () => {
    const maya = await signIn(house, { capMicros: 7_500_000 });
    const answer = await send(maya.codeForm());
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      access_token: expect.stringMatching(/^ik_at_/),
      token_type: "Bearer",
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^ik_rt_/),
      id_token: expect.any(String),
      scope: "openid profile gateway:access",
      budget: { limit: "7.50", period: "month", remaining: "7.50", resets_at: "2026-02-01T00:00:00.000Z" },
    });
    const caller = await house.tokens.verify(answer.json.access_token);
    expect(caller).toMatchObject({ userId: maya.user.id, appId: maya.app.id, budgetIds: [maya.grant.budgetId] });
  });

  it("and says nothing of money where none may be spent, nor of identity where none was asked for", async () => {
    const maya = await signIn(house, { scopes: ["profile", "account:read"] });
    const { json } = await send(maya.codeForm());
    expect(json.scope).toBe("profile account:read");
    expect(Object.keys(json).sort()).toEqual(["access_token", "expires_in", "refresh_token", "scope", "token_type"]);
  });

  it.each(["RS256", "ES256"] as const)("with an ID token that jose verifies under our key set: %s", async (alg) => {
    const maya = await signIn(house, { metadata: { id_token_signed_response_alg: alg } });
    const { json } = await send(maya.codeForm());
    const keySet = createLocalJWKSet((await house.call("GET /.well-known/jwks.json")).json);
    const now = Math.floor(house.clock.now() / 1000);
    const { payload, protectedHeader } = await jwtVerify(json.id_token, keySet, {
      issuer: house.ctx.config.issuer,
      audience: maya.app.clientId,
      currentDate: new Date(house.clock.now()),
    });
    expect(protectedHeader.alg).toBe(alg);
    expect(payload).toEqual({
      iss: "https://id.acme.example",
      sub: maya.user.id,
      aud: maya.app.clientId,
      iat: now,
      exp: now + 3600,
      auth_time: now - 5,
      nonce: "n-1",
      at_hash: await atHash(json.access_token),
      amr: ["pwd"],
      acr: "urn:innkeeper:acr:1",
    });
  });

  it("[C01] once: the second time the tokens of the first are dead at once", async () => {
    const maya = await signIn(house);
    const form = maya.codeForm();
    const first = (await send(form)).json;
    expect(await isActive(first.access_token)).toBe(true);
    const second = await send(form);
    expect([second.status, second.json.error]).toEqual([400, "invalid_grant"]);
    expect(await isActive(first.access_token)).toBe(false);
    expect(await isActive(first.refresh_token)).toBe(false);
    const headers = { authorization: `Bearer ${first.access_token}` };
    expect((await house.call("GET /idp/userinfo", { headers })).status).toBe(401);
    expect((await send(maya.refreshForm(first.refresh_token))).json.error).toBe("invalid_grant");
  });

  it("[C03] only by its own app; shown to another one that proved itself it is dead", async () => {
    const maya = await signIn(house);
    const rival = await signIn(house);
    const before = await families();
    const form = maya.codeForm();
    const stolen = await send({ ...form, ...rival.proof });
    expect([stolen.status, stolen.json.error]).toEqual([400, "invalid_grant"]);
    const rightful = await send(form);
    expect([rightful.status, rightful.json.error]).toEqual([400, "invalid_grant"]);
    expect(await families()).toEqual(before);
  });

  it("[C01] and shown to another one after it was used, what came of it is dead", async () => {
    const maya = await signIn(house);
    const rival = await signIn(house);
    const form = maya.codeForm();
    const first = (await send(form)).json;
    expect((await send({ ...form, ...rival.proof })).json.error).toBe("invalid_grant");
    expect(await isActive(first.access_token)).toBe(false);
    expect(await isActive(first.refresh_token)).toBe(false);
  });

  it("and cannot be spoiled by somebody who merely names a public client", async () => {
    const maya = await signIn(house);
    const anybody = await signIn(house, { metadata: { client_type: "public" } });
    const form = maya.codeForm();
    const { client_secret: _, ...withoutSecret } = { ...form, ...anybody.proof };
    expect((await send(withoutSecret)).json.error).toBe("invalid_grant");
    expect((await send(form)).status).toBe(200);
  });

  it("by a public client, whose proof is the verifier", async () => {
    const maya = await signIn(house, { metadata: { client_type: "public" } });
    expect(maya.clientSecret).toBe("");
    expect((await send(maya.codeForm())).status).toBe(200);
  });

  it.each([
    ["left out", undefined],
    ["empty", ""],
    ["another one", `${verifier}x`],
    ["too short", "short"],
    ["the challenge itself", sha256Base64Url(verifier)],
  ])("[C04] not with a code_verifier that is %s", async (_, text) => {
    const maya = await signIn(house);
    const { code_verifier: _proof, ...form } = maya.codeForm();
    const refused = await send(text === undefined ? form : { ...form, code_verifier: text });
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
    // Nothing was spent: the app that has the verifier still gets its tokens.
    expect((await send({ ...form, code_verifier: verifier })).status).toBe(200);
  });

  it("[C05] not with a code_verifier for a code without a challenge", async () => {
    const maya = await signIn(house);
    const refused = await send(maya.codeForm(maya.code({ codeChallenge: null })));
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
  });

  it("[C05] without a verifier where an operator let the app off, and even then not with one", async () => {
    const waived = await signIn(house, { metadata: { require_pkce: false } });
    const withoutChallenge = () => {
      const { code_verifier, ...form } = waived.codeForm(waived.code({ codeChallenge: null }));
      return { form, code_verifier: code_verifier! };
    };
    expect((await send(withoutChallenge().form)).status).toBe(200);
    const { form, code_verifier } = withoutChallenge();
    expect((await send({ ...form, code_verifier })).json.error).toBe("invalid_grant");
    // A challenge that was sent is kept to.
    const { code_verifier: _, ...unproved } = waived.codeForm();
    expect((await send(unproved)).json.error).toBe("invalid_grant");

    const strict = await signIn(house);
    const { code_verifier: __, ...bare } = strict.codeForm(strict.code({ codeChallenge: null }));
    expect((await send(bare)).json.error).toBe("invalid_grant");
    const everybody = await signIn(house, { metadata: { client_type: "public", require_pkce: false } });
    const { code_verifier: ___, ...open } = everybody.codeForm(everybody.code({ codeChallenge: null }));
    expect((await send(open)).json.error).toBe("invalid_grant");
  });

  it("[C06] not after 61 seconds, though after 59", async () => {
    const maya = await signIn(house);
    const [early, late] = [maya.codeForm(), maya.codeForm()];
    house.clock.advance(59_000);
    await house.feed.pollOnce();
    expect((await send(early)).status).toBe(200);
    house.clock.advance(2000);
    const refused = await send(late);
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
  });

  it.each([`${redirectUri}/`, `${redirectUri}?x=1`, "https://storyteller.example/Callback"])(
    "[C07] not with another redirect_uri: %s",
    async (uri) => {
      const maya = await signIn(house);
      const form = maya.codeForm();
      const refused = await send({ ...form, redirect_uri: uri });
      expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
      expect((await send(form)).status).toBe(200);
    },
  );

  it.each(["code", "redirect_uri"])("not without %s", async (name) => {
    const form = (await signIn(house)).codeForm();
    delete form[name];
    const refused = await send(form);
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_request"]);
  });

  it.each([
    ["cut", (code: string) => code.slice(0, -1)],
    ["lengthened", (code: string) => `${code}A`],
    ["of another purpose", (code: string) => code.replace("ik_ac_", "ik_rt_")],
    ["made up", () => "ik_ac_made-up"],
  ])("not when it is %s", async (_, change) => {
    const maya = await signIn(house);
    const refused = await send(maya.codeForm(change(maya.code())));
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
  });

  it("not after what the user allowed has ended", async () => {
    const before = await families();
    const maya = await signIn(house);
    const form = maya.codeForm();
    await maya.revoke();
    const refused = await send(form);
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
    expect(await families()).toEqual(before);
  });

  it("[C14] in an answer that nobody may keep", async () => {
    const maya = await signIn(house);
    const form = maya.codeForm();
    const tokens = await send(form);
    const { access_token, refresh_token } = tokens.json;
    const answers = [
      tokens,
      await send(form),
      await send(maya.refreshForm(refresh_token)),
      await house.post("/idp/token/introspect", { token: access_token }),
      await house.post("/idp/token/revoke", { token: access_token }),
      await house.call("GET /idp/userinfo", { headers: { authorization: `Bearer ${access_token}` } }),
    ];
    for (const answer of answers) expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});

async function atHash(accessToken: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(accessToken));
  return Buffer.from(digest.slice(0, 16)).toString("base64url");
}

describe.each(databases)("a failing store on $name", ({ open }) => {
  let house: TokenHouse;
  let maya: SignedIn;
  const isActive = async (token: string) => (await house.post("/idp/token/introspect", { token })).json.active;

  beforeAll(async () => {
    house = await openTokenHouse(open);
    await house.feed.pollOnce();
    maya = await signIn(house);
  });
  afterAll(() => house.close());

  /** What is answered while no commit succeeds. */
  const whileFailing = async (path: string, form: Record<string, string>) => {
    house.storage.failing = true;
    const answer = await house.post(path, form);
    house.storage.failing = false;
    return [answer.status, answer.json.error, Object.keys(answer.json).includes("access_token")];
  };
  const lost = [503, "temporarily_unavailable", false];

  it("[C16] issues nothing, rotates nothing, and never says that a revocation was done", async () => {
    const form = maya.codeForm();
    expect(await whileFailing(tokenPath, form)).toEqual(lost);
    const first = (await house.post(tokenPath, form)).json;
    expect(await isActive(first.access_token)).toBe(true);

    expect(await whileFailing(tokenPath, maya.refreshForm(first.refresh_token))).toEqual(lost);
    expect(await isActive(first.refresh_token)).toBe(true);

    for (const token of [first.access_token, first.refresh_token]) {
      expect(await whileFailing("/idp/token/revoke", { token })).toEqual(lost);
      expect(await isActive(token)).toBe(true);
      expect(await isActive(first.access_token)).toBe(true);
    }

    // A replay whose revocation fails is not told as done either; told again, it is.
    expect(await whileFailing(tokenPath, form)).toEqual(lost);
    expect(await isActive(first.access_token)).toBe(true);
    expect((await house.post(tokenPath, form)).json.error).toBe("invalid_grant");
    expect(await isActive(first.access_token)).toBe(false);
  });
});
