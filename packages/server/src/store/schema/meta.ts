export interface MetaTable {
  name: string;
  value: string;
}

/** One row per one-time mark: redeemed, burned, revoked. Inserting the row is the right to go on. */
export interface OnceTable {
  kind: string;
  id: string;
  value: string | null;
  expires_at: number;
}

/** The change feed between processes: what was changed, so that memory elsewhere lets go of it. */
export interface ChangesTable {
  id: string;
  kind: string;
  subject_id: string;
  created_at: number;
}

/** Append-only. */
export interface AuditLogTable {
  id: string;
  actor_id: string;
  action: string;
  subject_id: string;
  detail: string;
  created_at: number;
}
