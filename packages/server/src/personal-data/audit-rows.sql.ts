import type { Ctx } from "../context.ts";
import { query } from "../store/index.ts";
import type { RowPage } from "./rows.sql.ts";

type Row = Record<string, unknown>;

/** Lines of the log that somebody wrote, or that were written about them, newest first. */
export async function selectAuditRows(ctx: Ctx, page: RowPage): Promise<(Row & { id: string })[]> {
  // Two queries, each of which walks along its own index; one with an "or" would read the whole log.
  const [own, about] = await Promise.all([select(ctx, "actor_id", page), select(ctx, "subject_id", page)]);
  const lines = new Map([...own, ...about].map((row) => [row.id, row]));
  return [...lines.values()]
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, page.limit)
    .map((row) => ownView(page.userId, row));
}

function select(ctx: Ctx, column: "actor_id" | "subject_id", { userId, before, limit }: RowPage) {
  return query(ctx, (db) => {
    const lines = db.selectFrom("audit_log").selectAll().where(column, "=", userId);
    return (before === undefined ? lines : lines.where("id", "<", before)).orderBy("id", "desc").limit(limit);
  });
}

/** Of what the operator's people did the deed is told, and neither who it was nor by which key. */
function ownView<Line extends Row & { actor_id: string; detail: string }>(userId: string, row: Line): Line {
  if (row.actor_id === userId || row.actor_id === "system") return row;
  const { key_id: _theirs, ...detail } = JSON.parse(row.detail) as Record<string, unknown>;
  return { ...row, actor_id: "operator", detail: JSON.stringify(detail) };
}
