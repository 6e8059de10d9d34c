/** What every room may write into its own transaction: the audit log and the change feed. */
export { recordAudit } from "./audit-log.ts";
export { forgetOldChanges } from "./changes.sql.ts";
export { announce, createChanges } from "./changes.ts";
export { createFeed, type Feed, type FeedOptions } from "./feed.ts";
