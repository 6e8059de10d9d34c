import { z } from "zod";
import { findApp } from "../apps/index.ts";
import { type Grant, listGrants, revokeGrant } from "../consent/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { type Operation, operation } from "./operation.ts";
import { pageOf, paging } from "./query.ts";

const authorization = z.object({
  authorization_id: z.string(),
  app_id: z.string(),
  app_name: z.string().nullable(),
  app_description: z.string().nullable(),
  app_logo_url: z.string().nullable(),
  scopes: z.array(z.string()),
  created_at: z.iso.datetime(),
  revoked: z.boolean(),
});

/** What the user allows to apps; an app's own token sees and ends its own authorization only. */
export function authorizationOperations(ctx: Ctx): Operation[] {
  return [
    operation({
      method: "GET",
      path: "/idp/authorizations",
      summary: "List what you allow to apps",
      anyOf: ["authorizations:write", "account:read"],
      query: z.object(paging),
      answer: pageOf(authorization),
      async handle({ caller, query: { page, limit } }) {
        const grants = (await listGrants(ctx, caller.userId)).filter(
          ({ appId }) => caller.appId === null || caller.appId === appId,
        );
        const shown = grants.slice(page * limit, (page + 1) * limit);
        const items = await Promise.all(shown.map((grant) => renderGrant(ctx, grant)));
        return { total: grants.length, page, limit, items };
      },
    }),
    operation({
      method: "DELETE",
      path: "/idp/authorizations/{app_id}",
      summary: "End what you allow to an app",
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
