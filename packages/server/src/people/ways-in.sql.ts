import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";

/** Changes nothing, and holds the row until the transaction ends. */
const hold = statement<{ id: string }>()((db, p) =>
  db
    .updateTable("users")
    .set((eb) => ({ generation: eb.ref("generation") }))
    .where("id", "=", p.id)
    .returning("id"),
);

const selectWays = statement<{ id: string }>()((db, p) =>
  db
    .selectFrom("users")
    .select(["password_hash", "email_verified_at"])
    .select((eb) => [
      eb
        .selectFrom("passkeys")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .whereRef("passkeys.user_id", "=", "users.id")
        .as("passkeys"),
      eb
        .selectFrom("signature_keys")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .whereRef("signature_keys.user_id", "=", "users.id")
        .as("hotkeys"),
    ])
    .where("id", "=", p.id),
);

export interface StoredWays {
  hasPassword: boolean;
  hasProvenEmail: boolean;
  passkeys: number;
  hotkeys: number;
}

export async function selectWaysIn(ctx: Ctx, id: string): Promise<StoredWays | undefined> {
  const row = await selectWays.first(ctx, { id });
  return (
    row && {
      hasPassword: row.password_hash !== null,
      hasProvenEmail: row.email_verified_at !== null,
      passkeys: Number(row.passkeys ?? 0),
      hotkeys: Number(row.hotkeys ?? 0),
    }
  );
}

/** Of two who take a way away at once, the second sees what the first has left. */
export const holdUser = (tx: Tx, id: string) => hold.first(tx, { id });
