import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Ctx, Tx } from "../context.ts";
import { splitWords } from "../kernel/words.ts";
import { query, statement } from "../store/index.ts";
import type { AppsTable } from "../store/schema/apps.ts";
import type { Schema } from "../store/schema/index.ts";
import type { App } from "./app.ts";
import type { AppMetadata } from "./metadata.ts";

const insert = statement<RegisteredColumns>()((db, p) =>
  db
    .insertInto("apps")
    .values({
      id: p.id,
      client_id: p.client_id,
      owner_id: p.owner_id,
      name: p.name,
      name_key: p.name_key,
      description: p.description,
      homepage_url: p.homepage_url,
      logo_url: p.logo_url,
      privacy_policy_url: p.privacy_policy_url,
      terms_url: p.terms_url,
      client_type: p.client_type,
      redirect_uris: p.redirect_uris,
      allowed_scopes: p.allowed_scopes,
      listed_at: p.listed_at,
      refresh_token_lifetime_days: p.refresh_token_lifetime_days,
      id_token_signed_response_alg: p.id_token_signed_response_alg,
      access_token_format: p.access_token_format,
      grant_types: p.grant_types,
      post_logout_redirect_uris: p.post_logout_redirect_uris,
      generation: p.generation,
      deactivated_at: p.deactivated_at,
      created_at: p.created_at,
      updated_at: p.updated_at,
    })
    .onConflict((conflict) => conflict.column("name_key").doNothing())
    .returningAll(),
);

/** What a new app brings along; the rest has defaults. */
type RegisteredColumns = Omit<
  AppsTable,
  | "identity_only_at"
  | "webhook_url"
  | "webhook_secret_sealed"
  | "budget_proposal"
  | "pkce_waived_at"
  | "logo_id"
  | "verified_domain"
  | "domain_verified_at"
  | "face_changed_at"
  | "deleted_at"
>;

export interface NewApp extends AppMetadata {
  id: string;
  clientId: string;
  ownerId: string;
  nameKey: string;
  now: number;
}

