import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";

const insert = statement<{ userId: string; codeHash: string; now: number }>()((db, p) =>
  db
    .insertInto("recovery_codes")
    .values({ user_id: p.userId, code_hash: p.codeHash, created_at: p.now, used_at: null })
    .returning("code_hash"),
);

const use = statement<{ userId: string; codeHash: string; now: number }>()((db, p) =>
  db
    .updateTable("recovery_codes")
    .set({ used_at: p.now })
    .where("user_id", "=", p.userId)
    .where("code_hash", "=", p.codeHash)
    .where("used_at", "is", null)
    .returning("code_hash"),
);

const selectLeft = statement<{ userId: string }>()((db, p) =>
  db.selectFrom("recovery_codes").select("created_at").where("user_id", "=", p.userId).where("used_at", "is", null),
);

const remove = statement<{ userId: string }>()((db, p) =>
  db.deleteFrom("recovery_codes").where("user_id", "=", p.userId).returning("code_hash"),
);

export const insertRecoveryCode = (tx: Tx, userId: string, codeHash: string) =>
  insert.one(tx, { userId, codeHash, now: tx.clock.now() });

/** No row: it is none of theirs, or was used before. */
export const useRecoveryCode = (tx: Tx, userId: string, codeHash: string) =>
  use.first(tx, { userId, codeHash, now: tx.clock.now() });

export const selectRecoveryCodesLeft = (ctx: Ctx, userId: string) => selectLeft.all(ctx, { userId });

export const deleteRecoveryCodes = (tx: Tx, userId: string) => remove.all(tx, { userId });
