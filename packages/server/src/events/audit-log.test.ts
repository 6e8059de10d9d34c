import { describe, expect, it } from "vitest";
import { inTx } from "../context.ts";
import { query } from "../store/index.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import { recordAudit } from "./index.ts";

describe.each(databases)("the audit log on $name", ({ open }) => {
  it("keeps what happened, and nothing of what was rolled back", async () => {
    const { ctx, close } = await openCtx(open);
    const entry = { actorId: "usr_1", subjectId: "grt_1" };
    await inTx(ctx, (tx) => recordAudit(tx, { ...entry, action: "consent.given", detail: { appId: "app_1" } }));
    await inTx(ctx, async (tx) => {
      await recordAudit(tx, { ...entry, action: "consent.revoked" });
      return { ok: false };
    });
    const rows = await query(ctx, (db) => db.selectFrom("audit_log").selectAll());
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^aud_/),
        actor_id: "usr_1",
        action: "consent.given",
        subject_id: "grt_1",
        detail: '{"appId":"app_1"}',
        created_at: ctx.clock.now(),
      },
    ]);
    await close();
  });
});
