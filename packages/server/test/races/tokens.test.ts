import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deactivateApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { setUserDisabled } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { createApiKey } from "../../src/tokens/index.ts";
import { openSecondHouse, openTokenHouse, type SignedIn, signIn, type TokenHouse } from "../token-house.ts";
import { storm } from "./token-storm.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 200 : 3;
const callers = 200;

describe.each(databases)(`${callers} callers at once on $name`, ({ open }) => {
  let house: TokenHouse;
  /** Another process without any memory of what happens here. */
  let witness: TokenHouse;
  let maya: SignedIn;
  const lives = async (token: string) => (await witness.tokens.verify(token)) !== undefined;
  const headOf = async (refreshToken: string) => {
    const { familyId } = house.tokens.openRefreshToken(refreshToken)!;
    const family = (db: Parameters<Parameters<typeof query>[1]>[0]) =>
      db.selectFrom("token_families").select(["generation", "revoked_at"]).where("id", "=", familyId);
    return (await query(house.ctx, family))[0]!;
  };
  const race = (what: "code" | "refresh_token", text: string, many = callers) =>
    storm(house.tokens, { clientId: maya.app.clientId, what, texts: [text], callers: many });

  beforeAll(async () => {
    house = await openTokenHouse(open);
    witness = await openSecondHouse(house);
    await house.feed.pollOnce();
  });
  afterAll(async () => {
    await witness.close();
    await house.close();
  });

  it("[R20] redeem one code: one of them gets tokens, and nobody keeps them", async () => {
    for (let round = 0; round < rounds; round++) {
      maya = await signIn(house);
      const [aftermath] = await race("code", maya.code());
      expect(aftermath!.won).toHaveLength(1);
      expect(new Set(aftermath!.lost)).toEqual(new Set(["replayed"]));
      expect(await lives(aftermath!.won[0]!.accessToken)).toBe(false);
      expect((await headOf(aftermath!.won[0]!.refreshToken)).revoked_at).not.toBeNull();
    }
  });

  it("[R21] refresh with one token: all succeed and one living head is left, which a late replay kills", async () => {
    for (let round = 0; round < rounds; round++) {
      maya = await signIn(house);
      const { refresh_token } = (await house.post("/idp/token", maya.codeForm())).json;
      const [aftermath] = await race("refresh_token", refresh_token, round === 0 ? callers : 20);
      expect(aftermath!.lost).toEqual([]);
      expect((await headOf(refresh_token)).generation).toBe(2);
      const steps = aftermath!.won.map(({ refreshToken }) => house.tokens.openRefreshToken(refreshToken)!.generation);
      expect(new Set(steps)).toEqual(new Set([2]));
      for (const { accessToken } of aftermath!.won) expect(await lives(accessToken)).toBe(true);

      house.clock.advance(10_000);
      const [late] = await race("refresh_token", refresh_token);
      expect(late!.won).toEqual([]);
      expect((await headOf(refresh_token)).revoked_at).not.toBeNull();
      for (const { accessToken } of aftermath!.won) expect(await lives(accessToken)).toBe(false);
    }
  });

  const ends: [string, () => Promise<unknown>][] = [
    ["the user revokes the grant", () => maya.revoke()],
    ["the user is disabled", () => inTx(house.ctx, (ctx) => setUserDisabled(ctx, maya.user.id, true))],
    ["the app is deactivated", () => inTx(house.ctx, (ctx) => deactivateApp(ctx, maya.app.id, maya.user.id))],
  ];

  it.each(ends)("[R26] redeem, refresh and make keys while %s: nothing outlives it", async (_, end) => {
    for (let round = 0; round < rounds; round++) {
      maya = await signIn(house);
      const spare = (await house.post("/idp/token", maya.codeForm())).json;
      const bearers: string[] = [];
      const answers: string[] = [];
      const redeem = async () => {
        const [aftermath] = await race("code", maya.code(), 1);
        bearers.push(...aftermath!.won.map(({ accessToken }) => accessToken));
        answers.push(...aftermath!.lost);
      };
      const refresh = async () => {
        const [aftermath] = await race("refresh_token", spare.refresh_token, 1);
        bearers.push(...aftermath!.won.map(({ accessToken }) => accessToken));
        answers.push(...aftermath!.lost);
      };
      const makeKey = async () => {
        const bound = { workspaceId: maya.grant.workspaceId, userId: maya.user.id, grantId: maya.grant.id };
        const wanted = { ...bound, name: "", scopes: ["profile"], expiresAt: null };
        const made = await inTx(house.ctx, (ctx) => createApiKey(ctx, wanted));
        if (made.ok) bearers.push(made.key);
        else answers.push(made.why);
      };
      const acts = [redeem, refresh, makeKey];
      await Promise.all(
        Array.from({ length: callers }, (_, caller) => (caller === callers / 2 ? end() : acts[caller % 3]!())),
      );
      expect(bearers.length + answers.length).toBe(callers - 1);
      expect(answers.length).toBeGreaterThan(0);
      expect(new Set(answers)).toEqual(new Set(["closed"]));
      for (const bearer of bearers) {
        expect(await lives(bearer)).toBe(false);
        expect(await house.tokens.verify(bearer)).toBeUndefined();
      }
    }
  });

  it("[R29] and the race shows it when a code is looked up first and marked afterwards", async () => {
    maya = await signIn(house);
    const code = maya.code();
    const used = () => query(house.ctx, (db) => db.selectFrom("once").select("id").where("kind", "=", "naive"));
    const naive = {
      ...house.tokens,
      async redeemCode() {
        if ((await used()).length > 0) return { ok: false, why: "replayed" } as const;
        await inTx(house.ctx, (ctx) =>
          query(ctx, (db) =>
            db
              .insertInto("once")
              .values({ kind: "naive", id: ctx.random.id("mrk"), value: null, expires_at: 1 })
              .returning("id"),
          ),
        );
        const issued = {
          accessToken: "",
          refreshToken: "",
          expiresInSeconds: 0,
          idToken: "",
          scopes: [],
          budgetId: "",
        };
        return { ok: true, issued } as const;
      },
    };
    const [aftermath] = await storm(naive, { clientId: maya.app.clientId, what: "code", texts: [code], callers });
    expect(aftermath!.won.length).toBeGreaterThan(1);
  });
});
