import { z } from "zod";
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
}

/** Word characters of any script, blank, hyphen and dot. Nothing that hides, breaks lines or changes direction. */
const nameText = /^[\p{L}\p{M}\p{N}_ .-]+$/u;

/**
 * Reads the metadata of an app as it stands on the wire. Words of `grantableScopes` only may be asked for by the app;
 * all of them when it does not choose.
 */
export function appMetadata(grantableScopes: readonly string[]) {
  const scope = z.string().refine((word) => grantableScopes.includes(word), "Unknown scope, or one no app may have");
  return z
    .object({
      name: appName,
      description: z.string().trim().max(1000).nullish(),
      redirect_uris: z.array(redirectUri).min(1).max(10),
      homepage_url: link.nullish(),
      logo_url: link.nullish(),
      privacy_policy_url: link.nullish(),
      terms_url: link.nullish(),
      client_type: z.enum(["confidential", "public"]).default("confidential"),
      allowed_scopes: z.array(scope).min(1).max(100).optional(),
      public: z.boolean().default(true),
      refresh_token_lifetime_days: z.int().min(1).max(365).default(30),
      id_token_signed_response_alg: z.enum(["RS256", "ES256"]).default("RS256"),
    })
    .transform(
      (wire): AppMetadata => ({
        name: wire.name,
        description: wire.description || null,
        redirectUris: [...new Set(wire.redirect_uris)],
        homepageUrl: wire.homepage_url ?? null,
        logoUrl: wire.logo_url ?? null,
        privacyPolicyUrl: wire.privacy_policy_url ?? null,
        termsUrl: wire.terms_url ?? null,
        clientType: wire.client_type,
        allowedScopes: [...new Set(wire.allowed_scopes ?? grantableScopes)],
        listed: wire.public,
        refreshTokenLifetimeDays: wire.refresh_token_lifetime_days,
        idTokenSignedResponseAlg: wire.id_token_signed_response_alg,
      }),
    );
}

const appName = z
  .string()
  .max(256)
  .transform((name) => name.normalize("NFKC").trim().replace(/ +/g, " "))
  .refine((name) => length(name) >= 3 && length(name) <= 64, "A name has 3 to 64 characters")
  .refine((name) => nameText.test(name), "A name has letters, digits, blanks, and the signs _ - .");

const redirectUri = z
  .string()
  .refine(isAllowedRedirectUri, "Must be https, or http on loopback, without fragment, wildcard or user information");

/** Links are shown to people, so anything but the web is refused: `javascript:` and `data:` above all. */
const link = z
  .string()
  .max(2048)
  .refine((text) => parseHttpUrl(text) !== undefined, "Must be an http or https URL");

function length(text: string): number {
  return [...text].length;
}
