import { z } from "zod";
import { appStatistics } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import { changingApps, getApp } from "./app-access.ts";
import { type Operation, operation } from "./operation.ts";

const days = 30;
const dayMs = 86_400_000;

export function statisticsOperation(ctx: Ctx): Operation {
  return operation({
    method: "GET",
    path: "/idp/apps/{app_id}/statistics",
    summary: "Count an app's users, and what they spent with it in the last 30 days",
    anyOf: changingApps,
    answer: z.object({
      app_id: z.string(),
      users: z.int().meta({ description: "Who allow the app something now" }),
      grants: z.int().meta({ description: "Ever given, those that ended included" }),
      days: z.int().meta({ description: "What follows is about so many days" }),
      active_users: z.int().meta({ description: "Who signed in, stayed signed in, or made a call" }),
      calls: z.int(),
      errors: z.int().meta({ description: "Calls that came to nothing and cost nothing" }),
      spend_micros: z.int(),
    }),
    refusals: ["not_found"],
    async handle({ caller, params }) {
      const { app } = await getApp(ctx, caller, params.app_id);
      const counted = await appStatistics(ctx, app.id, ctx.clock.now() - days * dayMs);
      return {
        app_id: app.id,
        users: counted.users,
        grants: counted.grants,
        days,
        active_users: counted.activeUsers,
        calls: counted.calls,
        errors: counted.errors,
        spend_micros: counted.spendMicros,
      };
    },
  });
}
