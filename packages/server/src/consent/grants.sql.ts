import type { Ctx, Tx } from "../context.ts";
import { joinWords, splitWords } from "../kernel/words.ts";
import { statement } from "../store/index.ts";
import type { GrantsTable } from "../store/schema/consent.ts";
import type { Answered, Grant } from "./grant.ts";

const byId = statement<{ id: string }>()((db, p) => db.selectFrom("grants").selectAll().where("id", "=", p.id));

export async function selectGrant(ctx: Ctx, id: string): Promise<Grant | undefined> {
  const row = await byId.first(ctx, { id });
  return row && toGrant(row);
}

const live = statement<{ userId: string; appId: string }>()((db, p) =>
  db
    .selectFrom("grants")
    .selectAll()
    .where("user_id", "=", p.userId)
    .where("app_id", "=", p.appId)
    .where("revoked_at", "is", null),
);

export async function selectLiveGrant(ctx: Ctx, userId: string, appId: string): Promise<Grant | undefined> {
  const row = await live.first(ctx, { userId, appId });
  return row && toGrant(row);
}

const ofUser = statement<{ userId: string }>()((db, p) =>
  db
    .selectFrom("grants")
    .selectAll()
    .where("user_id", "=", p.userId)
    .where("revoked_at", "is", null)
    .orderBy("id", "desc"),
);

export async function selectGrantsOf(ctx: Ctx, userId: string): Promise<Grant[]> {
  return (await ofUser.all(ctx, { userId })).map(toGrant);
}

const shownOfUser = statement<{ userId: string; now: number; limit: number; offset: number }>()((db, p) =>
  db
    .selectFrom("grants")
    .selectAll()
    .where("user_id", "=", p.userId)
    .where("revoked_at", "is", null)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", p.now)]))
    .orderBy("id", "desc")
    .limit(p.limit)
    .offset(p.offset),
);

export async function selectGrantPage(
  ctx: Ctx,
  { userId, page, limit }: { userId: string; page: number; limit: number },
): Promise<Grant[]> {
  const rows = await shownOfUser.all(ctx, { userId, now: ctx.clock.now(), limit, offset: page * limit });
  return rows.map(toGrant);
}

const countOfUser = statement<{ userId: string; now: number }>()((db, p) =>
  db
    .selectFrom("grants")
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .where("user_id", "=", p.userId)
    .where("revoked_at", "is", null)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", p.now)])),
);

export async function countGrantsOf(ctx: Ctx, userId: string): Promise<number> {
  return (await countOfUser.one(ctx, { userId, now: ctx.clock.now() })).total;
}

const endedOfUser = statement<{ userId: string; limit: number }>()((db, p) =>
  db
    .selectFrom("grants")
    .selectAll()
    .where("user_id", "=", p.userId)
    .where("revoked_at", "is not", null)
    .orderBy("revoked_at", "desc")
    .orderBy("id", "desc")
    .limit(p.limit),
);

export async function selectEndedGrantsOf(ctx: Ctx, userId: string, limit: number): Promise<Grant[]> {
  return (await endedOfUser.all(ctx, { userId, limit })).map(toGrant);
}

const usersOfApp = statement<{ appId: string }>()((db, p) =>
  db
    .selectFrom("grants")
    .select(({ fn }) => fn.countAll<number>().as("users"))
    .where("app_id", "=", p.appId)
    .where("revoked_at", "is", null),
);

export async function countUsersOf(ctx: Ctx, appId: string): Promise<number> {
  return (await usersOfApp.one(ctx, { appId })).users;
}

const nothingAnswered = JSON.stringify({ refused: [], proposals: [] } satisfies Answered);

const upsert = statement<{ id: string; userId: string; workspaceId: string; appId: string; now: number }>()((db, p) =>
  db
    .insertInto("grants")
    .values({
      id: p.id,
      user_id: p.userId,
      workspace_id: p.workspaceId,
      app_id: p.appId,
      scopes: "",
      budget_id: null,
      answered: nothingAnswered,
      generation: 1,
      expires_at: null,
      created_at: p.now,
      updated_at: p.now,
      revoked_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(["user_id", "app_id"]).where("revoked_at", "is", null).doUpdateSet({ updated_at: p.now }),
    )
    .returningAll(),
);

export interface NewGrant {
  userId: string;
  workspaceId: string;
  appId: string;
}

/**
 * The living grant, made if there is none, and held until the transaction ends. Of many at once one makes it, and
 * everybody who wants to change it waits for his turn.
 */
export async function holdGrant(tx: Tx, grant: NewGrant): Promise<Grant> {
  return toGrant(await upsert.one(tx, { ...grant, id: tx.random.id("grt"), now: tx.clock.now() }));
}

const lockLive = statement<{ userId: string; appId: string; now: number }>()((db, p) =>
  db
    .updateTable("grants")
    .set({ updated_at: p.now })
    .where("user_id", "=", p.userId)
    .where("app_id", "=", p.appId)
    .where("revoked_at", "is", null)
    .returningAll(),
);

/** The living grant, held until the transaction ends; undefined if there is none. */
export async function lockLiveGrant(tx: Tx, userId: string, appId: string): Promise<Grant | undefined> {
  const row = await lockLive.first(tx, { userId, appId, now: tx.clock.now() });
  return row && toGrant(row);
}

interface Change {
  id: string;
  workspaceId: string;
  scopes: string;
  budgetId: string | null;
  answered: string;
  generation: number;
  expiresAt: number | null;
}

const change = statement<Change>()((db, p) =>
  db
    .updateTable("grants")
    .set({
      workspace_id: p.workspaceId,
      scopes: p.scopes,
      budget_id: p.budgetId,
      answered: p.answered,
      generation: p.generation,
      expires_at: p.expiresAt,
    })
    .where("id", "=", p.id)
    .where("revoked_at", "is", null)
    .returningAll(),
);

/** Writes what a locked grant became. */
export async function updateGrant(tx: Tx, grant: Grant): Promise<Grant> {
  const row = await change.one(tx, {
    id: grant.id,
    workspaceId: grant.workspaceId,
    scopes: joinWords(grant.scopes),
    budgetId: grant.budgetId,
    answered: JSON.stringify(grant.answered),
    generation: grant.generation,
    expiresAt: grant.expiresAt,
  });
  return toGrant(row);
}

const revoke = statement<{ userId: string; appId: string; now: number }>()((db, p) =>
  db
    .updateTable("grants")
    .set(({ eb }) => ({ revoked_at: p.now, updated_at: p.now, generation: eb("generation", "+", 1) }))
    .where("user_id", "=", p.userId)
    .where("app_id", "=", p.appId)
    .where("revoked_at", "is", null)
    .returningAll(),
);

/** Undefined when no grant was alive. */
export async function endGrant(tx: Tx, userId: string, appId: string): Promise<Grant | undefined> {
  const row = await revoke.first(tx, { userId, appId, now: tx.clock.now() });
  return row && toGrant(row);
}

function toGrant(row: GrantsTable): Grant {
  return {
    id: row.id,
    userId: row.user_id,
    workspaceId: row.workspace_id,
    appId: row.app_id,
    scopes: splitWords(row.scopes),
    budgetId: row.budget_id,
    answered: JSON.parse(row.answered) as Answered,
    generation: row.generation,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    revokedAt: row.revoked_at,
  };
}
