import { Hono } from "hono";
import { z } from "zod";
import { describeScopes } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import type { Sealer } from "../kernel/seal.ts";
import { createKeyNonces } from "../people/index.ts";
import type { Tokens } from "../tokens/index.ts";
import { adminRecordOperations } from "./admin-records.ts";
import { adminUserOperations } from "./admin-users.ts";
import { domainOperations } from "./app-domain.ts";
import { logoOperations, serveLogo } from "./app-logo.ts";
import { webhookOperations } from "./app-webhooks.ts";
import { appOperations } from "./apps.ts";
import { authorizationOperations } from "./authorizations.ts";
import { createCursors } from "./cursors.ts";
import { exportOperations } from "./export.ts";
import { createGuard, type GuardAt } from "./guard.ts";
import { hotkeyOperations } from "./hotkeys.ts";
import { keyOperations } from "./keys.ts";
import { serveOpenApi } from "./openapi.ts";
import { type Operation, operation } from "./operation.ts";
import { passkeyOperations } from "./passkeys.ts";
import { serveAvatar } from "./pictures.ts";
import { sessionOperations } from "./sessions.ts";
import { userOperations } from "./users.ts";

/** How a refusal leaves: as `{ detail }`, by whoever mounts the API. */
export type Refuse = (error: unknown, request: Request, requestId: string) => Response;

interface Env {
  Bindings: { requestId: string; peer: string };
}

/** The one for what clients carry, and the one for what is stored. */
export interface Sealers {
  sealer: Sealer;
  lasting: Sealer;
}

/** Every operation of the registry and the account, in the order of the documentation. */
function listOperations(ctx: Ctx, tokens: Tokens, { sealer, lasting }: Sealers): Operation[] {
  return [
    ...scopeOperations(ctx),
    ...appOperations(ctx, createCursors(sealer)),
    ...logoOperations(ctx),
    ...domainOperations(ctx),
    ...webhookOperations(ctx, lasting),
    ...authorizationOperations(ctx),
    ...userOperations(ctx),
    ...exportOperations(ctx),
    ...keyOperations(ctx, tokens),
    ...sessionOperations(ctx),
    ...passkeyOperations(ctx),
    ...hotkeyOperations(ctx, createKeyNonces(ctx, sealer)),
    ...adminUserOperations(ctx),
    ...adminRecordOperations(ctx),
  ];
}

/** The registry and the account, for machines. */
export function createApi(ctx: Ctx, tokens: Tokens, sealers: Sealers, refuse: Refuse): Hono<Env> {
  const guard = createGuard(ctx, tokens);
  const api = new Hono<Env>().use(async (c, next) => {
    await next();
    c.res.headers.set("x-request-id", c.env.requestId);
  });
  const operations = listOperations(ctx, tokens, sealers);
  const openApi = serveOpenApi(ctx, operations);
  mount(api, operations, guard);
  return api
    .get("/logos/:logo", ({ req }) => serveLogo(ctx, req.param("logo")))
    .get("/avatars/:avatar", ({ req }) => serveAvatar(ctx, req.param("avatar")))
    .get("/openapi.json", (c) => openApi(c.req.raw))
    .notFound((c) => refuse(new Fault("not_found", "Not found"), c.req.raw, c.env.requestId))
    .onError((error, c) => refuse(error, c.req.raw, c.env.requestId));
}

function mount(api: Hono<Env>, operations: readonly Operation[], guard: GuardAt): void {
  for (const { method, path, respond } of operations) {
    api.on(method, routeOf(path), (c) => respond(c.req.raw, c.req.param(), guard(c.env.peer)));
  }
  for (const [path, known] of Map.groupBy(operations, (operation) => operation.path)) {
    const allow = known.map(({ method }) => method).join(", ");
    api.all(routeOf(path), ({ req }) => {
      throw new Fault("method_not_allowed", `${req.method} is not possible here.`, { headers: { allow } });
    });
  }
}

/** `/idp/apps/{app_id}` as the router spells it. */
function routeOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

function scopeOperations({ config }: Ctx): Operation[] {
  const answer = { scopes: describeScopes(config.brand.name, Object.keys(config.models)) };
  return [
    operation({
      method: "GET",
      path: "/idp/scopes",
      summary: "List the scopes and what each allows",
      anyOf: "public",
      answer: z.object({ scopes: z.record(z.string(), z.string()) }),
      handle: () => answer,
    }),
  ];
}
