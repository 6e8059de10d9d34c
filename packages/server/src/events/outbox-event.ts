/** What an app can be told of. */
export const webhookTypes = [
  "authorization.revoked",
  "authorization.updated",
  "secret.rotated",
  "webhook.test",
] as const;
export type WebhookType = (typeof webhookTypes)[number];

/** One thing that an app is told. Times are epoch milliseconds. */
export interface WebhookEvent {
  appId: string;
  /** The same in every attempt, so that the app can tell what it has heard before. */
  id: string;
  type: string;
  /** The body, byte for byte as it is signed and sent. */
  payload: string;
  createdAt: number;
  /** Or replayed at. */
  queuedAt: number;
  /** Since then, one under way included. */
  attempts: number;
  nextAttemptAt: number;
  /** Set while somebody is sending it. */
  leasedUntil: number | null;
  deliveredAt: number | null;
  gaveUpAt: number | null;
  /** Of the last attempt that failed. */
  lastError: string | null;
}
