export interface AppsTable {
  id: string;
  client_id: string;
  owner_id: string;
  name: string;
  /** Normalised for comparison; unique. */
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
  deactivated_at: number | null;
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
