import type { Ctx } from "../context.ts";
import { query } from "../store/index.ts";

type Row = Record<string, unknown>;

/** At so many lines one query looks: the log is not kept by person, and nobody shall wait while all of it is read. */
const sliceLength = 5000;

/** Lines of the log that somebody wrote, or that were written about them, newest first; `next` is where the next slice begins. */
export async function selectAuditRows(
  ctx: Ctx,
  userId: string,
  before: string | undefined,
): Promise<{ rows: Row[]; next: string | null }> {
  const slice = (limit: number, offset: number) =>
    query(ctx, (db) => {
      const lines = db.selectFrom("audit_log").select("id").where("id", ">=", firstLineOf(userId));
      return (before === undefined ? lines : lines.where("id", "<", before))
        .orderBy("id", "desc")
        .limit(limit)
        .offset(offset);
    });
  const [last] = await slice(1, sliceLength - 1);
  const from = last?.id ?? firstLineOf(userId);
  const rows = await query(ctx, (db) => {
    const lines = db
      .selectFrom("audit_log")
      .selectAll()
      .where("id", ">=", from)
      .where(({ eb, or }) => or([eb("actor_id", "=", userId), eb("subject_id", "=", userId)]));
    return (before === undefined ? lines : lines.where("id", "<", before)).orderBy("id", "desc");
  });
  return { rows: rows.map((row) => ownView(userId, row)), next: last?.id ?? null };
}

/** Nothing is said of somebody before they are there: ids begin with the time, here to the half minute. */
const firstLineOf = (userId: string) => `aud_${userId.slice(4, 11)}`;

/** Of what the operator's people did the deed is told, and neither who it was nor by which key. */
function ownView(userId: string, row: Row & { actor_id: string; detail: string }): Row {
  if (row.actor_id === userId || row.actor_id === "system") return row;
  const { key_id: _theirs, ...detail } = JSON.parse(row.detail) as Record<string, unknown>;
  return { ...row, actor_id: "operator", detail: JSON.stringify(detail) };
}
