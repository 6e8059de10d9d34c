import type { Tx } from "../context.ts";
import { insertAuditRow } from "./audit-log.sql.ts";

export interface AuditEntry {
  /** Who did it: the id of a user or an app, or `system`. */
  actorId: string;
  /** `<noun>.<what happened to it>`, such as `consent.revoked`. */
  action: string;
  subjectId: string;
  /** Facts for whoever reads the log later. Never a secret. */
  detail?: Record<string, unknown>;
}

/** Written in the transaction of what it tells: both happen or neither. */
export async function recordAudit(tx: Tx, { actorId, action, subjectId, detail = {} }: AuditEntry): Promise<void> {
  await insertAuditRow(tx, { actorId, action, subjectId, detail: JSON.stringify(detail) });
}
