import { z } from "zod";
import { type App, type AppRole, logoPath } from "../apps/index.ts";
import type { Ctx } from "../context.ts";
import { formatDollars } from "../kernel/money.ts";

/** What the caller may do to an app: an operator looks at every app and changes it. */
export type CallerRole = AppRole | "operator";

const roles = ["owner", "manager", "viewer", "operator"] as const satisfies readonly CallerRole[];

/** What everybody may see of an app that is listed. */
const face = {
  app_id: z.string(),
  client_id: z.string(),
  user_id: z.string().meta({ description: "The owner" }),
  name: z.string(),
  description: z.string().nullable(),
  redirect_uris: z.array(z.string()),
  homepage_url: z.string().nullable(),
  logo_url: z.string().nullable(),
  served_logo_url: z.string().nullable().meta({ description: "Our own copy; pages show no other" }),
  privacy_policy_url: z.string().nullable(),
  terms_url: z.string().nullable(),
  client_type: z.enum(["confidential", "public"]),
  identity_only: z.boolean().meta({ description: "It may recognise people and never spend" }),
  allowed_scopes: z.array(z.string()),
  active: z.boolean(),
  public: z.boolean().meta({ description: "Listed in the directory, and nothing else" }),
  verified_domain: z.string().nullable(),
  refresh_token_lifetime_days: z.int(),
  id_token_signed_response_alg: z.enum(["RS256", "ES256"]),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
};

/** What only people with a role see. */
const inside = {
  role: z.enum(roles).meta({ description: "What you are to it" }),
  access_token_format: z.enum(["sealed", "jwt"]),
  grant_types: z.array(z.string()),
  require_pkce: z.boolean(),
  post_logout_redirect_uris: z.array(z.string()),
  webhook_url: z.string().nullable(),
  budget_proposal: z.object({ limit: z.string(), period: z.string() }).nullable(),
};

export const listedApp = z.object({ ...face, ...z.object(inside).partial().shape });
export const ownApp = z.object({ ...face, ...inside });

export function servedLogoUrl({ config }: Ctx, app: App): string | null {
  const path = logoPath(app);
  return path === undefined ? null : config.issuer + path;
}

export function renderFace(ctx: Ctx, app: App) {
  return {
    app_id: app.id,
    client_id: app.clientId,
    user_id: app.ownerId,
    name: app.name,
    description: app.description,
    redirect_uris: app.redirectUris,
    homepage_url: app.homepageUrl,
    logo_url: app.logoUrl,
    served_logo_url: servedLogoUrl(ctx, app),
    privacy_policy_url: app.privacyPolicyUrl,
    terms_url: app.termsUrl,
    client_type: app.clientType,
    identity_only: app.identityOnly,
    allowed_scopes: app.allowedScopes,
    active: app.deactivatedAt === null,
    public: app.listedAt !== null,
    verified_domain: app.verifiedDomain,
    refresh_token_lifetime_days: app.refreshTokenLifetimeDays,
    id_token_signed_response_alg: app.idTokenSignedResponseAlg,
    created_at: new Date(app.createdAt).toISOString(),
    updated_at: new Date(app.updatedAt).toISOString(),
  };
}

export function renderApp(ctx: Ctx, app: App, role: CallerRole) {
  const { budgetProposal } = app;
  return {
    ...renderFace(ctx, app),
    role,
    access_token_format: app.accessTokenFormat,
    grant_types: app.grantTypes,
    require_pkce: app.requirePkce,
    post_logout_redirect_uris: app.postLogoutRedirectUris,
    webhook_url: app.webhookUrl,
    budget_proposal: budgetProposal && {
      limit: formatDollars(budgetProposal.limitMicros),
      period: budgetProposal.period,
    },
  };
}
