import { listAuditLines } from "../../events/index.ts";
import { readQuery } from "../../http/form.ts";
import type { Route } from "../../http/table.ts";
import type { Desk } from "../desk.ts";
import { auditPath, renderOperatorAudit } from "../pages/operator-audit.ts";
import { forStaff, staffOf } from "./staff.ts";

const pageLength = 50;

export function auditRoutes(desk: Desk): Route[] {
  return [
    {
      method: "GET",
      path: auditPath,
      shape: "page",
      handler: forStaff(desk, "audit.read", async ({ visitor, info }) => {
        const query = readQuery(info.query);
        const asked = { actor: query.get("actor"), action: query.get("action"), subject: query.get("subject") };
        const before = query.get("before");
        const filter = { actorId: asked.actor, action: asked.action, subjectId: asked.subject };
        const found = await listAuditLines(desk.ctx, { ...filter, before, limit: pageLength + 1 });
        const lines = found.slice(0, pageLength);
        const markup = renderOperatorAudit(desk.frame(visitor), {
          staff: staffOf(visitor),
          asked,
          before,
          olderBefore: found.length > pageLength ? lines.at(-1)!.id : undefined,
          lines: lines.map(({ id, createdAt, actorId, action, subjectId, detail }) => {
            return { id, at: createdAt, actor: actorId, action, subject: subjectId, detail: JSON.stringify(detail) };
          }),
        });
        return desk.page(markup);
      }),
    },
  ];
}
