import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { SignatureKeysTable } from "../store/schema/people.ts";
import type { SignatureKey } from "./signature-key.ts";

type NewKey = Pick<SignatureKey, "userId" | "scheme" | "publicKey" | "name">;

const insert = statement<NewKey & { id: string; now: number }>()((db, p) =>
  db
    .insertInto("signature_keys")
    .values({
      id: p.id,
      user_id: p.userId,
      scheme: p.scheme,
      public_key: p.publicKey,
      name: p.name,
      created_at: p.now,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.columns(["scheme", "public_key"]).doNothing())
    .returningAll(),
);

const selectByPublicKey = statement<{ publicKey: string }>()((db, p) =>
  db.selectFrom("signature_keys").selectAll().where("public_key", "=", p.publicKey),
);

const selectById = statement<{ id: string }>()((db, p) =>
  db.selectFrom("signature_keys").selectAll().where("id", "=", p.id),
);

const selectOfUser = statement<{ userId: string }>()((db, p) =>
  db.selectFrom("signature_keys").selectAll().where("user_id", "=", p.userId).orderBy("id"),
);

const remove = statement<{ id: string; userId: string }>()((db, p) =>
  db.deleteFrom("signature_keys").where("id", "=", p.id).where("user_id", "=", p.userId).returningAll(),
);

const touch = statement<{ id: string; now: number; before: number }>()((db, p) =>
  db
    .updateTable("signature_keys")
    .set({ last_used_at: p.now })
    .where("id", "=", p.id)
    .where(({ eb, or }) => or([eb("last_used_at", "is", null), eb("last_used_at", "<", p.before)]))
    .returning("id"),
);

/** Undefined when somebody has linked this key already. */
export async function insertSignatureKey(tx: Tx, key: NewKey): Promise<SignatureKey | undefined> {
  return toKey(await insert.first(tx, { ...key, id: tx.random.id("hky"), now: tx.clock.now() }));
}

/** At most one for each scheme. */
export async function findByPublicKey(ctx: Ctx, publicKey: string): Promise<SignatureKey[]> {
  return (await selectByPublicKey.all(ctx, { publicKey })).map((row) => toKey(row)!);
}

export async function findSignatureKey(ctx: Ctx, id: string): Promise<SignatureKey | undefined> {
  return toKey(await selectById.first(ctx, { id }));
}

export async function listSignatureKeys(ctx: Ctx, userId: string): Promise<SignatureKey[]> {
  return (await selectOfUser.all(ctx, { userId })).map((row) => toKey(row)!);
}

export async function deleteSignatureKey(
  tx: Tx,
  key: { id: string; userId: string },
): Promise<SignatureKey | undefined> {
  return toKey(await remove.first(tx, key));
}

/** Once a minute is often enough to tell when a key was last used. */
export async function touchSignatureKey(tx: Tx, id: string): Promise<void> {
  const now = tx.clock.now();
  await touch.first(tx, { id, now, before: now - 60_000 });
}

function toKey(row: SignatureKeysTable | undefined): SignatureKey | undefined {
  return (
    row && {
      id: row.id,
      userId: row.user_id,
      scheme: row.scheme,
      publicKey: row.public_key,
      name: row.name,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    }
  );
}
