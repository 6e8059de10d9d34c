import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";

const insert = statement<{ id: string; mediaType: string; content: string; now: number }>()((db, p) =>
  db
    .insertInto("avatars")
    .values({ id: p.id, media_type: p.mediaType, content: p.content, created_at: p.now })
    .returning("id"),
);

const byId = statement<{ id: string }>()((db, p) =>
  db.selectFrom("avatars").select(["media_type", "content"]).where("id", "=", p.id),
);

const remove = statement<{ id: string }>()((db, p) => db.deleteFrom("avatars").where("id", "=", p.id).returning("id"));

const holdUser = statement<{ userId: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ updated_at: p.now })
    .where("id", "=", p.userId)
    .where("deleted_at", "is", null)
    .returning("avatar_id"),
);

const hang = statement<{ userId: string; avatarId: string | null }>()((db, p) =>
  db.updateTable("users").set({ avatar_id: p.avatarId }).where("id", "=", p.userId).returning("id"),
);

export const insertAvatar = (tx: Tx, avatar: { id: string; mediaType: string; content: string }) =>
  insert.one(tx, { ...avatar, now: tx.clock.now() });

export const selectAvatar = (ctx: Ctx, id: string) => byId.first(ctx, { id });

export const deleteAvatar = (tx: Tx, id: string) => remove.first(tx, { id });

/** Locks the row, so that of two pictures at once one is removed with the other in its place. */
export const holdAvatar = (tx: Tx, userId: string) => holdUser.first(tx, { userId, now: tx.clock.now() });

export const hangAvatar = (tx: Tx, userId: string, avatarId: string | null) => hang.first(tx, { userId, avatarId });
