import { z } from "zod";
import type { Ctx } from "../context.ts";
import { exportPart } from "../personal-data/index.ts";
import { requireAllFactors } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";

const place = z.string().max(64).optional();
const rows = z.array(z.record(z.string(), z.unknown()));

/** Everything that is stored about whoever calls, for the user in person only. */
export function exportOperations(ctx: Ctx): Operation[] {
  return [
    operation({
      method: "GET",
      path: "/users/me/export",
      summary: "Export everything that is stored about you",
      description:
        "Sections are lists of objects; secrets are left out. Calls and entries of the bill, and what the audit log says of you, come newest first: ask again with `calls`, `entries` or `audit_log` for older ones. No key and no token may do this.",
      anyOf: [],
      query: z.object({
        calls: place.meta({ description: "The `next_calls` of the part before" }),
        entries: place.meta({ description: "The `next_entries` of the part before" }),
        audit_log: place.meta({ description: "The `next_audit_log` of the part before" }),
      }),
      answer: z.looseObject({
        calls: rows,
        next_calls: z.string().nullable(),
        entries: rows,
        next_entries: z.string().nullable(),
        audit_log: rows,
        next_audit_log: z.string().nullable(),
      }),
      refusals: ["forbidden"],
      async handle({ caller, query }) {
        await requireAllFactors(ctx, caller);
        return exportPart(ctx, caller.userId, query);
      },
    }),
  ];
}
