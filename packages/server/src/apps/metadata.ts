import { z } from "zod";
import { type Period, periods } from "../config/config.ts";
import { knownRefusals } from "../kernel/faults.ts";
import { canonicalScope, modelOf } from "../kernel/model-scope.ts";
import { parseDollars } from "../kernel/money.ts";
import { isOrdinaryText } from "../kernel/ordinary-line.ts";
import { isAllowedRedirectUri, parseHttpUrl } from "../kernel/url.ts";

/** What an owner says about an app, checked. */
export interface AppMetadata {
  name: string;
  description: string | null;
  redirectUris: string[];
  homepageUrl: string | null;
  logoUrl: string | null;
  privacyPolicyUrl: string | null;
  termsUrl: string | null;
  clientType: "confidential" | "public";
  allowedScopes: string[];
  /** Shown in the directory to everybody. */
  listed: boolean;
  refreshTokenLifetimeDays: number;
  idTokenSignedResponseAlg: "RS256" | "ES256";
  accessTokenFormat: "sealed" | "jwt";
  /** By the names of RFC 7591. */
  grantTypes: string[];
  /** May recognise people and never spend. */
  identityOnly: boolean;
  requirePkce: boolean;
  postLogoutRedirectUris: string[];
  webhookUrl: string | null;
  budgetProposal: { limitMicros: number; period: Period } | null;
}

/** What is left out stays as it is. */
export type AppChange = Partial<AppMetadata> & { active?: boolean };

export const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

export const grantTypes = ["authorization_code", "refresh_token", deviceGrant, "client_credentials"] as const;

/**
 * Reads the metadata of a new app as it stands on the wire. Words of `grantableScopes` only may be asked for by the app;
 * all of them when it does not choose, and for an `identity_only` one all but those that spend.
 */
export function appMetadata(grantableScopes: readonly string[], spendingScopes: readonly string[] = []) {
  const known = fieldsOf(grantableScopes);
  const usual = (identityOnly: boolean) =>
    grantableScopes.filter((scope) => !identityOnly || !spendingScopes.includes(scope));
  return z
    .object({
      ...known,
      description: known.description.optional(),
      homepage_url: known.homepage_url.optional(),
      logo_url: known.logo_url.optional(),
      privacy_policy_url: known.privacy_policy_url.optional(),
      terms_url: known.terms_url.optional(),
      client_type: known.client_type.default("confidential"),
      allowed_scopes: known.allowed_scopes.optional(),
      public: known.public.default(true),
      refresh_token_lifetime_days: known.refresh_token_lifetime_days.default(30),
      id_token_signed_response_alg: known.id_token_signed_response_alg.default("RS256"),
      access_token_format: known.access_token_format.default("sealed"),
      grant_types: known.grant_types.default(["authorization_code", "refresh_token"]),
      identity_only: known.identity_only.default(false),
      require_pkce: known.require_pkce.default(true),
      post_logout_redirect_uris: known.post_logout_redirect_uris.default([]),
      webhook_url: known.webhook_url.optional(),
      budget_proposal: known.budget_proposal.optional(),
    })
    .transform(
      (wire): AppMetadata => ({
        name: wire.name,
        description: wire.description || null,
        redirectUris: wire.redirect_uris,
        homepageUrl: wire.homepage_url ?? null,
        logoUrl: wire.logo_url ?? null,
        privacyPolicyUrl: wire.privacy_policy_url ?? null,
        termsUrl: wire.terms_url ?? null,
        clientType: wire.client_type,
        allowedScopes: wire.allowed_scopes ?? usual(wire.identity_only),
        listed: wire.public,
        refreshTokenLifetimeDays: wire.refresh_token_lifetime_days,
        idTokenSignedResponseAlg: wire.id_token_signed_response_alg,
        accessTokenFormat: wire.access_token_format,
        grantTypes: wire.grant_types,
        identityOnly: wire.identity_only,
        requirePkce: wire.require_pkce,
        postLogoutRedirectUris: wire.post_logout_redirect_uris,
        webhookUrl: wire.webhook_url ?? null,
        budgetProposal: wire.budget_proposal ?? null,
      }),
    );
}

