import type { Tx } from "../context.ts";
import { statement } from "../store/index.ts";

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