/** Undefined when the name is taken. */
export async function insertApp(tx: Tx, app: NewApp): Promise<App | undefined> {
  const row = await insert.first(tx, {
    id: app.id,
    client_id: app.clientId,
    owner_id: app.ownerId,
    name: app.name,
    name_key: app.nameKey,
    description: app.description,
    homepage_url: app.homepageUrl,
    logo_url: app.logoUrl,
    privacy_policy_url: app.privacyPolicyUrl,
    terms_url: app.termsUrl,
    client_type: app.clientType,
    redirect_uris: JSON.stringify(app.redirectUris),
    allowed_scopes: JSON.stringify(app.allowedScopes),
    listed_at: app.listed ? app.now : null,
    refresh_token_lifetime_days: app.refreshTokenLifetimeDays,
    id_token_signed_response_alg: app.idTokenSignedResponseAlg,
    access_token_format: "sealed",
    grant_types: "authorization_code refresh_token",
    post_logout_redirect_uris: "[]",
    generation: 1,
    deactivated_at: null,
    created_at: app.now,
    updated_at: app.now,
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

export interface AppFilter {
  /** Apps of this owner, whether listed or not. */
  ownerId?: string;
  /** Listed apps of anybody as well. */
  includeListed: boolean;
  /** Looked for in name, description and homepage, in any letter case. */
  search?: string;
  /** Counted from zero. */
  page: number;
  limit: number;
}

export async function countApps(ctx: Ctx, filter: AppFilter): Promise<number> {
  const rows = await query(ctx, (db) =>
    db
      .selectFrom("apps")
      .select(({ fn }) => fn.countAll<number>().as("total"))
      .where((apps) => matches(apps, filter)),
  );
  return rows[0]!.total;
}

export async function selectApps(ctx: Ctx, filter: AppFilter): Promise<App[]> {
  const rows = await query(ctx, (db) =>
    db
      .selectFrom("apps")
      .selectAll()
      .where((apps) => matches(apps, filter))
      .orderBy("created_at", "desc")
      .orderBy("id", "desc")
      .limit(filter.limit)
      .offset(filter.page * filter.limit),
  );
  return rows.map(toApp);
}

function matches(apps: ExpressionBuilder<Schema, "apps">, filter: AppFilter): Expression<SqlBool> {
  const own = filter.ownerId === undefined ? [] : [apps("owner_id", "=", filter.ownerId)];
  const listed = filter.includeListed ? [apps("listed_at", "is not", null)] : [];
  const found = filter.search ? [contains(apps, filter.search)] : [];
  return apps.and([apps("deactivated_at", "is", null), apps.or([...own, ...listed]), ...found]);
}

const searched = ["name_key", "description", "homepage_url"] as const;

function contains(apps: ExpressionBuilder<Schema, "apps">, text: string): Expression<SqlBool> {
  // `!` escapes because a backslash in a literal means different things on different databases.
  const pattern = `%${text.toLowerCase().replace(/[!%_]/g, "!$&")}%`;
  return apps.or(searched.map((column) => sql<SqlBool>`lower(${apps.ref(column)}) like ${pattern} escape '!'`));
}

const insertSecretRow = statement<{ appId: string; hash: string; hint: string; now: number }>()((db, p) =>
  db
    .insertInto("app_secrets")
    .values({ app_id: p.appId, hash: p.hash, hint: p.hint, created_at: p.now, expires_at: null })
    .returning("app_id"),
);

export async function insertSecret(
  tx: Tx,
  secret: { appId: string; hash: string; hint: string; now: number },
): Promise<void> {
  await insertSecretRow.one(tx, secret);
}

const livingSecrets = statement<{ appId: string; now: number }>()((db, p) =>
  db
    .selectFrom("app_secrets")
    .select("hash")
    .where("app_id", "=", p.appId)
    .where(({ eb, or }) => or([eb("expires_at", "is", null), eb("expires_at", ">", p.now)])),
);

export async function selectSecrets(ctx: Ctx, appId: string, now: number): Promise<string[]> {
  return (await livingSecrets.all(ctx, { appId, now })).map((row) => row.hash);
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
export async function retireApp(tx: Tx, id: string, now: number): Promise<App | undefined> {
  const row = await retire.first(tx, { id, now });
  return row && toApp(row);
}

const reactivate = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("apps")
    .set({ deactivated_at: null, updated_at: p.now })
    .where("id", "=", p.id)
    .where("deactivated_at", "is not", null)
    .returningAll(),
);

/** Undefined when the app was active. */
export async function reactivateApp(tx: Tx, id: string, now: number): Promise<App | undefined> {
  const row = await reactivate.first(tx, { id, now });
  return row && toApp(row);
}

function toApp(row: AppsTable): App {
  return {
    id: row.id,
    clientId: row.client_id,
    ownerId: row.owner_id,
    name: row.name,
    description: row.description,
    homepageUrl: row.homepage_url,
    logoUrl: row.logo_url,
    privacyPolicyUrl: row.privacy_policy_url,
    termsUrl: row.terms_url,
    clientType: row.client_type,
    redirectUris: JSON.parse(row.redirect_uris) as string[],
    allowedScopes: JSON.parse(row.allowed_scopes) as string[],
    listedAt: row.listed_at,
    refreshTokenLifetimeDays: row.refresh_token_lifetime_days,
    idTokenSignedResponseAlg: row.id_token_signed_response_alg as App["idTokenSignedResponseAlg"],
    accessTokenFormat: row.access_token_format,
    grantTypes: splitWords(row.grant_types),
    identityOnly: row.identity_only_at !== null,
    requirePkce: row.pkce_waived_at === null,
    postLogoutRedirectUris: JSON.parse(row.post_logout_redirect_uris) as string[],
    webhookUrl: row.webhook_url,
    budgetProposal: row.budget_proposal === null ? null : (JSON.parse(row.budget_proposal) as App["budgetProposal"]),
    logoId: row.logo_id,
    verifiedDomain: row.domain_verified_at === null ? null : row.verified_domain,
    faceChangedAt: row.face_changed_at,
    generation: row.generation,
    deactivatedAt: row.deactivated_at,
    deletedAt: row.deleted_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
