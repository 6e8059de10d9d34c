import type { Ctx } from "../context.ts";
import { statement } from "../store/index.ts";

/** The kind of the one-time marks that say: this token, or this family, is dead. */
export const revokedKind = "revoked";

const living = statement<{ kind: string; now: number }>()((db, p) =>
  db.selectFrom("once").select(["id", "expires_at"]).where("kind", "=", p.kind).where("expires_at", ">", p.now),
);

/** Every revoked id whose token would still be good otherwise. */
export async function selectRevoked(ctx: Ctx, now: number): Promise<{ id: string; expiresAt: number }[]> {
  const rows = await living.all(ctx, { kind: revokedKind, now });
  return rows.map((row) => ({ id: row.id, expiresAt: row.expires_at }));
}

const either = statement<{ kind: string; tokenId: string; familyId: string }>()((db, p) =>
  db
    .selectFrom("once")
    .select("id")
    .where("kind", "=", p.kind)
    .where(({ eb, or }) => or([eb("id", "=", p.tokenId), eb("id", "=", p.familyId)])),
);

export async function isEitherRevoked(ctx: Ctx, tokenId: string, familyId: string): Promise<boolean> {
  return (await either.first(ctx, { kind: revokedKind, tokenId, familyId })) !== undefined;
}
