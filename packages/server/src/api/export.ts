import { z } from "zod";
import type { Ctx } from "../context.ts";
import { createRateLimiter, rateLimited } from "../http/rate-limit.ts";
import { exportLimit, exportPart } from "../personal-data/index.ts";
import { requireRecentSignIn } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";

/** A part is no more than any other list; whoever has a long bill needs many to come to the end. */
const partLimit = { attempts: 600, seconds: 600 };

const place = z.string().max(64).optional();
const rows = z.array(z.record(z.string(), z.unknown()));

/** Everything that is stored about whoever calls, for the user in person only, and not for whoever finds an open browser. */
export function exportOperations(ctx: Ctx): Operation[] {
  const exports = createRateLimiter({ clock: ctx.clock, ...exportLimit });
  const parts = createRateLimiter({ clock: ctx.clock, ...partLimit });
  return [
    operation({
      method: "GET",
      path: "/users/me/export",
      summary: "Export everything that is stored about you",
      description:
        "Sections are lists of objects; secrets are left out. Calls and entries of the bill, and what the audit log says of you, come newest first: ask again with `calls`, `entries` or `audit_log` for older ones. An export begins five times in ten minutes. It takes a sign-in of the last 30 minutes, or a signature where the account has no second factor; no key and no token may do this.",
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
      refusals: ["forbidden", "rate_limited"],
      async handle({ caller, query }) {
        await requireRecentSignIn(ctx, caller);
        const begins = Object.values(query).every((each) => each === undefined);
        const seconds = (begins ? exports : parts).attempt(caller.userId);
        if (seconds > 0) throw rateLimited(seconds);
        return exportPart(ctx, caller.userId, query);
      },
    }),
  ];
}
