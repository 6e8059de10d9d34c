import { Hono } from "hono";
import { describeScopes } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import type { Tokens } from "../tokens/index.ts";
import { appRoutes } from "./apps.ts";
import { authorizationRoutes } from "./authorizations.ts";
import { createGuard } from "./guard.ts";
import { userRoutes } from "./users.ts";

/** How a refusal leaves: as `{ detail }`, by whoever mounts the API. */
export type Refuse = (error: unknown, request: Request, requestId: string) => Response;

interface Env {
  Bindings: { requestId: string };
}

/** The registry and the account, for machines. */
export function createApi(ctx: Ctx, tokens: Tokens, refuse: Refuse): Hono<Env> {
  const guard = createGuard(ctx, tokens);
  const scopes = { scopes: describeScopes(ctx.config.brand.name) };
  return new Hono<Env>()
    .use(async (c, next) => {
      c.header("cache-control", "no-store");
      c.header("x-request-id", c.env.requestId);
      await next();
    })
    .get("/idp/scopes", (c) => c.json(scopes))
    .route("/idp/apps", appRoutes(ctx, guard))
    .route("/idp/authorizations", authorizationRoutes(ctx, guard))
    .route("/users", userRoutes(ctx, guard))
    .notFound((c) => refuse(new Fault("not_found", "Not found"), c.req.raw, c.env.requestId))
    .onError((error, c) => refuse(error, c.req.raw, c.env.requestId));
}
