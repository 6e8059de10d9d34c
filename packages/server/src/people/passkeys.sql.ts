import type { Ctx, Tx } from "../context.ts";
import { joinWords, splitWords } from "../kernel/words.ts";
import { statement } from "../store/index.ts";
import type { PasskeysTable } from "../store/schema/accounts.ts";
import type { Passkey } from "./passkey.ts";

export type NewPasskey = Omit<Passkey, "id" | "createdAt" | "lastUsedAt">;

const insert = statement<Omit<NewPasskey, "transports"> & { id: string; transports: string; now: number }>()((db, p) =>
  db
    .insertInto("passkeys")
    .values({
      id: p.id,
      credential_id: p.credentialId,
      user_id: p.userId,
      public_key: p.publicKey,
      kind: p.kind,
      counter: p.counter,
      transports: p.transports,
      name: p.name,
      synced_at: p.syncedAt,
      created_at: p.now,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column("credential_id").doNothing())
    .returningAll(),
);

const selectByCredential = statement<{ credentialId: string }>()((db, p) =>
  db.selectFrom("passkeys").selectAll().where("credential_id", "=", p.credentialId),
);

const selectOfUser = statement<{ userId: string }>()((db, p) =>
  db.selectFrom("passkeys").selectAll().where("user_id", "=", p.userId).orderBy("id"),
);

/** A counter that does not grow is that of a copy, unless it never counted at all. Copies of a synced key count each for themselves. */
const use = statement<{ id: string; counter: number; syncedAt: number | null; now: number }>()((db, p) =>
  db
    .updateTable("passkeys")
    .set({ counter: p.counter, synced_at: p.syncedAt, last_used_at: p.now })
    .where("id", "=", p.id)
    .where(({ eb, or, and }) =>
      or([
        eb("kind", "=", "synced"),
        eb("counter", "<", p.counter),
        and([eb("counter", "=", 0), eb("counter", "=", p.counter)]),
      ]),
    )
    .returningAll(),
);

const rename = statement<{ id: string; userId: string; name: string }>()((db, p) =>
  db
    .updateTable("passkeys")
    .set({ name: p.name })
    .where("id", "=", p.id)
    .where("user_id", "=", p.userId)
    .returningAll(),
);

const remove = statement<{ id: string; userId: string }>()((db, p) =>
  db.deleteFrom("passkeys").where("id", "=", p.id).where("user_id", "=", p.userId).returningAll(),
);

/** Undefined when the credential is known already, here or with anybody. */
export async function insertPasskey(tx: Tx, { transports, ...passkey }: NewPasskey): Promise<Passkey | undefined> {
  const row = { ...passkey, transports: joinWords(transports), id: tx.random.id("pky"), now: tx.clock.now() };
  return toPasskey(await insert.first(tx, row));
}

export async function findPasskey(ctx: Ctx, credentialId: string): Promise<Passkey | undefined> {
  return toPasskey(await selectByCredential.first(ctx, { credentialId }));
}

/** The oldest first. */
export async function listPasskeys(ctx: Ctx, userId: string): Promise<Passkey[]> {
  return (await selectOfUser.all(ctx, { userId })).map((row) => toPasskey(row)!);
}

/** Undefined when it is gone, or its counter went back. */
export async function updateUse(
  tx: Tx,
  used: { id: string; counter: number; syncedAt: number | null },
): Promise<Passkey | undefined> {
  return toPasskey(await use.first(tx, { ...used, now: tx.clock.now() }));
}

export async function updateName(
  tx: Tx,
  named: { id: string; userId: string; name: string },
): Promise<Passkey | undefined> {
  return toPasskey(await rename.first(tx, named));
}

export async function deletePasskey(tx: Tx, passkey: { id: string; userId: string }): Promise<Passkey | undefined> {
  return toPasskey(await remove.first(tx, passkey));
}

function toPasskey(row: PasskeysTable | undefined): Passkey | undefined {
  return (
    row && {
      id: row.id,
      credentialId: row.credential_id,
      userId: row.user_id,
      publicKey: row.public_key,
      kind: row.kind,
      counter: row.counter,
      transports: splitWords(row.transports),
      name: row.name,
      syncedAt: row.synced_at,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    }
  );
}
