import type { Ctx, Tx } from "../context.ts";
import { query, statement } from "../store/index.ts";

const claim = statement<{ nameKey: string; appId: string }>()((db, p) =>
  db
    .insertInto("app_names")
    .values({ name_key: p.nameKey, app_id: p.appId })
    .onConflict((conflict) =>
      conflict.column("name_key").doUpdateSet({ app_id: p.appId }).where("app_names.app_id", "=", p.appId),
    )
    .returning("app_id"),
);

/**
 * Before the name is written to its app: of many who want it at once, one has it. False when it is taken, in whole or
 * in part, by another app.
 *
 * @param nameKeys as `nameKeysOf` gives them: in one order for all, so that two who want the same do not wait for each other
 */
export async function claimName(tx: Tx, nameKeys: readonly string[], appId: string): Promise<boolean> {
  for (const nameKey of nameKeys) {
    if (!(await claim.first(tx, { nameKey, appId }))) return false;
  }
  return true;
}

/** Gives back every name of the app but this one. The app must be held, or another name may come meanwhile. */
export async function freeNames(tx: Tx, appId: string, keptNameKeys: readonly string[]): Promise<void> {
  await query(tx, (db) =>
    db
      .deleteFrom("app_names")
      .where("app_id", "=", appId)
      .where("name_key", "not in", ["", ...keptNameKeys])
      .returning("name_key"),
  );
}

const countOn = statement<{ ownerId: string; limit: number }>()((db, p) =>
  db
    .insertInto("app_owners")
    .values({ owner_id: p.ownerId, apps: 1 })
    .onConflict((conflict) =>
      conflict
        .column("owner_id")
        .doUpdateSet(({ eb, ref }) => ({ apps: eb(ref("app_owners.apps"), "+", 1) }))
        .where("app_owners.apps", "<", p.limit),
    )
    .returning("apps"),
);

/** False when the owner has as many as he may. */
export async function takePlace(tx: Tx, ownerId: string, limit: number): Promise<boolean> {
  return (await countOn.first(tx, { ownerId, limit })) !== undefined;
}

const countBack = statement<{ ownerId: string }>()((db, p) =>
  db
    .updateTable("app_owners")
    .set(({ eb }) => ({ apps: eb("apps", "-", 1) }))
    .where("owner_id", "=", p.ownerId)
    .returning("apps"),
);

export async function leavePlace(tx: Tx, ownerId: string): Promise<void> {
  await countBack.first(tx, { ownerId });
}

const owned = statement<{ ownerId: string }>()((db, p) =>
  db.selectFrom("app_owners").select("apps").where("owner_id", "=", p.ownerId),
);

/** Deactivated ones too. */
export async function countOwned(ctx: Ctx, ownerId: string): Promise<number> {
  return (await owned.first(ctx, { ownerId }))?.apps ?? 0;
}
