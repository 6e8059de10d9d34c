import type { QueryCreator } from "kysely";
import type { Ctx, Tx } from "../context.ts";
import { type Schema, statement } from "../store/index.ts";
import type { SessionsTable } from "../store/schema/people.ts";
import { twoFactors } from "./acr.ts";

export type SessionRow = SessionsTable;
type NewSession = Omit<SessionRow, "place">;

const insert = statement<NewSession>()((db, p) =>
  db
    .insertInto("sessions")
    .values({
      id: p.id,
      user_id: p.user_id,
      user_generation: p.user_generation,
      amr: p.amr,
      authenticated_at: p.authenticated_at,
      created_at: p.created_at,
      last_used_at: p.last_used_at,
      expires_at: p.expires_at,
      user_agent: p.user_agent,
      acr: p.acr,
      device_id: p.device_id,
    })
    .returningAll(),
);

/**
 * A session is alive only with its user: enabled, not about to be deleted, of the generation that signed in, and recognised
 * by as many factors as he has now. So no order of events leaves a session of the password alone to somebody with a second factor.
 */
const alive = (db: QueryCreator<Schema>, now: number) =>
  db
    .selectFrom("sessions")
    .innerJoin("users", (join) =>
      join.onRef("users.id", "=", "sessions.user_id").onRef("users.generation", "=", "sessions.user_generation"),
    )
    .leftJoin("totp_keys", "totp_keys.user_id", "sessions.user_id")
    .where("sessions.expires_at", ">", now)
    .where("users.disabled_at", "is", null)
    .where("users.deletion_due_at", "is", null)
    .where((eb) => eb.or([eb("totp_keys.user_id", "is", null), eb("sessions.acr", "=", twoFactors)]));

const selectAlive = statement<{ id: string; now: number }>()((db, p) =>
  alive(db, p.now).selectAll("sessions").where("sessions.id", "=", p.id),
);

const selectAliveWithUser = statement<{ id: string; now: number }>()((db, p) =>
  alive(db, p.now)
    .selectAll("sessions")
    .select([
      "users.username",
      "users.display_name",
      "users.locale",
      "users.email",
      "users.email_verified_at",
      "users.phone",
      "users.phone_verified_at",
      "users.address",
      "users.nickname",
      "users.avatar_id",
      "users.role",
      "users.created_at as user_created_at",
      "users.updated_at as user_updated_at",
    ])
    .where("sessions.id", "=", p.id),
);

const touch = statement<{ id: string; now: number; expiresAt: number }>()((db, p) =>
  db
    .updateTable("sessions")
    .set({ last_used_at: p.now, expires_at: p.expiresAt })
    .where("id", "=", p.id)
    .returning("id"),
);

const remove = statement<{ id: string }>()((db, p) => db.deleteFrom("sessions").where("id", "=", p.id).returning("id"));

const removeOfUser = statement<{ userId: string }>()((db, p) =>
  db.deleteFrom("sessions").where("user_id", "=", p.userId).returning("id"),
);

const removeBegunBy = statement<{ userId: string; amr: string; amrAndMore: string; except: string }>()((db, p) =>
  db
    .deleteFrom("sessions")
    .where("user_id", "=", p.userId)
    .where((eb) => eb.or([eb("amr", "=", p.amr), eb("amr", "like", p.amrAndMore)]))
    .where("id", "!=", p.except)
    .returning("id"),
);

const ofUser = statement<{ userId: string; now: number }>()((db, p) =>
  alive(db, p.now)
    .selectAll("sessions")
    .where("sessions.user_id", "=", p.userId)
    .orderBy("sessions.last_used_at", "desc")
    .orderBy("sessions.id"),
);

const removeOthers = statement<{ userId: string; except: string }>()((db, p) =>
  db.deleteFrom("sessions").where("user_id", "=", p.userId).where("id", "!=", p.except).returning("id"),
);

const removeWeak = statement<{ userId: string }>()((db, p) =>
  db
    .deleteFrom("sessions")
    .where("user_id", "=", p.userId)
    .where((eb) => eb.or([eb("acr", "is", null), eb("acr", "!=", twoFactors)]))
    .returning("id"),
);

const removeExpired = statement<{ now: number }>()((db, p) =>
  db.deleteFrom("sessions").where("expires_at", "<", p.now).returning("id"),
);

const removeAll = statement<object>()((db) => db.deleteFrom("sessions").returning("id"));

export const insertSession = (tx: Tx, row: NewSession) => insert.one(tx, row);

export const findSessionRow = (ctx: Ctx, id: string) => selectAlive.first(ctx, { id, now: ctx.clock.now() });

export const findSessionAndUserRow = (ctx: Ctx, id: string) =>
  selectAliveWithUser.first(ctx, { id, now: ctx.clock.now() });

export const touchSession = (tx: Tx, id: string, expiresAt: number) =>
  touch.first(tx, { id, now: tx.clock.now(), expiresAt });

export const deleteSession = (tx: Tx, id: string) => remove.first(tx, { id });

export const deleteSessionsOf = (tx: Tx, userId: string) => removeOfUser.all(tx, { userId });

/** Those whose first proof was of this kind. */
export const deleteSessionsBegunBy = (tx: Tx, begun: { userId: string; amr: string; except: string }) =>
  removeBegunBy.all(tx, { ...begun, amrAndMore: `${begun.amr} %` });

/** The living ones, the last used first. */
export const selectSessionsOf = (ctx: Ctx, userId: string) => ofUser.all(ctx, { userId, now: ctx.clock.now() });

export const deleteOtherSessions = (tx: Tx, others: { userId: string; except: string }) => removeOthers.all(tx, others);

/** Those of one factor. */
export const deleteWeakSessions = (tx: Tx, userId: string) => removeWeak.all(tx, { userId });

export const deleteAllSessions = (tx: Tx) => removeAll.all(tx, {});

export const deleteExpiredSessions = (tx: Tx, now: number) => removeExpired.all(tx, { now });
