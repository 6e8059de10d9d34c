import type { QueryCreator } from "kysely";
import type { Ctx, Tx } from "../context.ts";
import { joinWords, splitWords } from "../kernel/words.ts";
import { query, statement } from "../store/index.ts";
import type { Schema } from "../store/schema/index.ts";
import type { ApiKeysTable } from "../store/schema/tokens.ts";

type Db = QueryCreator<Schema>;

/** Times are epoch milliseconds. */
export interface ApiKey {
  id: string;
  /** The last four characters of the secret. */
  hint: string;
  name: string;
  userId: string;
  /** Of the user when the key was made; unequal is dead. */
  userGeneration: number;
  workspaceId: string;
  /** The app that was given the key; null for the user's own. */
  appId: string | null;
  /** Of that app when the key was made. */
  appGeneration: number | null;
  grantId: string | null;
  /** The key's own cap, beside the grant's. */
  budgetId: string | null;
  scopes: string[];
  createdAt: number;
  expiresAt: number | null;
  revokedAt: number | null;
}

const insert = statement<ApiKeysTable>()((db, p) =>
  db
    .insertInto("api_keys")
    .values({
      id: p.id,
      secret_hash: p.secret_hash,
      hint: p.hint,
      name: p.name,
      user_id: p.user_id,
      user_generation: p.user_generation,
      workspace_id: p.workspace_id,
      app_id: p.app_id,
      app_generation: p.app_generation,
      grant_id: p.grant_id,
      budget_id: p.budget_id,
      scopes: p.scopes,
      created_at: p.created_at,
      expires_at: p.expires_at,
      revoked_at: null,
    })
    .returningAll(),
);

export async function insertKey(
  tx: Tx,
  key: Omit<ApiKey, "createdAt" | "revokedAt"> & { secretHash: string },
): Promise<ApiKey> {
  const row = await insert.one(tx, {
    id: key.id,
    secret_hash: key.secretHash,
    hint: key.hint,
    name: key.name,
    user_id: key.userId,
    user_generation: key.userGeneration,
    workspace_id: key.workspaceId,
    app_id: key.appId,
    app_generation: key.appGeneration,
    grant_id: key.grantId,
    budget_id: key.budgetId,
    scopes: joinWords(key.scopes),
    created_at: tx.clock.now(),
    expires_at: key.expiresAt,
    revoked_at: null,
  });
  return toApiKey(row);
}

const byHash = statement<{ hash: string }>()((db, p) =>
  db.selectFrom("api_keys").selectAll().where("secret_hash", "=", p.hash),
);

export async function selectKeyByHash(ctx: Ctx, hash: string): Promise<ApiKey | undefined> {
  const row = await byHash.first(ctx, { hash });
  return row && toApiKey(row);
}

const ofUser = statement<{ userId: string }>()((db, p) =>
  db.selectFrom("api_keys").selectAll().where("user_id", "=", p.userId).orderBy("id", "desc"),
);

export async function selectKeysOf(ctx: Ctx, userId: string): Promise<ApiKey[]> {
  return (await ofUser.all(ctx, { userId })).map(toApiKey);
}

const byId = statement<{ id: string }>()((db, p) => db.selectFrom("api_keys").selectAll().where("id", "=", p.id));

export async function selectKey(ctx: Ctx, id: string): Promise<ApiKey | undefined> {
  const row = await byId.first(ctx, { id });
  return row && toApiKey(row);
}

export interface KeyPage {
  userId: string;
  /** Only the keys that were made for this app; null for all. */
  appId: string | null;
  /** Counted from zero. */
  page: number;
  limit: number;
}

/** Neither revoked nor expired, newest first, and how many there are in all. */
export async function selectLivingKeys(
  ctx: Ctx,
  { userId, appId, page, limit }: KeyPage,
): Promise<{ total: number; items: ApiKey[] }> {
  const now = ctx.clock.now();
  const living = (db: Db) => {
    const keys = db
      .selectFrom("api_keys")
      .where("user_id", "=", userId)
      .where("revoked_at", "is", null)
      .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", now)]));
    return appId === null ? keys : keys.where("app_id", "=", appId);
  };
  const [count, rows] = await Promise.all([
    query(ctx, (db) => living(db).select(({ fn }) => fn.countAll<number>().as("total"))),
    query(ctx, (db) =>
      living(db)
        .selectAll()
        .orderBy("id", "desc")
        .limit(limit)
        .offset(page * limit),
    ),
  ]);
  return { total: count[0]?.total ?? 0, items: rows.map(toApiKey) };
}

const revoke = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("api_keys")
    .set({ revoked_at: p.now })
    .where("id", "=", p.id)
    .where("revoked_at", "is", null)
    .returningAll(),
);

/** Undefined when the key did not live. */
export async function updateKeyRevoked(tx: Tx, id: string): Promise<ApiKey | undefined> {
  const row = await revoke.first(tx, { id, now: tx.clock.now() });
  return row && toApiKey(row);
}

function toApiKey(row: ApiKeysTable): ApiKey {
  return {
    id: row.id,
    hint: row.hint,
    name: row.name,
    userId: row.user_id,
    userGeneration: row.user_generation,
    workspaceId: row.workspace_id,
    appId: row.app_id,
    appGeneration: row.app_generation,
    grantId: row.grant_id,
    budgetId: row.budget_id,
    scopes: splitWords(row.scopes),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
