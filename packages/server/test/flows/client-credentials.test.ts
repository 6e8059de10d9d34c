import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { activateApp, deactivateApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { setUserDisabled } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { consent, openTokenHouse, type SignedIn, type SignInOptions, signIn, type TokenHouse } from "../token-house.ts";

const grant_type = "client_credentials";

describe.each(databases)("an app that acts for itself on $name", ({ open }) => {
  let house: TokenHouse;
  /** Owns the app, and has allowed it something. */
  let owner: SignedIn;
  const enter = async ({ metadata, ...options }: SignInOptions = {}) => {
    const grant_types = ["authorization_code", "refresh_token", grant_type];
    owner = await signIn(house, {
      scopes: ["openid", "profile", "email", "offline_access", "gateway:access", "account:read"],
      ...options,
      metadata: { grant_types, ...metadata },
    });
  };
  const ask = (form: Record<string, string> = {}) => house.post("/idp/token", { grant_type, ...owner.proof, ...form });
  const getToken = async (form?: Record<string, string>): Promise<string> => (await ask(form)).json.access_token;
  const introspect = async (token: string) => (await house.post("/idp/token/introspect", { token })).json;
  const expectDead = async (token: string) => {
    expect(await house.tokens.verify(token)).toBeUndefined();
    expect(await introspect(token)).toEqual({ active: false });
  };
  const refusal = async (form?: Record<string, string>) => {
    const { status, json } = await ask(form);
    return [status, json.error];
  };

  beforeAll(async () => {
    house = await openTokenHouse(open);
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    await house.feed.pollOnce();
    await enter();
  });

  it("gets what its owner allowed it and is about no person, and nothing to refresh with", async () => {
    const answer = await ask();
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.json).toEqual({
      access_token: expect.stringMatching(/^ik_at_/),
      token_type: "Bearer",
      expires_in: 3600,
      scope: "gateway:access account:read",
      budget: { limit: "5.00", period: "month", remaining: "5.00", resets_at: expect.any(String) },
    });
    const { grant, app } = owner;
    expect(await house.tokens.verify(answer.json.access_token)).toMatchObject({
      kind: "access_token",
      userId: owner.user.id,
      workspaceId: grant.workspaceId,
      appId: app.id,
      grantId: grant.id,
      familyId: null,
      budgetIds: [grant.budgetId],
    });
    const families = await query(house.ctx, (db) =>
      db.selectFrom("token_families").selectAll().where("app_id", "=", app.id),
    );
    expect(families).toEqual([]);
  });

  it("is the subject of its token", async () => {
    const iat = house.clock.now() / 1000;
    expect(await introspect(await getToken({ scope: "account:read" }))).toEqual({
      active: true,
      token_type: "access_token",
      exp: iat + 3600,
      iat,
      scope: "account:read",
      client_id: owner.app.clientId,
      sub: owner.app.clientId,
    });
  });

  it("[F13] learns nothing of anybody at userinfo", async () => {
    const headers = { authorization: `Bearer ${await getToken()}` };
    const answer = await house.call("GET /idp/userinfo", { headers });
    expect([answer.status, answer.json.error]).toEqual([403, "insufficient_scope"]);
    expect(answer.text).not.toContain(owner.user.email!);
    for (const scope of ["openid", "account:read profile", "email", "offline_access"]) {
      expect(await refusal({ scope })).toEqual([400, "invalid_scope"]);
    }
  });

  it("gets no more than it is registered for and was allowed", async () => {
    for (const scope of ["billing:read", "apps:write", "unknown", " ", "gateway:invoke:nothing", "x".repeat(50_000)]) {
      expect(await refusal({ scope })).toEqual([400, "invalid_scope"]);
    }
    await enter({ scopes: ["openid", "profile"] });
    expect(await refusal()).toEqual([400, "invalid_scope"]);
    expect(await refusal({ scope: "account:read" })).toEqual([400, "invalid_scope"]);
  });

  it("[C12] is refused unless it was registered for this, and never as a public app", async () => {
    await enter({ metadata: { grant_types: ["authorization_code", "refresh_token"] } });
    expect(await refusal()).toEqual([400, "unauthorized_client"]);
    await enter({ metadata: { client_type: "public" } });
    expect(await refusal()).toEqual([400, "unauthorized_client"]);
    expect(await refusal({ client_secret: "csc_guessed" })).toEqual([401, "invalid_client"]);
  });

  it("[C12] registered for nothing else, it can neither redeem a code nor refresh", async () => {
    await enter({ metadata: { grant_types: [grant_type] } });
    expect((await house.post("/idp/token", owner.codeForm())).json.error).toBe("unauthorized_client");
    expect((await house.post("/idp/token", owner.refreshForm("ik_rt_x"))).json.error).toBe("unauthorized_client");
    expect((await ask()).status).toBe(200);
  });

  it("is given nothing to refresh with when it is not registered to refresh", async () => {
    await enter({ metadata: { grant_types: ["authorization_code"] } });
    const { json } = await house.post("/idp/token", owner.codeForm());
    expect(json.access_token).toMatch(/^ik_at_/);
    expect(json).not.toHaveProperty("refresh_token");
  });

  it("must prove who it is", async () => {
    expect(await refusal({ client_secret: "csc_wrong" })).toEqual([401, "invalid_client"]);
    const { client_id } = owner.proof;
    const answer = await house.post("/idp/token", { grant_type, client_id: client_id! });
    expect([answer.status, answer.json.error]).toEqual([401, "invalid_client"]);
  });

  it("[E08] ends within a second when its owner revokes, and says why it gets no other", async () => {
    const token = await getToken();
    expect(await house.tokens.verify(token)).toBeDefined();
    await owner.revoke();
    await expectDead(token);
    const { status, json } = await ask();
    expect([status, json.error]).toEqual([400, "invalid_grant"]);
    expect(json.error_description).toContain("sign in to the app as its owner");
    const { user, app } = owner;
    await consent(house.ctx, user, app, ["gateway:access"]);
    expect((await ask()).json.scope).toBe("gateway:access");
    await expectDead(token);
  });

  it("[R12] ends with its owner's account and with the app, and stays dead when they come back", async () => {
    const first = await getToken();
    for (const off of [true, false]) await inTx(house.ctx, (tx) => setUserDisabled(tx, owner.user.id, off));
    await expectDead(first);
    const second = await getToken();
    for (const change of [deactivateApp, activateApp]) {
      await inTx(house.ctx, (tx) => change(tx, owner.app.id, owner.user.id));
    }
    await expectDead(second);
    expect(await house.tokens.verify(await getToken())).toBeDefined();
  });

  it("[F05] ends its own token alone, and no other app can", async () => {
    const [token, other] = [await getToken(), await getToken()];
    const stranger = await signIn(house);
    await house.post("/idp/token/revoke", { token, ...stranger.proof });
    expect(await house.tokens.verify(token)).toBeDefined();
    await house.post("/idp/token/revoke", { token, ...owner.proof });
    await expectDead(token);
    expect(await house.tokens.verify(other)).toBeDefined();
  });

  it("does not act under what somebody else allowed it", async () => {
    await owner.revoke();
    const guest = await signIn(house);
    await consent(house.ctx, guest.user, owner.app, ["gateway:access"]);
    expect(await refusal()).toEqual([400, "invalid_grant"]);
  });
});
