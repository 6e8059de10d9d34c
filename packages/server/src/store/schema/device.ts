/** RFC 8628: what a device asked for, and what its user decided. */
export interface DeviceRequestsTable {
  /** Becomes the id of the token family. */
  id: string;
  app_id: string;
  /** HMAC-SHA-256 of the normalised user code. */
  user_code_hash: string;
  /** JSON: what was asked for, and the generation of the app. */
  request: string;
  created_at: number;
  expires_at: number;
  /** Grows with every poll that comes too early. */
  interval_ms: number;
  polled_at: number | null;
  /** The one session that may decide: the first that opened it. */
  session_id: string | null;
  outcome: "approved" | "denied" | null;
  decided_at: number | null;
  /** JSON: what the device may collect. */
  approval: string | null;
}
