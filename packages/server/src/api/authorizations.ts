import { z } from "zod";
import { findApp } from "../apps/index.ts";
import { findLiveGrant, type Grant, listGrantPage, revokeGrant } from "../consent/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { Fault } from "../kernel/faults.ts";
import { readGrantUse } from "../tokens/index.ts";
import { workspacesOf } from "../workspaces/index.ts";
import { servedLogoUrl } from "./app-object.ts";
import { cap, readCaps } from "./caps.ts";
import type { ApiCaller } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";
import { pageOf, paging } from "./query.ts";

const authorization = z
  .object({
    authorization_id: z.string(),
    app_id: z.string(),
    app_name: z.string().nullable(),
    app_description: z.string().nullable(),
    app_logo_url: z.string().nullable(),
    scopes: z.array(z.string()),
    workspace: z.object({ workspace_id: z.string(), name: z.string() }).meta({ description: "Who pays" }),
    caps: z.array(cap).meta({ description: "What the app may spend; it may not when empty" }),
    tokens_alive: z.int().meta({ description: "Sign-ins and keys of the app that work now" }),
    first_used_at: z.iso.datetime().nullable(),
    last_used_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable(),
    revoked: z.boolean(),
  })
  .meta({ id: "Authorization" });

/** What the user allows to apps; an app's own token sees and ends its own authorization only. */
export function authorizationOperations(ctx: Ctx): Operation[] {
  return [
    operation({
      method: "GET",
      path: "/idp/authorizations",
      summary: "List what you allow to apps",
      description: "An app sees its own authorization.",
      anyOf: ["authorizations:write", "account:read"],
      query: z.object(paging),
      answer: pageOf(authorization),
      async handle({ caller, query: { page, limit } }) {
        const { total, items } = await listFor(ctx, caller, page, limit);
        return { total, page, limit, items: await Promise.all(items.map((grant) => render(ctx, grant))) };
      },
    }),
    operation({
      method: "DELETE",
      path: "/idp/authorizations/{app_id}",
      summary: "End what you allow to an app",
      description: "Every token and key of the app dies within a second.",
      anyOf: ["authorizations:write"],
      answer: z.object({ app_id: z.string(), revoked: z.literal(true) }),
      async handle({ caller: { userId, ...caller }, params: { app_id: appId } }) {
        const others = caller.appId !== null && caller.appId !== appId;
        const revoked = others
          ? undefined
          : await inTx(ctx, (tx) => revokeGrant(tx, { userId, appId, actorId: userId }));
        if (!revoked) throw new Fault("not_found", "Authorization not found");
        return { app_id: appId, revoked: true as const };
      },
    }),
  ];
}

async function listFor(
  ctx: Ctx,
  { userId, appId }: ApiCaller,
  page: number,
  limit: number,
): Promise<{ total: number; items: Grant[] }> {
  if (appId === null) return listGrantPage(ctx, { userId, page, limit });
  const own = await findLiveGrant(ctx, userId, appId);
  return { total: own ? 1 : 0, items: own && page === 0 ? [own] : [] };
}

async function render(ctx: Ctx, grant: Grant): Promise<z.input<typeof authorization>> {
  const [app, workspaces, { caps, lastUsedAt }, use] = await Promise.all([
    findApp(ctx, grant.appId),
    workspacesOf(ctx, grant.userId),
    readCaps(ctx, grant.budgetId),
    readGrantUse(ctx, grant.id),
  ]);
  const workspace = workspaces.find(({ id }) => id === grant.workspaceId);
  assert(workspace, "a grant names a workspace of its user");
  return {
    authorization_id: grant.id,
    app_id: grant.appId,
    app_name: app?.name ?? null,
    app_description: app?.description ?? null,
    app_logo_url: app ? servedLogoUrl(ctx, app) : null,
    scopes: grant.scopes,
    workspace: { workspace_id: workspace.id, name: workspace.name },
    caps,
    tokens_alive: use.aliveFamilies + use.aliveKeys,
    first_used_at: timeText(use.firstAt),
    last_used_at: timeText(latest(use.lastAt, lastUsedAt)),
    created_at: new Date(grant.createdAt).toISOString(),
    expires_at: timeText(grant.expiresAt),
    revoked: grant.revokedAt !== null,
  };
}

function latest(...times: (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function timeText(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
