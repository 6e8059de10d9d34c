import type { QueryCreator } from "kysely";
import type { Ctx, Tx } from "../context.ts";
import { query, statement } from "../store/index.ts";
import type { Schema } from "../store/schema/index.ts";
import { twoFactors } from "./acr.ts";

const ask = statement<{ id: string; now: number; dueAt: number }>()((db, p) =>
  db
    .updateTable("users")
    .set((eb) => ({ deletion_due_at: p.dueAt, updated_at: p.now, generation: eb("generation", "+", 1) }))
    .where("id", "=", p.id)
    .where("deletion_due_at", "is", null)
    .where("disabled_at", "is", null)
    .returning("role"),
);

const takeBack = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ deletion_due_at: null, updated_at: p.now })
    .where("id", "=", p.id)
    .where("deletion_due_at", ">", p.now)
    .returning("id"),
);

const due = statement<{ now: number; limit: number }>()((db, p) =>
  db.selectFrom("users").select("id").where("deletion_due_at", "<=", p.now).orderBy("deletion_due_at").limit(p.limit),
);

const reachedAt = statement<{ id: string }>()((db, p) =>
  db.selectFrom("users").select(["email", "email_verified_at", "avatar_id", "locale"]).where("id", "=", p.id),
);

/** A name that `normaliseUsername` gives nobody. */
const bury = statement<{ id: string; buriedName: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set((eb) => ({
      username: p.buriedName,
      username_key: p.buriedName,
      display_name: "",
      email: null,
      email_key: null,
      email_verified_at: null,
      password_hash: null,
      role: "user",
      nickname: null,
      avatar_id: null,
      locale: null,
      phone: null,
      phone_verified_at: null,
      address: null,
      deletion_due_at: null,
      deleted_at: p.now,
      disabled_at: p.now,
      updated_at: p.now,
      generation: eb("generation", "+", 1),
    }))
    .where("id", "=", p.id)
    .where("deletion_due_at", "<=", p.now)
    .returning("id"),
);

const leaving = statement<{ sessionId: string; now: number }>()((db, p) =>
  db
    .selectFrom("sessions")
    .innerJoin("users", (join) =>
      join.onRef("users.id", "=", "sessions.user_id").onRef("users.generation", "=", "sessions.user_generation"),
    )
    .leftJoin("totp_keys", "totp_keys.user_id", "sessions.user_id")
    .select(["users.id", "users.username", "users.deletion_due_at", "sessions.authenticated_at"])
    .where("sessions.id", "=", p.sessionId)
    .where("sessions.expires_at", ">", p.now)
    .where("users.disabled_at", "is", null)
    .where("users.deletion_due_at", "is not", null)
    .where((eb) => eb.or([eb("totp_keys.user_id", "is", null), eb("sessions.acr", "=", twoFactors)])),
);

/** Undefined when it was asked for already, or the user is disabled. */
export const markLeaving = (tx: Tx, id: string, dueAt: number) => ask.first(tx, { id, now: tx.clock.now(), dueAt });

/** False when there is nothing to take back, or it is too late. */
export async function unmarkLeaving(tx: Tx, id: string): Promise<boolean> {
  return (await takeBack.first(tx, { id, now: tx.clock.now() })) !== undefined;
}

export const selectDue = (ctx: Ctx, limit: number) => due.all(ctx, { now: ctx.clock.now(), limit });

/** What must be known of somebody before nothing is known any more. */
export const selectFarewell = (tx: Tx, id: string) => reachedAt.first(tx, { id });

/** False when it is not due: it was taken back, or done. */
export async function buryUser(tx: Tx, id: string): Promise<boolean> {
  return (await bury.first(tx, { id, buriedName: `deleted ${id}`, now: tx.clock.now() })) !== undefined;
}

/** Whoever signed in while the deletion can be taken back. */
export const selectLeaving = (ctx: Ctx, sessionId: string) => leaving.first(ctx, { sessionId, now: ctx.clock.now() });

const personal = [
  "sessions",
  "passkeys",
  "totp_keys",
  "recovery_codes",
  "identities",
  "one_time_codes",
  "signature_keys",
  "devices",
  "security_events",
] as const;

/** Everything that this room keeps beside the user's own row. */
export async function deletePersonalRows(tx: Tx, userId: string): Promise<void> {
  for (const table of personal) {
    await query(tx, (db: QueryCreator<Schema>) =>
      db.deleteFrom(table).where("user_id", "=", userId).returning("user_id"),
    );
  }
}
