import type { Ctx } from "../context.ts";
import type { Route } from "../http/table.ts";
import type { Tokens } from "../tokens/index.ts";
import { getCaller, mayUse } from "./caller.ts";

/** What there is to buy, for whoever may buy it. */
export function modelsRoute(ctx: Ctx, tokens: Tokens): Route {
  const { brand, models } = ctx.config;
  const data = Object.keys(models).map((id) => ({ id, object: "model", created: 0, owned_by: brand.name }));
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return {
    method: "GET",
    path: "/v1/models",
    shape: "openai",
    cors: "any-origin-no-credentials",
    async handler(request) {
      const caller = await getCaller(ctx, tokens, request);
      const allowed = data.filter(({ id }) => mayUse(caller, id));
      return new Response(JSON.stringify({ object: "list", data: allowed }), { headers });
    },
  };
}
