import { describe, expect, it } from "vitest";
import type { Config } from "../config/config.ts";
import { type Ctx, inTx } from "../context.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import {
  type App,
  appMetadata,
  completeChange,
  createApp,
  deleteApp,
  judgeChange,
  judgeNewApp,
  mayCreateApps,
} from "./index.ts";

const spendingScopes = ["gateway:access"];
const schema = appMetadata(["openid", "gateway:access"], spendingScopes);
const wire = { name: "Storyteller", redirect_uris: ["https://a.example/callback"] };
const user = { id: "usr_maya", role: "user", emailVerifiedAt: null, phoneVerifiedAt: null } as const;
const anybody = { isOperator: false, spendingScopes, brandName: "Acme" };
const operator = { ...anybody, isOperator: true };

const withPolicy = (ctx: Ctx, apps: Partial<Config["apps"]>): Ctx => ({
  ...ctx,
  config: { ...ctx.config, apps: { ...ctx.config.apps, ...apps } },
});

const create = (ctx: Ctx, name: string, limit?: number) =>
  inTx(ctx, (tx) => createApp(tx, user.id, schema.parse({ ...wire, name }), { limit }));

describe.each(databases)("who may register apps on $name", ({ open }) => {
  it.each([
    ["anyone", user, true],
    ["email_verified", user, "email_unverified"],
    ["email_verified", { ...user, emailVerifiedAt: 1 }, true],
    ["phone_verified", { ...user, emailVerifiedAt: 1 }, "phone_unverified"],
    ["phone_verified", { ...user, phoneVerifiedAt: 1 }, true],
    ["operators", { ...user, emailVerifiedAt: 1, phoneVerifiedAt: 1 }, "operators_only"],
    ["operators", { ...user, role: "operator" }, true],
    ["phone_verified", { ...user, role: "operator" }, true],
  ] as const)("%s: %j is told %j", async (creators, person, told) => {
    const { ctx, close } = await openCtx(open);
    const verdict = await mayCreateApps(withPolicy(ctx, { creators }), person);
    expect(verdict.ok ? true : verdict.why).toBe(told);
    await close();
  });

  it("counts what somebody has; deleting makes room, and operators need none", async () => {
    const { ctx, close } = await openCtx(open);
    const narrow = withPolicy(ctx, { perUser: 1 });
    expect(await mayCreateApps(narrow, user)).toEqual({ ok: true, limit: 1 });
    const first = await create(ctx, "First", 1);
    expect(await mayCreateApps(narrow, user)).toEqual({ ok: false, why: "too_many" });
    expect(await mayCreateApps(narrow, { ...user, role: "operator" })).toEqual({ ok: true, limit: undefined });
    expect(await create(ctx, "Second", 1)).toEqual({ ok: false, why: "too_many" });
    await inTx(ctx, (tx) => deleteApp(tx, first.ok ? first.app.id : "", user.id));
    expect(await create(ctx, "Second", 1)).toMatchObject({ ok: true });
    await close();
  });

  it("is counted by the row that grows: of many at once no more get through than may", async () => {
    const { ctx, close } = await openCtx(open);
    const results = await Promise.all(Array.from({ length: 20 }, (_, index) => create(ctx, `Story ${index}`, 5)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(5);
    expect(new Set(results.flatMap((result) => (result.ok ? [] : result.why)))).toEqual(new Set(["too_many"]));
    await close();
  });
});

describe("what stands against an app", () => {
  const judged = (more: object, asker = anybody) =>
    judgeNewApp(schema.parse({ ...wire, ...more }), asker).map(({ field, why }) => `${field} ${why}`);

  it.each([
    [{}, []],
    [{ require_pkce: false }, ["require_pkce operators_only"]],
    [{ require_pkce: false, client_type: "public" }, ["require_pkce public_client"]],
    [{ grant_types: ["client_credentials"] }, ["grant_types operators_only"]],
    [{ grant_types: ["client_credentials"], client_type: "public" }, ["grant_types public_client"]],
    [{ grant_types: ["urn:ietf:params:oauth:grant-type:device_code"] }, []],
    [{ identity_only: true }, []],
    [{ name: "Acme Notes" }, []],
    [{ name: "Acme Login" }, ["name platform_name"]],
    [{ name: "Fieldnоtes" }, ["name mixed_alphabets"]],
    [{ identity_only: true, allowed_scopes: ["gateway:access"] }, ["allowed_scopes identity_only"]],
  ])("%j: %j", (more, objections) => expect(judged(more)).toEqual(objections));

  it("is less for an operator, but PKCE stays where there is no secret", () => {
    expect(judged({ require_pkce: false, grant_types: ["client_credentials"] }, operator)).toEqual([]);
    expect(judged({ require_pkce: false, client_type: "public" }, operator)).toEqual(["require_pkce public_client"]);
    expect(judged({ name: "Acme Login" }, operator)).toEqual([]);
    expect(judged({ name: "Fieldnоtes" }, operator)).toEqual(["name mixed_alphabets"]);
  });

  it("leaves alone what an operator allowed before", () => {
    const said = schema.parse({
      ...wire,
      name: "Acme Login",
      require_pkce: false,
      grant_types: ["client_credentials"],
    });
    const app = { ...said, clientType: "confidential" } as unknown as App;
    expect(judgeChange(app, { description: "x", grantTypes: ["client_credentials"] }, anybody)).toEqual([]);
    expect(judgeChange(app, { name: "Acme Login", description: "x" }, anybody)).toEqual([]);
    expect(judgeChange(app, { name: "ACME LOGIN" }, anybody).map(({ why }) => why)).toEqual(["platform_name"]);
    expect(judgeChange(app, { requirePkce: true }, anybody).map(({ why }) => why)).toEqual(["operators_only"]);
    expect(judgeChange(app, { clientType: "public" }, operator).map(({ why }) => why)).toEqual(["fixed"]);
  });

  it("takes the scopes that spend from an app that becomes identity_only, unless it names its scopes", () => {
    const app = schema.parse(wire) as unknown as App;
    expect(completeChange(app, { identityOnly: true }, spendingScopes).allowedScopes).toEqual(["openid"]);
    const named = completeChange(app, { identityOnly: true, allowedScopes: ["gateway:access"] }, spendingScopes);
    expect(judgeChange(app, named, anybody).map(({ field }) => field)).toEqual(["allowed_scopes"]);
    expect(completeChange(app, { description: "x" }, spendingScopes)).toEqual({ description: "x" });
  });
});
