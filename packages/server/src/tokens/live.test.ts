import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openSecondHouse, openTokenHouse, type SignedIn, signIn, type TokenHouse } from "../../test/token-house.ts";
import { deactivateApp } from "../apps/index.ts";
import { inTx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { setUserDisabled } from "../people/index.ts";
import { databases } from "../testing/databases.ts";
import { createApiKey, revokeApiKey } from "./index.ts";

describe.each(databases)("what is remembered of tokens on $name", ({ open }) => {
  /** Where things change, and a process that hears of it by its feed only. */
  let house: TokenHouse;
  let other: TokenHouse;
  let maya: SignedIn;
  let access: string;
  let refresh: string;
  let key: string;
  let keyId: string;

  beforeAll(async () => {
    house = await openTokenHouse(open);
    other = await openSecondHouse(house);
  });
  afterAll(async () => {
    await other.close();
    await house.close();
  });
  beforeEach(async () => {
    await house.feed.pollOnce();
    maya = await signIn(house);
    const { json } = await house.post("/idp/token", maya.codeForm());
    access = json.access_token;
    refresh = json.refresh_token;
    const wanted = { name: "", scopes: ["profile"], expiresAt: null, workspaceId: maya.grant.workspaceId };
    const made = await inTx(house.ctx, (ctx) => createApiKey(ctx, { ...wanted, userId: maya.user.id, grantId: null }));
    if (!made.ok) throw new Error(made.why);
    key = made.key;
    keyId = made.apiKey.id;
    await warm();
  });

  /** Polls and asks until memory answers without a promise. */
  const warm = async () => {
    await other.feed.pollOnce();
    for (const bearer of [access, key]) {
      await expect.poll(() => other.tokens.verify(bearer)).not.toBeInstanceOf(Promise);
      expect(other.tokens.verify(bearer)).toBeDefined();
    }
  };

  const ends: [string, () => Promise<unknown>, { survives?: "access" | "key" }][] = [
    ["the grant is revoked", () => maya.revoke(), { survives: "key" }],
    [
      "the app is deactivated",
      () => inTx(house.ctx, (ctx) => deactivateApp(ctx, maya.app.id, "x")),
      { survives: "key" },
    ],
    ["the user is disabled", () => inTx(house.ctx, (ctx) => setUserDisabled(ctx, maya.user.id, true)), {}],
    ["the token is revoked", () => house.tokens.revoke(access, undefined), { survives: "key" }],
    ["the family is revoked", () => house.tokens.revoke(refresh, undefined), { survives: "key" }],
    ["the key is revoked", () => inTx(house.ctx, (ctx) => revokeApiKey(ctx, keyId)), { survives: "access" }],
  ];

  it.each(ends)("is forgotten by the next poll after %s", async (_, end, { survives }) => {
    await end();
    await other.feed.pollOnce();
    expect((await other.tokens.verify(access)) !== undefined).toBe(survives === "access");
    expect((await other.tokens.verify(key)) !== undefined).toBe(survives === "key");
  });

  describe("[R13] without a fresh poll", () => {
    it.each(ends)("every check reads the database, when %s", async (_, end, { survives }) => {
      house.clock.advance(1000);
      await end();
      // A memory that was asked would honour both.
      expect((await other.tokens.verify(access)) !== undefined).toBe(survives === "access");
      expect((await other.tokens.verify(key)) !== undefined).toBe(survives === "key");
    });

    it("and without a database every check is 503", async () => {
      house.clock.advance(1000);
      other.storage.afterRead = () => Promise.reject(new Fault("temporarily_unavailable", "The disk is gone."));
      for (const bearer of [access, key]) {
        const answer = await other.call("GET /idp/userinfo", { headers: { authorization: `Bearer ${bearer}` } });
        expect([answer.status, answer.json.error]).toEqual([503, "temporarily_unavailable"]);
      }
      const told = await other.post("/idp/token/introspect", { token: access });
      expect([told.status, told.json.error]).toEqual([503, "temporarily_unavailable"]);
      other.storage.afterRead = undefined;
      await warm();
    });
  });

  it("is not made of what changed while it was being read", async () => {
    const fresh = await signIn(house);
    const { json } = await house.post("/idp/token", fresh.codeForm());
    await other.feed.pollOnce();
    const reading = Promise.withResolvers<void>();
    const mayGoOn = Promise.withResolvers<void>();
    other.storage.afterRead = () => {
      reading.resolve();
      return mayGoOn.promise;
    };
    const early = other.tokens.verify(json.access_token);
    expect(early).toBeInstanceOf(Promise);
    await reading.promise;
    other.storage.afterRead = undefined;
    await fresh.revoke();
    await other.feed.pollOnce();
    mayGoOn.resolve();
    await early;
    expect(await other.tokens.verify(json.access_token)).toBeUndefined();
  });

  it("is forgotten altogether when changes may have been missed", async () => {
    other.ctx.changes.apply({ kind: "everything", subjectId: "" });
    for (const bearer of [access, key]) expect(other.tokens.verify(bearer)).toBeInstanceOf(Promise);
    await warm();
  });

  it("knows of what was revoked before the process started", async () => {
    await house.tokens.revoke(access, undefined);
    const third = await openSecondHouse(house);
    await third.feed.pollOnce();
    for (let round = 0; round < 3; round++) expect(await third.tokens.verify(access)).toBeUndefined();
    await third.close();
  });
});
