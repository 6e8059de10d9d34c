/** What an app is told, in the order of the ids; kept until it was delivered or given up. */
export interface WebhookEventsTable {
  app_id: string;
  id: string;
  type: string;
  /** The body, byte for byte as it is signed and sent. */
  payload: string;
  created_at: number;
  attempts: number;
  next_attempt_at: number;
  delivered_at: number | null;
  gave_up_at: number | null;
  last_error: string | null;
}
