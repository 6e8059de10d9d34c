import { createHmac, createPublicKey } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { activateApp, deactivateApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { setUserDisabled, startSession } from "../../src/people/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { createApiKey, type NewApiKey } from "../../src/tokens/index.ts";
import { everyRow } from "../every-row.ts";
import { openTokenHouse, type SignedIn, type SignInOptions, signIn, type TokenHouse } from "../token-house.ts";

describe.each(databases)("a bearer on $name", ({ open }) => {
  let house: TokenHouse;
  let maya: SignedIn;
  // biome-ignore lint/suspicious/noExplicitAny: the answer of a wire
  let tokens: any;
  const enter = async (options?: SignInOptions) => {
    maya = await signIn(house, options);
    tokens = (await house.post("/idp/token", maya.codeForm())).json;
  };
  const introspect = async (token: string) => (await house.post("/idp/token/introspect", { token })).json;
  const userinfo = (authorization: string, method = "GET") =>
    house.call(`${method} /idp/userinfo`, { headers: { authorization } });
  const revoke = (form: Record<string, string>) => house.post("/idp/token/revoke", form);
  /** Not honoured anywhere: neither here nor by the one function through which every other room asks. */
  const expectDead = async (token: string) => {
    expect(await house.tokens.verify(token)).toBeUndefined();
    expect(await introspect(token)).toEqual({ active: false });
    const answer = await userinfo(`Bearer ${token}`);
    expect([answer.status, answer.json.error]).toEqual([401, "invalid_token"]);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer /);
  };

  beforeAll(async () => {
    house = await openTokenHouse(open);
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    await house.feed.pollOnce();
    await enter({ scopes: ["openid", "profile", "email", "gateway:access"] });
  });

  it("[S10] is told what it is worth in one lookup, and how surely its user was recognised (RFC 9470)", async () => {
    const common = {
      active: true,
      iat: house.clock.now() / 1000,
      scope: "openid profile email gateway:access",
      client_id: maya.app.clientId,
      username: maya.user.username,
      sub: maya.user.id,
      auth_time: house.clock.now() / 1000 - 5,
      acr: "urn:innkeeper:acr:1",
    };
    const hour = { token_type: "access_token", exp: common.iat + 3600 };
    expect(await introspect(tokens.access_token)).toEqual({ ...common, ...hour });
    const month = { token_type: "refresh_token", exp: common.iat + 30 * 86_400 };
    expect(await introspect(tokens.refresh_token)).toEqual({ ...common, ...month });
    for (const token of ["", " ", "unknown", "ik_at_", "ik_rt_x"]) {
      const answer = await house.post("/idp/token/introspect", { token });
      expect(answer.json.active ?? answer.json.error).toBe(token === "" ? "invalid_request" : false);
    }
  });

  it("tells userinfo, by GET and by POST", async () => {
    for (const method of ["GET", "POST"]) {
      const answer = await userinfo(`Bearer ${tokens.access_token}`, method);
      expect([answer.status, answer.json]).toEqual([
        200,
        {
          sub: maya.user.id,
          name: maya.user.displayName,
          preferred_username: maya.user.username,
          username: maya.user.username,
          created_at: new Date(maya.user.createdAt).toISOString(),
          updated_at: Math.floor(maya.user.updatedAt / 1000),
          email: maya.user.email,
          email_verified: false,
        },
      ]);
    }
  });

  it("[F13] gives granted claims only, and none without openid or profile", async () => {
    await enter({ scopes: ["openid", "gateway:access"] });
    expect((await userinfo(`Bearer ${tokens.access_token}`)).json).toEqual({ sub: maya.user.id });
    await enter({ scopes: ["openid", "email"] });
    const { email } = maya.user;
    expect((await userinfo(`Bearer ${tokens.access_token}`)).json).toEqual({
      sub: maya.user.id,
      email,
      email_verified: false,
    });
    await enter({ scopes: ["email", "gateway:access"] });
    const refused = await userinfo(`Bearer ${tokens.access_token}`);
    expect([refused.status, refused.json.error]).toEqual([403, "insufficient_scope"]);
    expect(refused.headers.get("www-authenticate")).toMatch(/^Bearer error="insufficient_scope", scope="openid", /);
    expect(refused.text).not.toContain(email);
  });

  it("[F01] is an access token or nothing", async () => {
    const session = await inTx(house.ctx, (ctx) => startSession(ctx, maya.user, { amr: ["pwd"], userAgent: null }));
    const others = [tokens.id_token, tokens.refresh_token, maya.code(), session.token, maya.clientSecret];
    for (const other of others) {
      expect(await house.tokens.verify(other)).toBeUndefined();
      expect((await userinfo(`Bearer ${other}`)).status).toBe(401);
      const told = await introspect(other);
      expect(other === tokens.refresh_token ? told.token_type : told.active).toBe(
        other === tokens.refresh_token ? "refresh_token" : false,
      );
    }
    // The same seal under another name is no access token either.
    await expectDead(tokens.refresh_token.replace("ik_rt_", "ik_at_"));
  });

  it("[F03] cut, changed in case or lengthened is nothing", async () => {
    const token: string = tokens.access_token;
    const changed = [
      ...Array.from({ length: 40 }, (_, index) => token.slice(0, -index - 1)),
      ...Array.from({ length: 40 }, (_, index) => token.slice(0, 6) + token.slice(7 + index)),
      token.toUpperCase(),
      token.toLowerCase(),
      `${token}A`,
      `${token}=`,
      `${token.slice(0, 6)}A${token.slice(6)}`,
    ];
    for (const at of [6, 20, 40, 80, token.length - 1]) {
      const letter = token[at]!;
      const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
      changed.push(token.slice(0, at) + (other === letter ? "x" : other) + token.slice(at + 1));
    }
    for (const text of changed) await expectDead(text);
    expect((await introspect(token)).active).toBe(true);
  });

  it("[F06] is dead from the moment of its expiry", async () => {
    house.clock.advance(3_600_000 - 1);
    await house.feed.pollOnce();
    expect((await userinfo(`Bearer ${tokens.access_token}`)).status).toBe(200);
    house.clock.advance(1);
    await expectDead(tokens.access_token);
    house.clock.advance(1000);
    await expectDead(tokens.access_token);
  });

  it("[F12] is not made by re-signing an ID token", async () => {
    const [head, claims, signature] = tokens.id_token.split(".");
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const { keys } = (await house.call("GET /.well-known/jwks.json")).json;
    const pem = createPublicKey({ key: keys[0], format: "jwk" }).export({ type: "spki", format: "pem" });
    const hmac = (text: string) => createHmac("sha256", pem).update(text).digest("base64url");
    const symmetric = `${encode({ alg: "HS256", typ: "at+jwt", kid: keys[0].kid })}.${claims}`;
    const forged = [
      `${encode({ alg: "none", typ: "at+jwt" })}.${claims}.`,
      `${symmetric}.${hmac(symmetric)}`,
      `${encode({ alg: "XX999" })}.${claims}.${signature}`,
      `${encode({ ...JSON.parse(Buffer.from(head, "base64url").toString()), kid: "sig_other" })}.${claims}.${signature}`,
    ];
    for (const token of forged) {
      await expectDead(token);
      await expectDead(`ik_at_${token}`);
    }
  });

  it("[F15] in the URL counts for nothing, and no log tells of it", async () => {
    const token = tokens.access_token;
    const answers = [
      await house.call(`GET /idp/userinfo?access_token=${token}`),
      await house.post(`/idp/userinfo?access_token=${token}`, {}),
      await house.post(`/idp/token/introspect?token=${token}`, { token }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 400]);
    for (const answer of answers) expect(answer.text).not.toContain(token);
    expect(house.logged.join("\n")).not.toContain(token.slice(6, 40));
  });

  it("[F16] in a malformed header is 401, never 5xx", async () => {
    const token = tokens.access_token;
    const shapes = [
      ...[
        "",
        " ",
        "Bearer",
        "Bearer ",
        "bearer",
        "Bearer  ",
        `Bearer  ${token}`,
        `Bearer ${token} x`,
        `Bearer=${token}`,
      ],
      ...[`Bearer "${token}"`, `Bearer ${token},`, `Bearer ${token};`, `Bearer\t${token}`, token, `Token ${token}`],
      ...[`Basic ${token}`, `Digest ${token}`, `DPoP ${token}`, `Bearer Bearer ${token}`, "Bearer null", "Bearer {}"],
      ...["Bearer undefined", "Bearer [object Object]", "Bearer .", "Bearer ..", "Bearer =", "Bearer ==", "Bearer %00"],
      ...Array.from({ length: 32 }, (_, index) => `Bearer ${String.fromCharCode(33 + index)}${token}`),
      ...Array.from({ length: 30 }, (_, index) => `Bearer ${"a".repeat(2 ** Math.min(index, 14))}${index}`),
      ...Array.from({ length: 20 }, (_, index) => `${"Bearer ".repeat(index + 2)}${token}`),
    ];
    expect(shapes.length).toBeGreaterThanOrEqual(100);
    for (const shape of shapes) {
      const answer = await userinfo(shape);
      expect([shape.slice(0, 80), answer.status]).toEqual([shape.slice(0, 80), 401]);
    }
  });

  it("revoked is refused at once, and its family lives on", async () => {
    expect((await introspect(tokens.access_token)).active).toBe(true);
    const answer = await revoke({ token: tokens.access_token, ...maya.proof });
    expect([answer.status, answer.json]).toEqual([200, { revoked: true }]);
    await expectDead(tokens.access_token);
    expect((await introspect(tokens.refresh_token)).active).toBe(true);
    expect((await revoke({ token: tokens.access_token, ...maya.proof })).status).toBe(200);
  });

  it("[F09] is revoked by its own public app; another app's stays alive, and the answer is the same", async () => {
    const mine = tokens;
    await enter({ metadata: { client_type: "public" } });
    const own = await revoke({ token: tokens.access_token, ...maya.proof });
    await expectDead(tokens.access_token);
    for (const token of [mine.access_token, mine.refresh_token]) {
      const other = await revoke({ token, ...maya.proof });
      expect([other.status, other.text]).toEqual([own.status, own.text]);
      expect((await introspect(token)).active).toBe(true);
    }
    for (const token of ["unknown", "ik_at_unknown", "ik_rt_unknown", "sk-ik-unknown"]) {
      expect((await revoke({ token, ...maya.proof })).text).toBe(own.text);
    }
  });

  it("[F10] dies with the refresh token of its family", async () => {
    const again = (await house.post("/idp/token", maya.refreshForm(tokens.refresh_token))).json;
    await revoke({ token: again.refresh_token, token_type_hint: "refresh_token" });
    for (const token of [tokens.access_token, again.access_token]) await expectDead(token);
    const refused = await house.post("/idp/token", maya.refreshForm(again.refresh_token));
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
  });

  describe("that is an API key", () => {
    const create = (changes: Partial<NewApiKey> = {}) =>
      inTx(house.ctx, (ctx) =>
        createApiKey(ctx, {
          userId: maya.user.id,
          workspaceId: maya.grant.workspaceId,
          grantId: null,
          name: "Laptop",
          scopes: ["gateway:access", "profile"],
          expiresAt: null,
          ...changes,
        }),
      );
    const created = async (changes?: Partial<NewApiKey>) => {
      const result = await create(changes);
      if (!result.ok) throw new Error(result.why);
      return result;
    };

    it("acts for the user, within its own budget", async () => {
      const { key, apiKey } = await created({ limits: { total: 1_000_000 } });
      expect(key).toMatch(/^sk-ik-[a-z0-9]{40}$/);
      expect(await house.tokens.verify(key)).toMatchObject({
        kind: "api_key",
        userId: maya.user.id,
        workspaceId: maya.grant.workspaceId,
        appId: null,
        keyId: apiKey.id,
        budgetIds: [apiKey.budgetId],
      });
      expect((await userinfo(`Bearer ${key}`)).json).toMatchObject({ sub: maya.user.id, username: maya.user.username });
      // It is no token of any app.
      expect(await introspect(key)).toEqual({ active: false });
    });

    it("bound to a grant takes from the grant's budget too, and dies with the grant", async () => {
      const { key, apiKey } = await created({
        grantId: maya.grant.id,
        limits: { day: 500_000 },
        scopes: ["gateway:access", "billing:read"],
      });
      const caller = await house.tokens.verify(key);
      expect(caller).toMatchObject({ appId: maya.app.id, budgetIds: [maya.grant.budgetId, apiKey.budgetId] });
      expect([...caller!.scopes]).toEqual(["gateway:access"]);
      await maya.revoke();
      await expectDead(key);
      expect(await create({ grantId: maya.grant.id })).toEqual({ ok: false, why: "closed" });
    });

    it("is ended by whoever holds it, not by an app it was not given to", async () => {
      const { key } = await created();
      await revoke({ token: key, ...maya.proof });
      expect(await house.tokens.verify(key)).toBeDefined();
      await revoke({ token: key });
      await expectDead(key);
    });

    it("[R12] stays dead when its user is enabled, or its app activated, again", async () => {
      const [own, bound] = [await created(), await created({ grantId: maya.grant.id })];
      for (const change of [deactivateApp, activateApp]) {
        await inTx(house.ctx, (ctx) => change(ctx, maya.app.id, maya.user.id));
      }
      await expectDead(bound.key);
      expect(await house.tokens.verify(own.key)).toBeDefined();
      for (const off of [true, false]) await inTx(house.ctx, (ctx) => setUserDisabled(ctx, maya.user.id, off));
      await expectDead(own.key);
      expect((await create()).ok).toBe(true);
    });

    it("ends when it was told to", async () => {
      const { key } = await created({ expiresAt: house.clock.now() + 1000 });
      expect(await house.tokens.verify(key)).toBeDefined();
      house.clock.advance(1000);
      await expectDead(key);
    });
  });

  it("[E09] stands nowhere in the database in clear", async () => {
    const key = await inTx(house.ctx, (ctx) =>
      createApiKey(ctx, {
        userId: maya.user.id,
        workspaceId: maya.grant.workspaceId,
        grantId: null,
        name: "Laptop",
        scopes: ["gateway:access"],
        expiresAt: null,
      }),
    );
    const session = await inTx(house.ctx, (ctx) => startSession(ctx, maya.user, { amr: ["pwd"], userAgent: null }));
    const code = maya.code();
    await house.post("/idp/token", maya.codeForm(code));
    const again = (await house.post("/idp/token", maya.refreshForm(tokens.refresh_token))).json;
    await revoke({ token: again.access_token });
    const secrets = [
      ...[tokens.access_token, tokens.refresh_token, tokens.id_token, again.refresh_token, code],
      ...[session.token, maya.clientSecret, key.ok && key.key, ...house.ctx.config.secrets],
    ];
    const dump = Object.values(await everyRow(house.ctx)).join();
    // The dump is one: what may stand there does.
    for (const known of [maya.user.username, maya.app.clientId]) expect(dump).toContain(known);
    for (const secret of secrets) {
      expect(secret).toMatch(/.{20}/);
      const body = String(secret).replace(/^(ik_.._|csc_|sk-ik-)/, "");
      expect(dump).not.toContain(body.slice(0, 30));
      expect(dump).not.toContain(body.slice(-20));
    }
  });
});
