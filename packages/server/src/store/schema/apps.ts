export interface AppsTable {
  id: string;
  client_id: string;
  owner_id: string;
  name: string;
  /** In small letters; unique. What else a name takes is in `app_names`. */
  name_key: string;
  description: string | null;
  homepage_url: string | null;
  logo_url: string | null;
  privacy_policy_url: string | null;
  terms_url: string | null;
  client_type: "confidential" | "public";
  /** JSON array of text. */
  redirect_uris: string;
  /** JSON array of text. */
  allowed_scopes: string;
  /** Listed in the directory since. */
  listed_at: number | null;
  refresh_token_lifetime_days: number;
  id_token_signed_response_alg: string;
  /** Goes up when every token of the app must die. */
  generation: number;
  /** May never spend since. */
  identity_only_at: number | null;
  webhook_url: string | null;
  /** Sealed by the lasting sealer. */
  webhook_secret_sealed: string | null;
  /** JSON: { limitMicros, period }. */
  budget_proposal: string | null;
  access_token_format: "sealed" | "jwt";
  /** An operator lets this confidential app go without PKCE since. */
  pkce_waived_at: number | null;
  /** Space separated. */
  grant_types: string;
  /** JSON array of text. */
  post_logout_redirect_uris: string;
  /** Of `app_logos`: the logo that we serve. */
  logo_id: string | null;
  /** Proven to be the owner's at `domain_verified_at`. */
  verified_domain: string | null;
  domain_verified_at: number | null;
  /** When the proof was last looked for, or is said to have been: a missing one is looked for again sooner. */
  domain_checked_at: number | null;
  /** How often in a row it was missing; set with `domain_verified_at`. */
  domain_failures: number | null;
  /** Name, logo or an address was changed: whoever consented before is asked again. */
  face_changed_at: number | null;
  deleted_at: number | null;
  deactivated_at: number | null;
  /** Deactivated by an operator: its own people do not activate it again. */
  blocked_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface AppSecretsTable {
  app_id: string;
  /** SHA-256. */
  hash: string;
  /** The last four characters. */
  hint: string;
  created_at: number;
  expires_at: number | null;
}

/** Whose a name, and what it looks like, is: claimed before it is written to the app, so that of many at once one has it. */
export interface AppNamesTable {
  name_key: string;
  app_id: string;
}

export interface AppOwnersTable {
  owner_id: string;
  /** How many apps this owner has, deactivated ones too, deleted ones not. */
  apps: number;
}

/** What is searched: one short row for each active app, so that looking through all of them is quick. */
export interface AppSearchTable {
  app_id: string;
  owner_id: string;
  listed_at: number | null;
  /** Name, description and homepage in lower case. */
  searched: string;
}

export interface AppSharesTable {
  app_id: string;
  user_id: string;
  role: "viewer" | "manager";
  created_at: number;
}

export interface AppLogosTable {
  /** New for each picture. */
  id: string;
  media_type: string;
  /** Base64. */
  content: string;
  created_at: number;
}
