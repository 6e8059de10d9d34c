import type { Change, ChangeKind, Ctx, Tx } from "../context.ts";
import { idFloor } from "../kernel/random.ts";
import { statement } from "../store/index.ts";

const insert = statement<{ id: string; kind: string; subjectId: string; now: number }>()((db, p) =>
  db
    .insertInto("changes")
    .values({ id: p.id, kind: p.kind, subject_id: p.subjectId, created_at: p.now })
    .returning("id"),
);

export async function insertChange(tx: Tx, change: Change): Promise<void> {
  await insert.one(tx, { ...change, id: tx.random.id("chg"), now: tx.clock.now() });
}

const since = statement<{ floor: string }>()((db, p) =>
  db.selectFrom("changes").select(["id", "kind", "subject_id"]).where("id", ">=", p.floor).orderBy("id"),
);

/** Everything whose id was made at `epochMs` or later, in the order of the ids. */
export async function changesSince(ctx: Ctx, epochMs: number): Promise<(Change & { id: string })[]> {
  const rows = await since.all(ctx, { floor: idFloor("chg", epochMs) });
  return rows.map((row) => ({ id: row.id, kind: row.kind as ChangeKind, subjectId: row.subject_id }));
}

const deleteBefore = statement<{ floor: string }>()((db, p) =>
  db.deleteFrom("changes").where("id", "<", p.floor).returning("id"),
);

/** Longer than any process may miss the feed and still trust what it remembers. */
export const changesKeptMs = 10 * 60_000;

/** Every process that missed these has let go of everything meanwhile. Answers how many went. */
export async function forgetOldChanges(tx: Tx): Promise<number> {
  return (await deleteBefore.all(tx, { floor: idFloor("chg", tx.clock.now() - changesKeptMs) })).length;
}
