import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { SigningKeysTable } from "../store/schema/keys.ts";
import type { SigningAlg } from "./sign.ts";

export interface StoredKey {
  kid: string;
  alg: SigningAlg;
  publicJwk: JsonWebKey;
  privateSealed: string;
  /** Epoch milliseconds from which on it signs. */
  activeAt: number;
}

const selectAll = statement<object>()((db) =>
  db.selectFrom("signing_keys").selectAll().orderBy("active_at").orderBy("id"),
);

/** In the order in which they begin to sign. */
export async function selectSigningKeys(ctx: Ctx): Promise<StoredKey[]> {
  return (await selectAll.all(ctx, {})).map((row) => ({
    kid: row.id,
    alg: row.alg as SigningAlg,
    publicJwk: JSON.parse(row.public_jwk) as JsonWebKey,
    privateSealed: row.private_sealed,
    activeAt: row.active_at,
  }));
}

const insert = statement<SigningKeysTable>()((db, p) =>
  db
    .insertInto("signing_keys")
    .values({
      id: p.id,
      alg: p.alg,
      public_jwk: p.public_jwk,
      private_sealed: p.private_sealed,
      created_at: p.created_at,
      active_at: p.active_at,
    })
    .returning("id"),
);

export async function insertSigningKey(tx: Tx, key: StoredKey): Promise<void> {
  await insert.one(tx, {
    id: key.kid,
    alg: key.alg,
    public_jwk: JSON.stringify(key.publicJwk),
    private_sealed: key.privateSealed,
    created_at: tx.clock.now(),
    active_at: key.activeAt,
  });
}

const reseal = statement<{ kid: string; privateSealed: string }>()((db, p) =>
  db.updateTable("signing_keys").set({ private_sealed: p.privateSealed }).where("id", "=", p.kid).returning("id"),
);

/** Nothing happens when the key was removed meanwhile. */
export async function updateSealed(tx: Tx, kid: string, privateSealed: string): Promise<void> {
  await reseal.first(tx, { kid, privateSealed });
}

const remove = statement<{ kid: string }>()((db, p) =>
  db.deleteFrom("signing_keys").where("id", "=", p.kid).returning("id"),
);

export async function deleteSigningKey(tx: Tx, kid: string): Promise<void> {
  await remove.first(tx, { kid });
}
