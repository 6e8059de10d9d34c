import type { Ctx, Tx } from "../context.ts";
import { query, statement } from "../store/index.ts";

interface Entry {
  actorId: string;
  action: string;
  subjectId: string;
  detail: string;
}

const insert = statement<Entry & { id: string; now: number }>()((db, p) =>
  db
    .insertInto("audit_log")
    .values({
      id: p.id,
      actor_id: p.actorId,
      action: p.action,
      subject_id: p.subjectId,
      detail: p.detail,
      created_at: p.now,
    })
    .returning("id"),
);

export async function insertAuditRow(tx: Tx, entry: Entry): Promise<void> {
  await insert.one(tx, { ...entry, id: tx.random.id("aud"), now: tx.clock.now() });
}

/** A line of the log, as it was written. */
export interface AuditLine {
  id: string;
  actorId: string;
  action: string;
  subjectId: string;
  detail: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  createdAt: number;
}

export interface AuditFilter {
  actorId?: string | undefined;
  /** Whole, or its noun alone: `user` finds `user.disabled`. */
  action?: string | undefined;
  subjectId?: string | undefined;
  /** The id of the last line seen. */
  before?: string | undefined;
  /** From 1 to 100. */
  limit: number;
}

/** Newest first. */
export async function listAuditLines(ctx: Ctx, asked: AuditFilter): Promise<AuditLine[]> {
  const rows = await query(ctx, (db) => {
    let lines = db.selectFrom("audit_log").selectAll();
    if (asked.actorId !== undefined) lines = lines.where("actor_id", "=", asked.actorId);
    if (asked.subjectId !== undefined) lines = lines.where("subject_id", "=", asked.subjectId);
    if (asked.action?.includes(".")) lines = lines.where("action", "=", asked.action);
    else if (asked.action !== undefined) {
      // A range instead of a pattern, which has signs of its own: "/" comes after ".".
      lines = lines.where("action", ">=", `${asked.action}.`).where("action", "<", `${asked.action}/`);
    }
    if (asked.before !== undefined) lines = lines.where("id", "<", asked.before);
    return lines.orderBy("id", "desc").limit(asked.limit);
  });
  return rows.map((row) => ({
    id: row.id,
    actorId: row.actor_id,
    action: row.action,
    subjectId: row.subject_id,
    detail: JSON.parse(row.detail),
    createdAt: row.created_at,
  }));
}
