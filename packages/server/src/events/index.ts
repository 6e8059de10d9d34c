/** What every room may write into its own transaction: the audit log, the change feed, and what apps are told. */
export { type AuditFilter, type AuditLine, listAuditLines } from "./audit-log.sql.ts";
export { recordAudit } from "./audit-log.ts";
export { forgetOldChanges } from "./changes.sql.ts";
export { announce, createChanges } from "./changes.ts";
export { createFeed, type Feed, type FeedOptions } from "./feed.ts";
export { selectDue as findDueWebhooks, selectFirst as findNextWebhook } from "./outbox.sql.ts";
export {
  claimWebhook,
  deferWebhook,
  forgetOldWebhooks,
  listWebhooks,
  type QueuedWebhook,
  queueWebhook,
  type ReplayResult,
  recordAttempt,
  replayWebhook,
} from "./outbox.ts";
export { type WebhookEvent, type WebhookType, webhookTypes } from "./outbox-event.ts";
