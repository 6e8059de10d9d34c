import { Hono } from "hono";
import { z } from "zod";
import { findApp } from "../apps/index.ts";
import { type Grant, listGrants, revokeGrant } from "../consent/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import type { Guard } from "./guard.ts";
import { paging, readQueryAs } from "./query.ts";

const listQuery = z.object(paging);

/** What the user allows to apps; an app's own token sees and ends its own authorization only. */
export function authorizationRoutes(ctx: Ctx, guard: Guard): Hono {
  return new Hono()
    .get("/", async (c) => {
      const caller = await guard.getCaller(c.req.raw, ["authorizations:write", "account:read"]);
      const { page, limit } = readQueryAs(c.req.raw, listQuery);
      const grants = (await listGrants(ctx, caller.userId)).filter(
        ({ appId }) => caller.appId === null || caller.appId === appId,
      );
      const shown = grants.slice(page * limit, (page + 1) * limit);
      return c.json({
        total: grants.length,
        page,
        limit,
        items: await Promise.all(shown.map((grant) => renderGrant(ctx, grant))),
      });
    })
    .delete("/:appId", async (c) => {
      const caller = await guard.getCaller(c.req.raw, ["authorizations:write"]);
      const appId = c.req.param("appId");
      const others = caller.appId !== null && caller.appId !== appId;
      const revoked = others
        ? undefined
        : await inTx(ctx, (tx) => revokeGrant(tx, { userId: caller.userId, appId, actorId: caller.userId }));
      if (!revoked) throw new Fault("not_found", "Authorization not found");
      return c.json({ app_id: appId, revoked: true });
    });
}

async function renderGrant(ctx: Ctx, grant: Grant) {
  const app = await findApp(ctx, grant.appId);
  return {
    authorization_id: grant.id,
    app_id: grant.appId,
    app_name: app?.name ?? null,
    app_description: app?.description ?? null,
    app_logo_url: app?.logoUrl ?? null,
    scopes: grant.scopes,
    created_at: new Date(grant.createdAt).toISOString(),
    revoked: grant.revokedAt !== null,
  };
}
