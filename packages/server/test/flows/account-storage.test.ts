import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listGrantPage } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { findUser, setDisplayName } from "../../src/people/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { createApiKey, listLivingKeys, readGrantUse, revokeApiKey } from "../../src/tokens/index.ts";
import { openTokenHouse, type SignedIn, signIn, type TokenHouse } from "../token-house.ts";

describe.each(databases)("what a user sees of the account on $name", ({ open }) => {
  let house: TokenHouse;
  let maya: SignedIn;

  beforeAll(async () => {
    house = await openTokenHouse(open);
    maya = await signIn(house);
  });
  afterAll(() => house.close());

  const makeKey = async (grantId: string | null, expiresAt: number | null = null) => {
    const { userId, workspaceId } = maya.grant;
    const wanted = { userId, workspaceId, grantId, name: "Key", scopes: ["openid"], expiresAt };
    const made = await inTx(house.ctx, (tx) => createApiKey(tx, wanted));
    if (!made.ok) throw new Error(made.why);
    return made.apiKey.id;
  };

  it("keys: those that live, in pages, all of them or one app's", async () => {
    const { userId } = maya.grant;
    const own = await makeKey(null);
    const ofApp = await makeKey(maya.grant.id);
    await makeKey(null, house.clock.now());
    const revoked = await makeKey(null);
    await inTx(house.ctx, (tx) => revokeApiKey(tx, revoked));
    const list = async (appId: string | null, page: number) => {
      const { total, items } = await listLivingKeys(house.ctx, { userId, appId, page, limit: 1 });
      return { total, ids: items.map(({ id }) => id) };
    };
    const all = [await list(null, 0), await list(null, 1), await list(null, 2)];
    expect(all.map(({ total }) => total)).toEqual([2, 2, 2]);
    expect(all.flatMap(({ ids }) => ids).sort()).toEqual([own, ofApp].sort());
    expect(await list(maya.app.id, 0)).toEqual({ total: 1, ids: [ofApp] });
  });

  it("authorizations: which there are, and what the app makes of them", async () => {
    const { ctx, clock, tokens } = house;
    const { userId, id } = maya.grant;
    expect(await listGrantPage(ctx, { userId, page: 0, limit: 10 })).toMatchObject({ total: 1, items: [{ id }] });
    expect(await listGrantPage(ctx, { userId, page: 1, limit: 10 })).toEqual({ total: 1, items: [] });
    const before = await readGrantUse(ctx, id);
    expect(before).toMatchObject({ aliveFamilies: 0, firstAt: null, lastAt: null });
    const began = clock.now();
    const redeem = () => tokens.redeemCode(tokens.openCode(maya.code())!, maya.app);
    await redeem();
    clock.advance(1000);
    const second = await redeem();
    expect(await readGrantUse(ctx, id)).toEqual({
      aliveFamilies: 2,
      aliveKeys: before.aliveKeys,
      firstAt: began,
      lastAt: clock.now(),
    });
    if (second.ok) await tokens.revoke(second.issued.refreshToken!, maya.app.id);
    expect((await readGrantUse(ctx, id)).aliveFamilies).toBe(1);
    await maya.revoke();
    expect((await readGrantUse(ctx, id)).aliveFamilies).toBe(0);
    expect((await listGrantPage(ctx, { userId, page: 0, limit: 10 })).total).toBe(0);
  });

  it("a name: changed once, and not again into the same", async () => {
    const { ctx } = house;
    const rename = () => inTx(ctx, (tx) => setDisplayName(tx, maya.user.id, "Maya of the Attic"));
    expect((await rename())?.displayName).toBe("Maya of the Attic");
    expect(await rename()).toBeUndefined();
    expect((await findUser(ctx, maya.user.id))?.displayName).toBe("Maya of the Attic");
  });
});
