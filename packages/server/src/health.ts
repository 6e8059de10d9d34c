import type { Ctx } from "./context.ts";
import type { Feed } from "./events/index.ts";
import { jsonResponse } from "./http/respond.ts";
import type { Route } from "./http/table.ts";

/** Whether the process lives, and whether it can answer: they tell nothing else. */
export function healthRoutes(ctx: Ctx, feed: Feed): Route[] {
  return [
    { method: "GET", path: "/healthz", shape: "detail", handler: () => jsonResponse({ status: "alive" }) },
    {
      method: "GET",
      path: "/readyz",
      shape: "detail",
      handler: async () => {
        await feed.pollOnce();
        return jsonResponse({ status: "ready", issuer: ctx.config.issuer });
      },
    },
  ];
}
