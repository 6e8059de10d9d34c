import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { activateApp, deactivateApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { findSession, setUserDisabled, startSession } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { consent, openTokenHouse, type SignedIn, signIn, type TokenHouse } from "../token-house.ts";

const day = 86_400_000;

describe.each(databases)("a refresh token on $name", ({ open }) => {
  let house: TokenHouse;
  let maya: SignedIn;
  // biome-ignore lint/suspicious/noExplicitAny: the answer of a wire
  let first: any;
  const send = (form: Record<string, string>) => house.post("/idp/token", form);
  const refresh = (token: string, changes: Record<string, string> = {}) =>
    send({ ...maya.refreshForm(token), ...changes });
  const isActive = async (token: string) => (await house.post("/idp/token/introspect", { token })).json.active;
  const invalidGrant = { status: 400, json: { error: "invalid_grant" } };
  const pass = async (ms: number) => {
    house.clock.advance(ms);
    await house.feed.pollOnce();
  };

  beforeAll(async () => {
    house = await openTokenHouse(open);
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    await house.feed.pollOnce();
    maya = await signIn(house);
    first = (await send(maya.codeForm())).json;
  });

  it("is exchanged for new tokens of the same scope, also without offline_access", async () => {
    await pass(1000);
    const answer = await refresh(first.refresh_token);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ scope: first.scope, budget: first.budget, expires_in: 3600 });
    expect(answer.json.refresh_token).not.toBe(first.refresh_token);
    expect(await isActive(answer.json.access_token)).toBe(true);
  });

  it("brings an ID token of the same sign-in, without nonce", async () => {
    await pass(3000);
    const { iat, exp, at_hash, nonce, ...lasting } = decodeJwt(first.id_token);
    const again = decodeJwt((await refresh(first.refresh_token)).json.id_token);
    expect(again).toMatchObject({ ...lasting, iat: iat! + 3, exp: exp! + 3 });
    expect([nonce, again.nonce]).toEqual(["n-1", undefined]);
    expect(again.at_hash).not.toBe(at_hash);
  });

  it("used again within ten seconds gives the same successor again", async () => {
    const second = (await refresh(first.refresh_token)).json;
    await pass(9999);
    const again = (await refresh(first.refresh_token)).json;
    expect(await isActive(again.access_token)).toBe(true);
    // Whichever of the two is used, the other is used with it: there is one living head.
    const third = (await refresh(again.refresh_token)).json;
    await pass(10_000);
    expect(await isActive(second.refresh_token)).toBe(false);
    expect(await isActive(third.refresh_token)).toBe(true);
  });

  it("[E01] used again after that kills the whole family with its access tokens", async () => {
    const second = (await refresh(first.refresh_token)).json;
    await pass(10_000);
    expect(await refresh(first.refresh_token)).toMatchObject(invalidGrant);
    for (const token of [first.access_token, second.access_token, second.refresh_token]) {
      expect(await isActive(token)).toBe(false);
    }
    const headers = { authorization: `Bearer ${second.access_token}` };
    expect((await house.call("GET /idp/userinfo", { headers })).status).toBe(401);
    expect(await refresh(second.refresh_token)).toMatchObject(invalidGrant);
  });

  it("[E01] does not learn from introspection that it was used, so a thief cannot tell when to come", async () => {
    const introspect = async (token: string) => (await house.post("/idp/token/introspect", { token })).json;
    const before = await introspect(first.refresh_token);
    await pass(5000);
    const second = (await refresh(first.refresh_token)).json;
    await pass(9999);
    expect(await introspect(first.refresh_token)).toEqual(before);
    const { iat, exp } = await introspect(second.refresh_token);
    expect([iat, exp]).toEqual([before.iat + 5, before.exp + 5]);
    await pass(1);
    expect(await introspect(first.refresh_token)).toEqual({ active: false });
    expect(await refresh(first.refresh_token)).toMatchObject(invalidGrant);
    expect(await isActive(second.refresh_token)).toBe(false);
  });

  it("used twice at once is no replay, however long the second has to wait", async () => {
    const second = (await refresh(first.refresh_token)).json;
    house.storage.afterRead = async () => {
      house.storage.afterRead = undefined;
      house.clock.advance(30_000);
    };
    expect((await refresh(first.refresh_token)).status).toBe(200);
    expect(house.storage.afterRead).toBeUndefined();
    expect(await isActive(second.refresh_token)).toBe(true);
  });

  it("two steps behind is refused without harm while the last step is young, and a replay later", async () => {
    const second = (await refresh(first.refresh_token)).json;
    const third = (await refresh(second.refresh_token)).json;
    expect(await refresh(first.refresh_token)).toMatchObject(invalidGrant);
    expect(await isActive(third.refresh_token)).toBe(true);
    await pass(10_000);
    expect(await refresh(first.refresh_token)).toMatchObject(invalidGrant);
    expect(await isActive(third.refresh_token)).toBe(false);
  });

  it("ahead of its family's row is refused without harm", async () => {
    const second = (await refresh(first.refresh_token)).json;
    // As after restoring a backup: the row is older than the token.
    const rewind = { generation: 1, rotated_at: house.clock.now() - 60_000 };
    const family = house.tokens.openRefreshToken(second.refresh_token)!.familyId;
    await inTx(house.ctx, (ctx) =>
      query(ctx, (db) => db.updateTable("token_families").set(rewind).where("id", "=", family).returning("id")),
    );
    expect(await refresh(second.refresh_token)).toMatchObject(invalidGrant);
    expect(await isActive(first.refresh_token)).toBe(true);
  });

  it("[E03] of one app is worth nothing to another, and stays good for its own", async () => {
    const rival = await signIn(house);
    expect(await refresh(first.refresh_token, rival.proof)).toMatchObject(invalidGrant);
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });

  it("[E04] of a confidential app is worth nothing without the app's secret", async () => {
    const { client_secret: _, ...form } = maya.refreshForm(first.refresh_token);
    for (const proof of [{}, { client_secret: "csc_wrong" }] as Record<string, string>[]) {
      const answer = await send({ ...form, ...proof });
      expect([answer.status, answer.json.error]).toEqual([401, "invalid_client"]);
    }
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });

  it("[E05] never brings more scope, another resource or a higher cap", async () => {
    const tries: [Record<string, string>, string][] = [
      [{ scope: `${first.scope} email` }, "invalid_scope"],
      [{ scope: "no-such-scope" }, "invalid_scope"],
      [{ resource: "https://elsewhere.example" }, "invalid_target"],
      [{ resource: "https://id.acme.example.evil.example" }, "invalid_target"],
      [{ budget_limit: "900.00" }, "invalid_scope"],
      [{ budget_limit: "900.00", budget_period: "day" }, "invalid_scope"],
    ];
    for (const [more, error] of tries) {
      const answer = await refresh(first.refresh_token, more);
      expect([answer.status, answer.json.error]).toEqual([400, error]);
    }
    const answer = await refresh(first.refresh_token);
    expect(answer.json).toMatchObject({ scope: first.scope, budget: first.budget });
  });

  it("brings less scope when less is asked for, without losing the rest", async () => {
    const less = (await refresh(first.refresh_token, { scope: "profile", resource: "https://id.acme.example/v1" }))
      .json;
    expect(less).toMatchObject({ scope: "profile" });
    expect([less.id_token, less.budget]).toEqual([undefined, undefined]);
    const caller = await house.tokens.verify(less.access_token);
    expect([...caller!.scopes]).toEqual(["profile"]);
    expect((await refresh(less.refresh_token)).json.scope).toBe(first.scope);
  });

  it("lives as long as its app wants, from its last use", async () => {
    maya = await signIn(house, { metadata: { refresh_token_lifetime_days: 2 } });
    first = (await send(maya.codeForm())).json;
    await pass(2 * day - 1);
    const second = (await refresh(first.refresh_token)).json;
    await pass(2 * day - 1);
    const third = (await refresh(second.refresh_token)).json;
    await pass(2 * day);
    expect(await isActive(third.refresh_token)).toBe(false);
    expect(await refresh(third.refresh_token)).toMatchObject(invalidGrant);
  });

  it("[E07] ends a year after the sign-in, however often it is used", async () => {
    maya = await signIn(house, { metadata: { refresh_token_lifetime_days: 100 } });
    first = (await send(maya.codeForm())).json;
    let token = first.refresh_token;
    for (let step = 0; step < 4; step++) {
      await pass(91 * day);
      token = (await refresh(token)).json.refresh_token;
    }
    expect(await isActive(token)).toBe(true);
    await pass(day);
    expect(await isActive(token)).toBe(false);
    expect(await refresh(token)).toMatchObject(invalidGrant);
  });

  /** Everything that came of the sign-in, and a code of it that was not used yet. */
  const expectDead = async (unused: Record<string, string>) => {
    expect(await isActive(first.access_token)).toBe(false);
    expect(await isActive(first.refresh_token)).toBe(false);
    expect(await refresh(first.refresh_token)).toMatchObject(invalidGrant);
    expect(await send(unused)).toMatchObject(invalidGrant);
  };

  it.each(["withdraws consent", "is disabled"])("[E08] dies with its access tokens when the user %s", async (what) => {
    const { token } = await inTx(house.ctx, (ctx) => startSession(ctx, maya.user, { amr: ["pwd"], userAgent: null }));
    const unused = maya.codeForm();
    expect(await isActive(first.access_token)).toBe(true);
    if (what === "is disabled") await inTx(house.ctx, (ctx) => setUserDisabled(ctx, maya.user.id, true));
    else await maya.revoke();
    await expectDead(unused);
    if (what === "is disabled") expect(await findSession(house.ctx, token)).toBeUndefined();
  });

  const revivals: [string, () => Promise<unknown>][] = [
    [
      "consenting again",
      async () => {
        await maya.revoke();
        const again = await consent(house.ctx, maya.user, maya.app, maya.grant.scopes);
        expect(again.id).not.toBe(maya.grant.id);
      },
    ],
    [
      "enabling the user",
      async () => {
        for (const off of [true, false]) await inTx(house.ctx, (ctx) => setUserDisabled(ctx, maya.user.id, off));
      },
    ],
    [
      "reactivating the app",
      async () => {
        for (const change of [deactivateApp, activateApp]) {
          await inTx(house.ctx, (ctx) => change(ctx, maya.app.id, maya.user.id));
        }
      },
    ],
  ];

  it.each(revivals)("[R12] stays dead after %s", async (_, endAndBegin) => {
    const unused = maya.codeForm();
    expect(await isActive(first.access_token)).toBe(true);
    await endAndBegin();
    await expectDead(unused);
  });
});
