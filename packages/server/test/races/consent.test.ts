import { describe, expect, it } from "vitest";
import { type ConsentAnswer, giveConsent, revokeGrant } from "../../src/consent/index.ts";
import { type Ctx, inTx } from "../../src/context.ts";
import { createBudget, findBudget } from "../../src/ledger/index.ts";
import { query } from "../../src/store/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { openCtx } from "../../src/testing/open-ctx.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 50 : 3;
const callers = 200;
const scopes = ["openid", "profile", "email", "account:read"];

const parties = (round: number) => ({ userId: "usr_maya", workspaceId: "ws_maya", appId: `app_${round}` });
const consent = (ctx: Ctx, round: number, answer: ConsentAnswer) =>
  inTx(ctx, (ctx) => giveConsent(ctx, parties(round), answer));

/** Every caller asks for another scope and another cap. */
function answerOf(caller: number): ConsentAnswer {
  return {
    granted: ["gateway:access", scopes[caller % scopes.length]!],
    withheld: [],
    terms: { limits: { month: caller + 1 }, expiresAt: null },
    proposal: { limitMicros: caller + 1, period: "month" },
  };
}

/** What may never be: two living grants of one user and app, a budget of nobody, or one that several share. */
async function violations(ctx: Ctx): Promise<string[]> {
  const grants = await query(ctx, (db) => db.selectFrom("grants").selectAll());
  const budgets = await query(ctx, (db) => db.selectFrom("budgets").select("id"));
  const found: string[] = [];
  const living = new Set<string>();
  const owners = new Map<string, number>();
  for (const { id, user_id, app_id, revoked_at, budget_id } of grants) {
    if (revoked_at === null && living.size === living.add(`${user_id} ${app_id}`).size)
      found.push(`second grant ${id}`);
    if (budget_id !== null) owners.set(budget_id, (owners.get(budget_id) ?? 0) + 1);
  }
  for (const { id } of budgets) {
    const count = owners.get(id) ?? 0;
    if (count !== 1) found.push(`budget with ${count} owners`);
  }
  return found;
}

describe.each(databases)("[R25] consent on $name", ({ open }) => {
  it(`given by ${callers} callers at once leaves one grant with one budget`, async () => {
    const { ctx, close } = await openCtx(open);
    for (let round = 0; round < rounds; round++) {
      const grants = await Promise.all(
        Array.from({ length: callers }, (_, caller) => consent(ctx, round, answerOf(caller))),
      );
      expect(new Set(grants.map(({ id }) => id)).size).toBe(1);
      expect(new Set(grants.map(({ budgetId }) => budgetId)).size).toBe(1);
      const rows = await query(ctx, (db) => db.selectFrom("grants").selectAll().where("app_id", "=", `app_${round}`));
      expect(rows).toHaveLength(1);
      expect(rows[0]!.scopes.split(" ").toSorted()).toEqual(["gateway:access", ...scopes].toSorted());
      expect(rows[0]!.generation).toBe(1);
      const month = (await findBudget(ctx, rows[0]!.budget_id!))!.limits.month!;
      expect(month).toBeGreaterThanOrEqual(1);
      expect(month).toBeLessThanOrEqual(callers);
    }
    const lines = await query(ctx, (db) => db.selectFrom("audit_log").select("id"));
    expect(lines).toHaveLength(rounds * callers);
    expect(await violations(ctx)).toEqual([]);
    await close();
  });

  it("given and revoked at once leaves at most one living grant, and revives none", async () => {
    const { ctx, close } = await openCtx(open);
    const revocation = { userId: "usr_maya", appId: "app_0", actorId: "usr_maya" };
    const ended = new Map<string, number>();
    await Promise.all(
      Array.from({ length: callers }, async (_, caller) => {
        if (caller % 2 === 0) return void (await consent(ctx, 0, answerOf(caller)));
        const grant = await inTx(ctx, (ctx) => revokeGrant(ctx, revocation));
        if (!grant) return;
        expect(ended.has(grant.id)).toBe(false);
        ended.set(grant.id, grant.generation);
      }),
    );
    const rows = await query(ctx, (db) => db.selectFrom("grants").selectAll());
    for (const { id, generation, revoked_at } of rows) {
      expect(revoked_at !== null).toBe(ended.has(id));
      if (ended.has(id)) expect(generation).toBe(ended.get(id));
    }
    expect(await violations(ctx)).toEqual([]);
    await close();
  });

  it("[R29] is caught when it looks first and writes afterwards", async () => {
    const { ctx, close } = await openCtx(open);
    const careless = () =>
      inTx(ctx, async (ctx) => {
        const budgetId = await createBudget(ctx, { month: 1 });
        const grant = await giveConsent(ctx, parties(0), answerOf(0));
        return grant.budgetId === budgetId;
      });
    await Promise.all([careless(), careless()]);
    expect(await violations(ctx)).toEqual(["budget with 0 owners", "budget with 0 owners"]);
    await close();
  });
});
