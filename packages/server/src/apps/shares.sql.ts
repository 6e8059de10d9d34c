import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { AppSharesTable } from "../store/schema/apps.ts";

/** What somebody may do to an app that is not his: look at it, or change it too. */
export type ShareRole = AppSharesTable["role"];

export interface Share {
  appId: string;
  userId: string;
  role: ShareRole;
  createdAt: number;
}

const insert = statement<AppSharesTable>()((db, p) =>
  db
    .insertInto("app_shares")
    .values({ app_id: p.app_id, user_id: p.user_id, role: p.role, created_at: p.created_at })
    .onConflict((conflict) => conflict.columns(["app_id", "user_id"]).doNothing())
    .returningAll(),
);

/** Undefined when there is one already. */
export async function insertShare(tx: Tx, share: Omit<Share, "createdAt">): Promise<Share | undefined> {
  const row = await insert.first(tx, {
    app_id: share.appId,
    user_id: share.userId,
    role: share.role,
    created_at: tx.clock.now(),
  });
  return row && toShare(row);
}

const remove = statement<{ appId: string; userId: string }>()((db, p) =>
  db.deleteFrom("app_shares").where("app_id", "=", p.appId).where("user_id", "=", p.userId).returningAll(),
);

export async function deleteShare(tx: Tx, appId: string, userId: string): Promise<Share | undefined> {
  const row = await remove.first(tx, { appId, userId });
  return row && toShare(row);
}

const removeAll = statement<{ appId: string }>()((db, p) =>
  db.deleteFrom("app_shares").where("app_id", "=", p.appId).returning("user_id"),
);

export async function deleteShares(tx: Tx, appId: string): Promise<void> {
  await removeAll.all(tx, { appId });
}

const ofApp = statement<{ appId: string }>()((db, p) =>
  db.selectFrom("app_shares").selectAll().where("app_id", "=", p.appId).orderBy("created_at").orderBy("user_id"),
);

export async function selectShares(ctx: Ctx, appId: string): Promise<Share[]> {
  return (await ofApp.all(ctx, { appId })).map(toShare);
}

const one = statement<{ appId: string; userId: string }>()((db, p) =>
  db.selectFrom("app_shares").selectAll().where("app_id", "=", p.appId).where("user_id", "=", p.userId),
);

export async function selectShare(ctx: Ctx, appId: string, userId: string): Promise<Share | undefined> {
  const row = await one.first(ctx, { appId, userId });
  return row && toShare(row);
}

function toShare(row: AppSharesTable): Share {
  return { appId: row.app_id, userId: row.user_id, role: row.role, createdAt: row.created_at };
}
