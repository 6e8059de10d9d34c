export interface UsersTable {
  id: string;
  username: string;
  /** Normalised for comparison; unique. */
  username_key: string;
  display_name: string;
  email: string | null;
  /** Normalised for comparison; unique among verified addresses only. */
  email_key: string | null;
  email_verified_at: number | null;
  password_hash: string | null;
  role: "user" | "operator" | "support" | "auditor";
  nickname: string | null;
  avatar_id: string | null;
  /** BCP 47. */
  locale: string | null;
  /** E.164; unique among verified ones only. */
  phone: string | null;
  phone_verified_at: number | null;
  /** JSON: OpenID Connect Core 5.1.1. */
  address: string | null;
  /** Asked to be deleted; happens at this time unless it is taken back. */
  deletion_due_at: number | null;
  /** Only the bill remembers, under a pseudonym. */
  deleted_at: number | null;
  /** Goes up when everything the user ever allowed must die. */
  generation: number;
  disabled_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface SessionsTable {
  /** SHA-256 of the cookie. */
  id: string;
  user_id: string;
  user_generation: number;
  /** Authentication methods, space separated (RFC 8176). */
  amr: string;
  authenticated_at: number;
  created_at: number;
  last_used_at: number;
  expires_at: number;
  user_agent: string | null;
  device_id: string | null;
  /** As coarse as a country, and only where the operator has a database for it. */
  place: string | null;
  acr: string | null;
}

export interface WorkspacesTable {
  id: string;
  kind: "personal";
  name: string;
  created_at: number;
}

export interface MembersTable {
  user_id: string;
  workspace_id: string;
  role: "owner";
  created_at: number;
}

/** A key whose signature signs in: a hotkey. One key is one identity, in whatever way it is written. */
export interface SignatureKeysTable {
  id: string;
  user_id: string;
  scheme: "sr25519" | "ed25519";
  /** 64 lower-case hexadecimal digits. */
  public_key: string;
  /** For the user to know it by. */
  name: string;
  created_at: number;
  last_used_at: number | null;
}
