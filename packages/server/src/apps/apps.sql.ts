import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { AppsTable } from "../store/schema/apps.ts";
import type { App } from "./app.ts";
import type { AppMetadata } from "./metadata.ts";
import { type MetadataColumns, toApp, toColumns } from "./row.ts";

type NewColumns = MetadataColumns &
  Pick<AppsTable, "id" | "client_id" | "owner_id" | "client_type" | "created_at" | "updated_at">;

const insert = statement<NewColumns>()((db, p) =>
  db
    .insertInto("apps")
    .values({
      id: p.id,
      client_id: p.client_id,
      owner_id: p.owner_id,
      client_type: p.client_type,
      ...metadataOf(p),
      generation: 1,
      deactivated_at: null,
      created_at: p.created_at,
      updated_at: p.updated_at,
    })
    .onConflict((conflict) => conflict.column("name_key").doNothing())
    .returningAll(),
);

/** Parameters are taken by name, each column once. */
function metadataOf(p: Readonly<MetadataColumns>): MetadataColumns {
  return {
    name: p.name,
    name_key: p.name_key,
    description: p.description,
    homepage_url: p.homepage_url,
    logo_url: p.logo_url,
    privacy_policy_url: p.privacy_policy_url,
    terms_url: p.terms_url,
    redirect_uris: p.redirect_uris,
    allowed_scopes: p.allowed_scopes,
    listed_at: p.listed_at,
    refresh_token_lifetime_days: p.refresh_token_lifetime_days,
    id_token_signed_response_alg: p.id_token_signed_response_alg,
    access_token_format: p.access_token_format,
    grant_types: p.grant_types,
    identity_only_at: p.identity_only_at,
    pkce_waived_at: p.pkce_waived_at,
    post_logout_redirect_uris: p.post_logout_redirect_uris,
    webhook_url: p.webhook_url,
    budget_proposal: p.budget_proposal,
  };
}

export interface NewApp extends AppMetadata {
  id: string;
  clientId: string;
  ownerId: string;
  now: number;
}

/** Undefined when the name is taken. */
export async function insertApp(tx: Tx, { now, ...app }: NewApp): Promise<App | undefined> {
  const row = await insert.first(tx, {
    ...toColumns(app, { listedAt: now, identityOnlyAt: now, pkceWaivedAt: now }),
    id: app.id,
    client_id: app.clientId,
    owner_id: app.ownerId,
    client_type: app.clientType,
    created_at: now,
    updated_at: now,
  });
  return row && toApp(row);
}

const byId = statement<{ id: string }>()((db, p) => db.selectFrom("apps").selectAll().where("id", "=", p.id));

const byClientId = statement<{ clientId: string }>()((db, p) =>
  db.selectFrom("apps").selectAll().where("client_id", "=", p.clientId),
);

export async function selectById(ctx: Ctx, id: string): Promise<App | undefined> {
  const row = await byId.first(ctx, { id });
  return row && toApp(row);
}

export async function selectByClientId(ctx: Ctx, clientId: string): Promise<App | undefined> {
  const row = await byClientId.first(ctx, { clientId });
  return row && toApp(row);
}

const lock = statement<{ id: string }>()((db, p) =>
  db
    .updateTable("apps")
    .set(({ ref }) => ({ generation: ref("generation") }))
    .where("id", "=", p.id)
    .where("deleted_at", "is", null)
    .returningAll(),
);

/** An app that nobody else changes until the transaction ends, and since when it is what it is. */
export interface HeldApp {
  app: App;
  since: { listedAt: number | null; identityOnlyAt: number | null; pkceWaivedAt: number | null };
}

/** Undefined when the app is deleted or was never there. */
export async function holdApp(tx: Tx, id: string): Promise<HeldApp | undefined> {
  const row = await lock.first(tx, { id });
  if (!row) return undefined;
  const since = {
    listedAt: row.listed_at,
    identityOnlyAt: row.identity_only_at,
    pkceWaivedAt: row.pkce_waived_at,
  };
  return { app: toApp(row), since };
}

