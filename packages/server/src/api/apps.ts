import { Hono } from "hono";
import { z } from "zod";
import { type App, appMetadata, createApp, findApp, listApps } from "../apps/index.ts";
import { appScopes } from "../consent/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { readJson } from "../http/json.ts";
import { Fault } from "../kernel/faults.ts";
import type { Guard } from "./guard.ts";
import { flag, paging, readQueryAs } from "./query.ts";

const metadata = appMetadata(appScopes);

const listQuery = z.object({
  ...paging,
  include_public: flag.default(true),
  search: z.string().max(200).optional(),
  user_id: z.string().max(64).optional(),
});

const reading = ["apps:write", "account:read"] as const;

/** Registers and lists the apps of whoever calls. */
export function appRoutes(ctx: Ctx, guard: Guard): Hono {
  return new Hono()
    .post("/", async (c) => {
      await guard.getCaller(c.req.raw, ["apps:write"]);
      const wanted = await readJson(c.req.raw, metadata, { maxDepth: 8 });
      // Once more: a body may take its time, and what it was sent with may be revoked meanwhile.
      const caller = await guard.getCaller(c.req.raw, ["apps:write"]);
      const created = await inTx(ctx, (tx) => createApp(tx, caller.userId, wanted));
      if (!created.ok) throw new Fault("conflict", "An application with this name already exists");
      return c.json({
        ...renderApp(created.app),
        ...(created.clientSecret && { client_secret: created.clientSecret }),
      });
    })
    .get("/", async (c) => {
      const caller = await guard.getCaller(c.req.raw, reading);
      const { page, limit, include_public, search, user_id } = readQueryAs(c.req.raw, listQuery);
      if (user_id !== undefined && user_id !== "me" && user_id !== caller.userId) {
        throw new Fault("forbidden", "Only your own apps can be listed by user.");
      }
      // Listing by user is about that user's own apps alone.
      const includeListed = include_public && user_id === undefined;
      const { total, items } = await listApps(ctx, { ownerId: caller.userId, includeListed, search, page, limit });
      return c.json({ total, page, limit, items: items.map(renderApp), cord_refs: null });
    })
    .get("/:appId", async (c) => {
      const caller = await guard.getCaller(c.req.raw, reading);
      const app = await findApp(ctx, c.req.param("appId"));
      if (app?.ownerId !== caller.userId) throw new Fault("not_found", "Application not found");
      return c.json(renderApp(app));
    });
}

function renderApp(app: App) {
  return {
    app_id: app.id,
    client_id: app.clientId,
    user_id: app.ownerId,
    name: app.name,
    description: app.description,
    redirect_uris: app.redirectUris,
    homepage_url: app.homepageUrl,
    logo_url: app.logoUrl,
    privacy_policy_url: app.privacyPolicyUrl,
    terms_url: app.termsUrl,
    client_type: app.clientType,
    allowed_scopes: app.allowedScopes,
    active: app.deactivatedAt === null,
    public: app.listedAt !== null,
    refresh_token_lifetime_days: app.refreshTokenLifetimeDays,
    id_token_signed_response_alg: app.idTokenSignedResponseAlg,
    created_at: new Date(app.createdAt).toISOString(),
    updated_at: new Date(app.updatedAt).toISOString(),
  };
}
