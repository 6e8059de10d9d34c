/** A WebAuthn credential. */
export interface PasskeysTable {
  id: string;
  /** As its authenticator calls it, base64url. */
  credential_id: string;
  user_id: string;
  /** COSE, base64url. */
  public_key: string;
  /** Whether it may ever leave its device (`BE` in WebAuthn 6.1.3). */
  kind: "device" | "synced";
  counter: number;
  /** Space separated. */
  transports: string;
  name: string;
  /** Since when we know of a copy elsewhere (`BS`). */
  synced_at: number | null;
  created_at: number;
  last_used_at: number | null;
}

/** RFC 6238. A row is a second factor in force: what is not confirmed yet is stored nowhere. */
export interface TotpKeysTable {
  user_id: string;
  /** Sealed by the lasting sealer. */
  secret_sealed: string;
  /** The last step that was used: no code counts twice. */
  last_step: number;
  /** When all attempts are free again. */
  attempts_until: number;
  /** Sealed into every sign-in that waits for its second factor; unequal is dead. */
  stamp: string;
  created_at: number;
}

export interface RecoveryCodesTable {
  user_id: string;
  /** SHA-256. */
  code_hash: string;
  created_at: number;
  used_at: number | null;
}

/** Who a user is at another OpenID provider. */
export interface IdentitiesTable {
  provider: string;
  subject: string;
  user_id: string;
  /** For the user to know it by: the address or name there. */
  label: string;
  created_at: number;
  last_used_at: number | null;
}

/** A code that was sent to an address, for one purpose. */
export interface OneTimeCodesTable {
  id: string;
  kind: string;
  user_id: string | null;
  /** Where it was sent, normalised. */
  target: string;
  /** Keyed by the id, SHA-256. */
  code_hash: string;
  attempts_left: number;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

/** Mail on its way. Its content is sealed, for it may carry codes, and forgotten once it was sent. */
export interface MailsTable {
  id: string;
  content_sealed: string | null;
  created_at: number;
  attempts: number;
  next_attempt_at: number;
  sent_at: number | null;
  gave_up_at: number | null;
  last_error: string | null;
}

export interface AvatarsTable {
  /** New for each picture. */
  id: string;
  media_type: string;
  /** Base64. */
  content: string;
  created_at: number;
}

/** A browser that signed in before: anything else is a new device. */
export interface DevicesTable {
  user_id: string;
  /** SHA-256 of the browser's long-lived cookie. */
  id: string;
  name: string;
  created_at: number;
  last_used_at: number;
}

/** What happened to an account, for its owner to read. */
export interface SecurityEventsTable {
  user_id: string;
  id: string;
  kind: string;
  /** JSON. */
  detail: string;
  created_at: number;
}
