/** One sign-in of one app. The id is the id of the code that began it. */
export interface TokenFamiliesTable {
  id: string;
  grant_id: string;
  user_id: string;
  app_id: string;
  /** Space separated. */
  scopes: string;
  /** Goes up with every rotation; the living refresh token carries the same number. */
  generation: number;
  authenticated_at: number;
  amr: string;
  acr: string | null;
  created_at: number;
  rotated_at: number;
  expires_at: number;
  revoked_at: number | null;
  /** Of user, app and grant when the family began; unequal is dead. */
  user_generation: number;
  app_generation: number;
  grant_generation: number;
}

export interface ApiKeysTable {
  id: string;
  /** SHA-256. */
  secret_hash: string;
  /** The last four characters. */
  hint: string;
  name: string;
  user_id: string;
  /** Unequal to the user's is dead. */
  user_generation: number;
  workspace_id: string;
  app_id: string | null;
  /** Unequal to the app's is dead; null for the user's own key. */
  app_generation: number | null;
  grant_id: string | null;
  budget_id: string | null;
  /** Space separated. */
  scopes: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
}
