import type { HasDb } from "./db.ts";
import { statement } from "./statement.ts";

const insertMark = statement<{ kind: string; id: string; value: string | null; expiresAt: number }>()((db, p) =>
  db
    .insertInto("once")
    .values({ kind: p.kind, id: p.id, value: p.value, expires_at: p.expiresAt })
    .onConflict((conflict) => conflict.columns(["kind", "id"]).doNothing())
    .returning("id"),
);

const selectMark = statement<{ kind: string; id: string }>()((db, p) =>
  db.selectFrom("once").select(["value", "expires_at"]).where("kind", "=", p.kind).where("id", "=", p.id),
);

const deleteExpired = statement<{ now: number; limit: number }>()((db, p) =>
  db
    .deleteFrom("once")
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple("kind", "id"),
        "in",
        selectFrom("once").select(["kind", "id"]).where("expires_at", "<", p.now).limit(p.limit).$asTuple("kind", "id"),
      ),
    )
    .returning("id"),
);

/**
 * The right to do something once: true for exactly one caller over all processes, restarts and time.
 * Must be called in a transaction; the mark is taken back if that is rolled back.
 *
 * @param expiresAt Epoch milliseconds after which the mark may be forgotten, because what it marks is dead by itself.
 */
export async function claimOnce(
  tx: HasDb,
  kind: string,
  id: string,
  expiresAt: number,
  value: string | null = null,
): Promise<boolean> {
  return (await insertMark.first(tx, { kind, id, value, expiresAt })) !== undefined;
}

export interface Mark {
  value: string | null;
  expiresAt: number;
}

export async function findOnce(ctx: HasDb, kind: string, id: string): Promise<Mark | undefined> {
  const row = await selectMark.first(ctx, { kind, id });
  return row && { value: row.value, expiresAt: row.expires_at };
}

/** Forgets marks that expired before `now`, a limited number each time. Answers how many went. */
export async function forgetExpiredMarks(tx: HasDb, now: number, limit = 1000): Promise<number> {
  return (await deleteExpired.all(tx, { now, limit })).length;
}
