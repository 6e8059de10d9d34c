import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../../src/context.ts";
import { listAuditLines } from "../../src/events/index.ts";
import { exportPart } from "../../src/personal-data/index.ts";
import { query } from "../../src/store/index.ts";
import { rawStatement } from "../../src/store/statement.ts";
import { databases } from "../../src/testing/databases.ts";
import { type OpenCtx, openCtx } from "../../src/testing/open-ctx.ts";

/** How the database goes about every read of the log that `work` makes. */
async function plansOf(house: OpenCtx, work: (ctx: Ctx) => Promise<unknown>): Promise<string[]> {
  const { ctx, store } = house;
  const plans: string[] = [];
  const explain = store.dialect === "sqlite" ? "explain query plan" : "explain";
  const db: Ctx["db"] = {
    singleProcess: ctx.db.singleProcess,
    commit: (statement, params) => ctx.db.commit(statement, params),
    transact: (run, isRefusal, deadlineMs) => ctx.db.transact(run, isRefusal, deadlineMs),
    async query(statement, params) {
      const { sql } = statement.plan(store.dialect);
      if (sql.includes('from "audit_log"')) {
        const explained = { ...statement.plan(store.dialect), name: undefined, sql: `${explain} ${sql}` };
        const rows = await ctx.db.query<typeof params, object>({ plan: () => explained }, params);
        plans.push(JSON.stringify(rows));
      }
      return ctx.db.query(statement, params);
    },
  };
  await work({ ...ctx, db });
  return plans;
}

describe.each(databases)("the audit log of many on $name", ({ open }) => {
  let house: OpenCtx;

  beforeAll(async () => {
    house = await openCtx(open);
    const { ctx } = house;
    const crowd = Array.from({ length: 4000 }, (_, line) => ({
      id: ctx.random.id("aud"),
      actor_id: `usr_${line % 400}`,
      action: "test.line",
      subject_id: `usr_${(line + 7) % 300}`,
      detail: "{}",
      created_at: ctx.clock.now(),
    }));
    await inTx(ctx, (tx) => query(tx, (db) => db.insertInto("audit_log").values(crowd).returning("id")));
    await inTx(ctx, (tx) => rawStatement("analyze", "writes").all(tx, {}));
  });
  afterAll(() => house.close());

  it.each([
    ["the operator's page of one person's deeds", "audit_log_actor", { actorId: "usr_8" }],
    ["the operator's page of what was done to one", "audit_log_subject", { subjectId: "usr_8" }],
    ["an older page of it", "audit_log_subject", { subjectId: "usr_8", before: "aud_z" }],
  ])("is not read through for %s", async (_what, index, filter) => {
    const plans = await plansOf(house, (ctx) => listAuditLines(ctx, { ...filter, limit: 51 }));
    expect(plans).toEqual([expect.stringContaining(index)]);
    expect(plans.join()).not.toMatch(/SCAN|Seq Scan|TEMP B-TREE/);
  });

  it.each([{}, { audit_log: "aud_z" }])("is not read through for an export at %j", async (place) => {
    const plans = await plansOf(house, (ctx) => exportPart(ctx, "usr_8", place));
    expect(plans).toHaveLength(2);
    for (const index of ["audit_log_actor", "audit_log_subject"]) {
      expect(plans).toContainEqual(expect.stringContaining(index));
    }
    expect(plans.join()).not.toMatch(/SCAN|Seq Scan|TEMP B-TREE/);
  });
});