/** Reads a change as it stands on the wire: every field may be left out, and `null` takes away what may be missing. */
export function appChange(grantableScopes: readonly string[]) {
  return z
    .object({ ...fieldsOf(grantableScopes), active: z.boolean() })
    .partial()
    .transform((wire): AppChange => {
      const change: AppChange = {
        name: wire.name,
        description: wire.description === "" ? null : wire.description,
        redirectUris: wire.redirect_uris,
        homepageUrl: wire.homepage_url,
        logoUrl: wire.logo_url,
        privacyPolicyUrl: wire.privacy_policy_url,
        termsUrl: wire.terms_url,
        clientType: wire.client_type,
        allowedScopes: wire.allowed_scopes,
        listed: wire.public,
        refreshTokenLifetimeDays: wire.refresh_token_lifetime_days,
        idTokenSignedResponseAlg: wire.id_token_signed_response_alg,
        accessTokenFormat: wire.access_token_format,
        grantTypes: wire.grant_types,
        identityOnly: wire.identity_only,
        requirePkce: wire.require_pkce,
        postLogoutRedirectUris: wire.post_logout_redirect_uris,
        webhookUrl: wire.webhook_url,
        budgetProposal: wire.budget_proposal,
        active: wire.active,
      } as AppChange;
      return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    });
}

/** Each field by its name on the wire, as it reads when it is given. */
function fieldsOf(grantableScopes: readonly string[]) {
  const scope = z
    .string()
    .max(256)
    .transform(canonicalScope)
    .refine(
      (word) => grantableScopes.includes(word) || modelOf(word) !== undefined,
      "Unknown scope, or one no app may have",
    );
  return {
    name: appName,
    description: z.string().trim().max(1000).refine(isOrdinaryText, "A description is ordinary text").nullable(),
    redirect_uris: z.array(redirectUri).min(1).max(10).transform(once),
    homepage_url: link.nullable(),
    logo_url: link.nullable(),
    privacy_policy_url: link.nullable(),
    terms_url: link.nullable(),
    client_type: z.enum(["confidential", "public"]),
    allowed_scopes: z.array(scope).min(1).max(100).transform(once),
    public: z.boolean(),
    refresh_token_lifetime_days: z.int().min(1).max(365),
    id_token_signed_response_alg: z.enum(["RS256", "ES256"]),
    access_token_format: z.enum(["sealed", "jwt"]),
    grant_types: z.array(z.enum(grantTypes)).min(1).max(10).transform(once),
    identity_only: z.boolean(),
    require_pkce: z.boolean(),
    post_logout_redirect_uris: z.array(redirectUri).max(10).transform(once),
    webhook_url: webhookUrl.nullable(),
    budget_proposal: budgetProposal.nullable(),
  };
}

function once<T>(words: readonly T[]): T[] {
  return [...new Set(words)];
}

/** Word characters of any script, blank, hyphen and dot. Nothing that breaks lines or changes direction. */
const nameText = /^[\p{L}\p{M}\p{N}_ .-]+$/u;

/** Some letters and marks are drawn as nothing: with one of them a name would look like another app's. So would a tower of marks. */
const unseen = /\p{Default_Ignorable_Code_Point}|\p{M}{5}/u;

const appName = z
  .string()
  .max(256)
  .transform((name) => name.normalize("NFKC").trim().replace(/ +/g, " "))
  .refine((name) => length(name) >= 3 && length(name) <= 64, "A name has 3 to 64 characters")
  .refine(
    (name) => nameText.test(name) && !unseen.test(name),
    "A name has letters, digits, blanks, and the signs _ - .",
  );

const redirectUri = z
  .string()
  .refine(
    isAllowedRedirectUri,
    `${knownRefusals["invalid-redirect-uri"]}: must be https, or http on loopback, without fragment, wildcard or user information`,
  );

/** Where it leads is judged again at every delivery; this keeps out what can never be delivered to. */
const webhookUrl = z
  .string()
  .refine(isAllowedRedirectUri, "Must be https, without fragment, wildcard or user information");

/** Links are shown to people, so anything but the web is refused: `javascript:` and `data:` above all. */
const link = z
  .string()
  .max(2048)
  .refine((text) => parseHttpUrl(text) !== undefined, "Must be an http or https URL");

const proposedLimit = z.string().transform((text, ctx) => {
  const micros = /^\d{1,10}(?:\.\d{1,6})?$/.test(text) ? parseDollars(text) : undefined;
  if (micros) return micros;
  ctx.addIssue({ code: "custom", message: 'Must be an amount of dollars above zero, such as "5.00"' });
  return z.NEVER;
});

const budgetProposal = z
  .object({ limit: proposedLimit, period: z.enum(periods).default("month") })
  .transform(({ limit, period }) => ({ limitMicros: limit, period }));

function length(text: string): number {
  return [...text].length;
}