const rewrite = statement<MetadataColumns & Pick<AppsTable, "id" | "generation" | "face_changed_at" | "updated_at">>()(
  (db, p) =>
    db
      .updateTable("apps")
      .set({
        ...metadataOf(p),
        generation: p.generation,
        face_changed_at: p.face_changed_at,
        updated_at: p.updated_at,
      })
      .where("id", "=", p.id)
      .returningAll(),
);

/** The app must be held. */
export async function rewriteApp(
  tx: Tx,
  { app, since }: HeldApp,
  after: Omit<AppMetadata, "clientType">,
  { generation, faceChangedAt }: Pick<App, "generation" | "faceChangedAt">,
): Promise<App> {
  const now = tx.clock.now();
  const row = await rewrite.one(tx, {
    ...toColumns(after, {
      listedAt: since.listedAt ?? now,
      identityOnlyAt: since.identityOnlyAt ?? now,
      pkceWaivedAt: since.pkceWaivedAt ?? now,
    }),
    id: app.id,
    generation,
    face_changed_at: faceChangedAt,
    updated_at: now,
  });
  return toApp(row);
}

const retire = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("apps")
    .set(({ eb }) => ({ deactivated_at: p.now, updated_at: p.now, generation: eb("generation", "+", 1) }))
    .where("id", "=", p.id)
    .where("deactivated_at", "is", null)
    .returningAll(),
);

/** Undefined when the app was not active. */
export async function retireApp(tx: Tx, id: string): Promise<App | undefined> {
  const row = await retire.first(tx, { id, now: tx.clock.now() });
  return row && toApp(row);
}

const block = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("apps")
    .set(({ eb, fn, ref }) => ({
      deactivated_at: fn.coalesce(ref("deactivated_at"), eb.val(p.now)),
      blocked_at: p.now,
      updated_at: p.now,
      generation: eb("generation", "+", 1),
    }))
    .where("id", "=", p.id)
    .where("blocked_at", "is", null)
    .where("deleted_at", "is", null)
    .returningAll(),
);

/** Whether it was active or not. Undefined when it was blocked before, or is deleted. */
export async function blockApp(tx: Tx, id: string): Promise<App | undefined> {
  const row = await block.first(tx, { id, now: tx.clock.now() });
  return row && toApp(row);
}

const reactivate = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("apps")
    .set({ deactivated_at: null, updated_at: p.now })
    .where("id", "=", p.id)
    .where("deactivated_at", "is not", null)
    .where("blocked_at", "is", null)
    .where("deleted_at", "is", null)
    .returningAll(),
);

const unblock = statement<{ id: string }>()((db, p) =>
  db.updateTable("apps").set({ blocked_at: null }).where("id", "=", p.id).returning("id"),
);

export async function unblockApp(tx: Tx, id: string): Promise<void> {
  await unblock.first(tx, { id });
}

/** Undefined when the app was active, is blocked, or is deleted. */
export async function reactivateApp(tx: Tx, id: string): Promise<App | undefined> {
  const row = await reactivate.first(tx, { id, now: tx.clock.now() });
  return row && toApp(row);
}

const bury = statement<{ id: string; nameKey: string; now: number }>()((db, p) =>
  db
    .updateTable("apps")
    .set(({ eb, fn, ref }) => ({
      deleted_at: p.now,
      deactivated_at: fn.coalesce(ref("deactivated_at"), eb.val(p.now)),
      updated_at: p.now,
      name_key: p.nameKey,
      generation: eb("generation", "+", 1),
    }))
    .where("id", "=", p.id)
    .where("deleted_at", "is", null)
    .returningAll(),
);

/** Keeps the row, which the bill names, under a key that no name can have. Undefined when it was deleted before. */
export async function buryApp(tx: Tx, id: string): Promise<App | undefined> {
  const row = await bury.first(tx, { id, nameKey: `deleted:${id}`, now: tx.clock.now() });
  return row && toApp(row);
}
