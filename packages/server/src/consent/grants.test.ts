import { describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { findBudget, type Limits } from "../ledger/index.ts";
import { query } from "../store/index.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import {
  type Cap,
  type ConsentAnswer,
  changeTerms,
  findGrant,
  findLiveGrant,
  giveConsent,
  listEndedGrants,
  listGrants,
  revokeGrant,
} from "./index.ts";

const parties = { userId: "usr_maya", workspaceId: "ws_maya", appId: "app_story" };
const dollars = (limit: number) => limit * 1_000_000;
const terms = (limits: Limits, expiresAt: number | null = null) => ({ limits, expiresAt });

function answer(granted: string, more: Partial<ConsentAnswer> = {}): ConsentAnswer {
  return { granted: granted.split(" "), withheld: [], terms: null, proposal: null, ...more };
}

const give = (ctx: Ctx, given: ConsentAnswer, to = parties) => inTx(ctx, (ctx) => giveConsent(ctx, to, given));
const spending = answer("openid gateway:access", { terms: terms({ month: dollars(10) }) });

async function limitsOf(ctx: Ctx, budgetId: string | null) {
  return budgetId === null ? null : (await findBudget(ctx, budgetId))?.limits;
}

describe.each(databases)("a grant on $name", ({ open }) => {
  it("is made by the first consent, with a budget of its own and a line in the log", async () => {
    const { ctx, close } = await openCtx(open);
    const grant = await give(ctx, spending);
    expect(grant).toMatchObject({ ...parties, scopes: ["openid", "gateway:access"], generation: 1, revokedAt: null });
    expect(await limitsOf(ctx, grant.budgetId)).toEqual({ month: dollars(10) });
    expect(await findLiveGrant(ctx, "usr_maya", "app_story")).toEqual(grant);
    const lines = await query(ctx, (db) => db.selectFrom("audit_log").select(["actor_id", "action", "subject_id"]));
    expect(lines).toEqual([{ actor_id: "usr_maya", action: "consent.given", subject_id: grant.id }]);
    await close();
  });

  it("[R41] has no budget while spending is refused, and remembers the refusal", async () => {
    const { ctx, close } = await openCtx(open);
    const grant = await give(ctx, answer("openid", { withheld: ["gateway:access"] }));
    expect(grant).toMatchObject({ scopes: ["openid"], budgetId: null, answered: { refused: ["gateway:access"] } });
    expect(await query(ctx, (db) => db.selectFrom("budgets").select("id"))).toEqual([]);
    await close();
  });

  it("stays the same one when more is allowed", async () => {
    const { ctx, close } = await openCtx(open);
    const first = await give(ctx, spending);
    const second = await give(ctx, answer("email"));
    expect(second).toMatchObject({ id: first.id, budgetId: first.budgetId, generation: 1, createdAt: first.createdAt });
    expect(second.scopes).toEqual(["openid", "gateway:access", "email"]);
    expect(await limitsOf(ctx, second.budgetId)).toEqual({ month: dollars(10) });
    await close();
  });

  it("takes over the terms of the form into the same budget", async () => {
    const { ctx, close } = await openCtx(open);
    const first = await give(ctx, spending);
    const until = ctx.clock.now() + 86_400_000;
    const second = await give(
      ctx,
      answer("gateway:access", { terms: terms({ week: dollars(3), day: dollars(1) }, until) }),
    );
    expect(second).toMatchObject({ id: first.id, budgetId: first.budgetId, expiresAt: until, generation: 1 });
    expect(await limitsOf(ctx, second.budgetId)).toEqual({ week: dollars(3), day: dollars(1) });
    await close();
  });

  it("counts a generation on when something is taken back", async () => {
    const { ctx, close } = await openCtx(open);
    await give(ctx, spending);
    const told: string[] = [];
    ctx.changes.subscribe(({ kind, subjectId }) => told.push(`${kind} ${subjectId}`));
    const less = await give(ctx, answer("openid", { withheld: ["gateway:access"] }));
    expect(less).toMatchObject({ scopes: ["openid"], budgetId: null, generation: 2 });
    expect(told).toEqual([`grant ${less.id}`]);
    const again = await give(ctx, spending);
    expect(again).toMatchObject({ generation: 2, answered: { refused: [], proposals: [] } });
    await close();
  });

  it("keeps the proposals that were answered, as few as will do", async () => {
    const { ctx, close } = await openCtx(open);
    const propose = (limit: number, period: Cap["period"]) =>
      give(ctx, { ...spending, proposal: { limitMicros: dollars(limit), period } });
    await propose(10, "month");
    await propose(20, "month");
    const { answered } = await propose(1, "day");
    expect(answered.proposals).toEqual([
      { limitMicros: dollars(20), period: "month" },
      { limitMicros: dollars(1), period: "day" },
    ]);
    expect((await propose(30, "day")).answered.proposals).toEqual([{ limitMicros: dollars(30), period: "day" }]);
    await close();
  });

  it("changes its terms by the user's form alone, and only while spending is allowed", async () => {
    const { ctx, close } = await openCtx(open);
    const change = (limit: number) =>
      inTx(ctx, (ctx) => changeTerms(ctx, { ...parties, terms: terms({ month: dollars(limit) }) }));
    expect(await change(5)).toEqual({ ok: false, why: "closed" });
    const grant = await give(ctx, spending);
    expect(await change(5)).toMatchObject({ ok: true, grant: { id: grant.id, generation: 1 } });
    expect(await limitsOf(ctx, grant.budgetId)).toEqual({ month: dollars(5) });
    await give(ctx, answer("openid", { withheld: ["gateway:access"] }));
    expect(await change(50)).toEqual({ ok: false, why: "closed" });
    expect(await limitsOf(ctx, grant.budgetId)).toEqual({ month: dollars(5) });
    await close();
  });

  it("ends when it is revoked, once; consenting again makes a new one", async () => {
    const { ctx, close } = await openCtx(open);
    const revocation = { userId: "usr_maya", appId: "app_story", actorId: "usr_maya" };
    const first = await give(ctx, spending);
    const ended = await inTx(ctx, (ctx) => revokeGrant(ctx, revocation));
    expect(ended).toMatchObject({ id: first.id, generation: 2, revokedAt: ctx.clock.now() });
    expect(await inTx(ctx, (ctx) => revokeGrant(ctx, revocation))).toBeUndefined();
    expect(await findLiveGrant(ctx, "usr_maya", "app_story")).toBeUndefined();
    expect(await listGrants(ctx, "usr_maya")).toEqual([]);
    expect(await listEndedGrants(ctx, "usr_maya")).toEqual([ended]);
    const second = await give(ctx, spending);
    expect(second.id).not.toBe(first.id);
    expect(second.budgetId).not.toBe(first.budgetId);
    expect(await findGrant(ctx, first.id)).toEqual(ended);
    expect(await listGrants(ctx, "usr_maya")).toEqual([second]);
    await close();
  });

  it("ends at its date; consenting again makes a new one", async () => {
    const clock = manualClock();
    const { ctx, close } = await openCtx(open, { clock });
    const until = ctx.clock.now() + 1000;
    const first = await give(ctx, { ...spending, terms: terms({ month: dollars(10) }, until) });
    clock.advance(1000);
    expect(await findLiveGrant(ctx, "usr_maya", "app_story")).toBeUndefined();
    expect(await listGrants(ctx, "usr_maya")).toEqual([]);
    const second = await give(ctx, spending);
    expect(second.id).not.toBe(first.id);
    expect(await findGrant(ctx, first.id)).toMatchObject({ generation: 2, revokedAt: ctx.clock.now() });
    await close();
  });
});
