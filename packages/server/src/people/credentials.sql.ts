import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";

const selectPassword = statement<{ id: string }>()((db, p) =>
  db.selectFrom("users").select("password_hash").where("id", "=", p.id).where("disabled_at", "is", null),
);

const replace = statement<{ id: string; hash: string; seen: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ password_hash: p.hash, updated_at: p.now })
    .where("id", "=", p.id)
    .where("password_hash", "=", p.seen)
    .where("disabled_at", "is", null)
    .returning("id"),
);

const setFirst = statement<{ id: string; hash: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ password_hash: p.hash, updated_at: p.now })
    .where("id", "=", p.id)
    .where("password_hash", "is", null)
    .where("disabled_at", "is", null)
    .returning("id"),
);

const reset = statement<{ id: string; hash: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ password_hash: p.hash, updated_at: p.now })
    .where("id", "=", p.id)
    .where("disabled_at", "is", null)
    .returning("id"),
);

const setEmail = statement<{ id: string; email: string; key: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ email: p.email, email_key: p.key, email_verified_at: p.now, updated_at: p.now })
    .where("id", "=", p.id)
    .where("disabled_at", "is", null)
    .returning("id"),
);

/** What is stored of the password; null where there is none, undefined where there is no such user. */
export async function selectPasswordHash(ctx: Ctx, id: string): Promise<string | null | undefined> {
  return (await selectPassword.first(ctx, { id }))?.password_hash;
}

/** Undefined when it is not the one that was seen any more. */
export const replacePasswordHash = (tx: Tx, id: string, seen: string | null, hash: string) =>
  seen === null
    ? setFirst.first(tx, { id, hash, now: tx.clock.now() })
    : replace.first(tx, { id, hash, seen, now: tx.clock.now() });

export const resetPasswordHash = (tx: Tx, id: string, hash: string) =>
  reset.first(tx, { id, hash, now: tx.clock.now() });

export const updateVerifiedEmail = (tx: Tx, id: string, email: string, key: string) =>
  setEmail.first(tx, { id, email, key, now: tx.clock.now() });
