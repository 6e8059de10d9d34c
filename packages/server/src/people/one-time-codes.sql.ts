import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { OneTimeCodesTable } from "../store/schema/accounts.ts";

export type CodeRow = OneTimeCodesTable;

const insert = statement<CodeRow>()((db, p) =>
  db
    .insertInto("one_time_codes")
    .values({
      id: p.id,
      kind: p.kind,
      user_id: p.user_id,
      target: p.target,
      code_hash: p.code_hash,
      attempts_left: p.attempts_left,
      created_at: p.created_at,
      expires_at: p.expires_at,
      used_at: p.used_at,
    })
    .returning("id"),
);

const take = statement<{ id: string; kind: string; now: number }>()((db, p) =>
  db
    .updateTable("one_time_codes")
    .set((eb) => ({ attempts_left: eb("attempts_left", "-", 1) }))
    .where("id", "=", p.id)
    .where("kind", "=", p.kind)
    .where("used_at", "is", null)
    .where("attempts_left", ">", 0)
    .where("expires_at", ">", p.now)
    .returningAll(),
);

const use = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("one_time_codes")
    .set({ used_at: p.now })
    .where("id", "=", p.id)
    .where("used_at", "is", null)
    .returning("id"),
);

const select = statement<{ id: string; kind: string }>()((db, p) =>
  db.selectFrom("one_time_codes").selectAll().where("id", "=", p.id).where("kind", "=", p.kind),
);

const pending = statement<{ userId: string; kind: string; now: number }>()((db, p) =>
  db
    .selectFrom("one_time_codes")
    .selectAll()
    .where("user_id", "=", p.userId)
    .where("kind", "=", p.kind)
    .where("used_at", "is", null)
    .where("attempts_left", ">", 0)
    .where("expires_at", ">", p.now)
    .orderBy("id", "desc")
    .limit(1),
);

const endOf = statement<{ userId: string; now: number }>()((db, p) =>
  db
    .updateTable("one_time_codes")
    .set({ used_at: p.now })
    .where("user_id", "=", p.userId)
    .where("used_at", "is", null)
    .where("expires_at", ">", p.now)
    .returning("id"),
);

const removeExpired = statement<{ before: number; limit: number }>()((db, p) =>
  db
    .deleteFrom("one_time_codes")
    .where("id", "in", ({ selectFrom }) =>
      selectFrom("one_time_codes").select("id").where("expires_at", "<", p.before).orderBy("expires_at").limit(p.limit),
    )
    .returning("id"),
);

export const insertCode = (tx: Tx, row: CodeRow) => insert.one(tx, row);

/** Counts the attempt before anybody knows whether it is right. No row: there is none left. */
export const takeAttempt = (tx: Tx, id: string, kind: string) => take.first(tx, { id, kind, now: tx.clock.now() });

export const useCode = (tx: Tx, id: string) => use.first(tx, { id, now: tx.clock.now() });

export const selectCode = (tx: Tx, id: string, kind: string) => select.first(tx, { id, kind });

export const selectPendingCode = (ctx: Ctx, userId: string, kind: string) =>
  pending.first(ctx, { userId, kind, now: ctx.clock.now() });

export const endCodesOf = (tx: Tx, userId: string) => endOf.all(tx, { userId, now: tx.clock.now() });

export const deleteCodesBefore = (tx: Tx, before: number, limit: number) => removeExpired.all(tx, { before, limit });
