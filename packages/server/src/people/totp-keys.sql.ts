import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { TotpKeysTable } from "../store/schema/accounts.ts";

export type TotpKeyRow = TotpKeysTable;

const insert = statement<TotpKeyRow>()((db, p) =>
  db
    .insertInto("totp_keys")
    .values({
      user_id: p.user_id,
      secret_sealed: p.secret_sealed,
      last_step: p.last_step,
      attempts_until: p.attempts_until,
      stamp: p.stamp,
      created_at: p.created_at,
    })
    .onConflict((conflict) => conflict.column("user_id").doNothing())
    .returning("user_id"),
);

const select = statement<{ userId: string }>()((db, p) =>
  db.selectFrom("totp_keys").selectAll().where("user_id", "=", p.userId),
);

const take = statement<{ userId: string; stamp: string; now: number; latest: number; share: number; first: number }>()(
  (db, p) =>
    db
      .updateTable("totp_keys")
      .set(({ eb }) => ({
        attempts_until: eb
          .case()
          .when("attempts_until", ">", p.now)
          .then(eb("attempts_until", "+", p.share))
          .else(p.first)
          .end(),
      }))
      .where("user_id", "=", p.userId)
      .where("stamp", "=", p.stamp)
      .where("attempts_until", "<=", p.latest)
      .returningAll(),
);

const accept = statement<{ userId: string; stamp: string; step: number }>()((db, p) =>
  db
    .updateTable("totp_keys")
    .set({ last_step: p.step, attempts_until: 0 })
    .where("user_id", "=", p.userId)
    .where("stamp", "=", p.stamp)
    .where("last_step", "<", p.step)
    .returning("user_id"),
);

const restamp = statement<{ userId: string; stamp: string }>()((db, p) =>
  db.updateTable("totp_keys").set({ stamp: p.stamp }).where("user_id", "=", p.userId).returning("user_id"),
);

const remove = statement<{ userId: string }>()((db, p) =>
  db.deleteFrom("totp_keys").where("user_id", "=", p.userId).returning("user_id"),
);

/** Undefined when there is one already. */
export const insertTotpKey = (tx: Tx, row: TotpKeyRow) => insert.first(tx, row);

export const selectTotpKey = (ctx: Ctx, userId: string) => select.first(ctx, { userId });

/** Counts an attempt before anybody knows whether it is right. No row: it comes too early, or the stamp is not the one. */
export const takeTotpAttempt = (
  tx: Tx,
  attempt: { userId: string; stamp: string; now: number; latest: number; share: number },
) => take.first(tx, { ...attempt, first: attempt.now + attempt.share });

/** No row: this step or a later one was used before. Attempts are free again after a success. */
export const acceptTotpStep = (tx: Tx, accepted: { userId: string; stamp: string; step: number }) =>
  accept.first(tx, accepted);

export const replaceStamp = (tx: Tx, userId: string, stamp: string) => restamp.first(tx, { userId, stamp });

export const deleteTotpKey = (tx: Tx, userId: string) => remove.first(tx, { userId });
