import { Buffer } from "node:buffer";
import type { Ctx, Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import { deleteAvatar, hangAvatar, holdAvatar, insertAvatar, selectAvatar } from "./avatars.sql.ts";
import type { User } from "./user.ts";

export interface Avatar {
  mediaType: string;
  bytes: Uint8Array;
}

/** Where we serve somebody's picture; undefined for whoever has none. */
export function avatarPath({ avatarId }: Pick<User, "avatarId">): string | undefined {
  return avatarId === null ? undefined : `/avatars/${avatarId}`;
}

export async function findAvatar(ctx: Ctx, id: string): Promise<Avatar | undefined> {
  const row = await selectAvatar(ctx, id);
  return row && { mediaType: row.media_type, bytes: Buffer.from(row.content, "base64") };
}

/** Puts a picture, drawn by us, in the place of the one before; null leaves the place empty. */
export async function changeAvatar(tx: Tx, userId: string, picture: Uint8Array | null): Promise<void> {
  const held = await holdAvatar(tx, userId);
  if (!held || (held.avatar_id === null && picture === null)) return;
  const avatarId = picture === null ? null : tx.random.id("ava");
  if (avatarId !== null) {
    const content = Buffer.from(picture!).toString("base64");
    await insertAvatar(tx, { id: avatarId, mediaType: "image/webp", content });
  }
  await hangAvatar(tx, userId, avatarId);
  if (held.avatar_id !== null) await deleteAvatar(tx, held.avatar_id);
  await announce(tx, "user", userId);
  await recordAudit(tx, { actorId: userId, action: "user.picture_changed", subjectId: userId });
}
