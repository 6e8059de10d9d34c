import { looksOf } from "../kernel/look-alike.ts";
import { splitWords } from "../kernel/words.ts";
import type { AppsTable } from "../store/schema/apps.ts";
import type { App } from "./app.ts";
import type { AppMetadata } from "./metadata.ts";

/** How texts are compared in any letter case. */
export function nameKeyOf(name: string): string {
  return name.toLowerCase();
}

/**
 * Everything a name takes for itself, in one order for all: what it looks like, so that no other app looks like it,
 * and how it is spelled, which is all that is known of some names from before looks were compared.
 */
export function nameKeysOf(name: string): string[] {
  // Signs alone look like nothing that could be compared.
  return [...new Set([nameKeyOf(name), ...looksOf(name)])].filter((key) => key !== "").sort();
}

/** The columns that say what the owner said. */
export type MetadataColumns = Pick<
  AppsTable,
  | "name"
  | "name_key"
  | "description"
  | "homepage_url"
  | "logo_url"
  | "privacy_policy_url"
  | "terms_url"
  | "redirect_uris"
  | "allowed_scopes"
  | "listed_at"
  | "refresh_token_lifetime_days"
  | "id_token_signed_response_alg"
  | "access_token_format"
  | "grant_types"
  | "identity_only_at"
  | "pkce_waived_at"
  | "post_logout_redirect_uris"
  | "webhook_url"
  | "budget_proposal"
>;

/** @param since what is true now has been true since then: when it was listed, and so on */
export function toColumns(
  app: Omit<AppMetadata, "clientType">,
  since: { listedAt: number; identityOnlyAt: number; pkceWaivedAt: number },
): MetadataColumns {
  return {
    name: app.name,
    name_key: nameKeyOf(app.name),
    description: app.description,
    homepage_url: app.homepageUrl,
    logo_url: app.logoUrl,
    privacy_policy_url: app.privacyPolicyUrl,
    terms_url: app.termsUrl,
    redirect_uris: JSON.stringify(app.redirectUris),
    allowed_scopes: JSON.stringify(app.allowedScopes),
    listed_at: app.listed ? since.listedAt : null,
    refresh_token_lifetime_days: app.refreshTokenLifetimeDays,
    id_token_signed_response_alg: app.idTokenSignedResponseAlg,
    access_token_format: app.accessTokenFormat,
    grant_types: app.grantTypes.join(" "),
    identity_only_at: app.identityOnly ? since.identityOnlyAt : null,
    pkce_waived_at: app.requirePkce ? null : since.pkceWaivedAt,
    post_logout_redirect_uris: JSON.stringify(app.postLogoutRedirectUris),
    webhook_url: app.webhookUrl,
    budget_proposal: app.budgetProposal && JSON.stringify(app.budgetProposal),
  };
}

export function toApp(row: AppsTable): App {
  return {
    id: row.id,
    clientId: row.client_id,
    ownerId: row.owner_id,
    name: row.name,
    description: row.description,
    homepageUrl: row.homepage_url,
    logoUrl: row.logo_url,
    privacyPolicyUrl: row.privacy_policy_url,
    termsUrl: row.terms_url,
    clientType: row.client_type,
    redirectUris: JSON.parse(row.redirect_uris) as string[],
    allowedScopes: JSON.parse(row.allowed_scopes) as string[],
    listedAt: row.listed_at,
    refreshTokenLifetimeDays: row.refresh_token_lifetime_days,
    idTokenSignedResponseAlg: row.id_token_signed_response_alg as App["idTokenSignedResponseAlg"],
    accessTokenFormat: row.access_token_format,
    grantTypes: splitWords(row.grant_types),
    identityOnly: row.identity_only_at !== null,
    requirePkce: row.pkce_waived_at === null,
    postLogoutRedirectUris: JSON.parse(row.post_logout_redirect_uris) as string[],
    webhookUrl: row.webhook_url,
    budgetProposal: row.budget_proposal === null ? null : (JSON.parse(row.budget_proposal) as App["budgetProposal"]),
    logoId: row.logo_id,
    verifiedDomain: row.domain_verified_at === null ? null : row.verified_domain,
    faceChangedAt: row.face_changed_at,
    generation: row.generation,
    deactivatedAt: row.deactivated_at,
    blockedAt: row.blocked_at,
    deletedAt: row.deleted_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
