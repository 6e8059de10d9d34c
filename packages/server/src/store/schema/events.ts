/** What an app is told, in the order of the ids. It waits until it was delivered or given up, and is kept for a while. */
export interface WebhookEventsTable {
  app_id: string;
  id: string;
  type: string;
  /** The body, byte for byte as it is signed and sent. */
  payload: string;
  created_at: number;
  /** Or replayed at. */
  queued_at: number;
  /** Since then. */
  attempts: number;
  next_attempt_at: number;
  /** Whoever sends it now has this long; then it is anybody's again. */
  leased_until: number | null;
  delivered_at: number | null;
  gave_up_at: number | null;
  last_error: string | null;
}
