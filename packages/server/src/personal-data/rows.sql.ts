import type { Ctx } from "../context.ts";
import { query } from "../store/index.ts";

type Row = Record<string, unknown>;

/** Everything about one person that is stored, but secrets and their hashes. Calls and entries come page by page. */
export async function selectPersonalRows(ctx: Ctx, userId: string): Promise<Record<string, Row[]>> {
  const [people, rights] = await Promise.all([selectPeopleRows(ctx, userId), selectRightRows(ctx, userId)]);
  return { ...people, ...rights };
}

async function selectPeopleRows(ctx: Ctx, userId: string): Promise<Record<string, Row[]>> {
  const [
    account,
    pictures,
    sessions,
    passkeys,
    authenticators,
    recoveryCodes,
    identities,
    hotkeys,
    devices,
    events,
    codes,
  ] = await Promise.all([
    query(ctx, (db) => db.selectFrom("users").select(accountColumns).where("id", "=", userId)),
    query(ctx, (db) =>
      db
        .selectFrom("users")
        .innerJoin("avatars", "avatars.id", "users.avatar_id")
        .selectAll("avatars")
        .where("users.id", "=", userId),
    ),
    query(ctx, (db) => db.selectFrom("sessions").select(sessionColumns).where("user_id", "=", userId)),
    query(ctx, (db) => db.selectFrom("passkeys").select(passkeyColumns).where("user_id", "=", userId)),
    query(ctx, (db) => db.selectFrom("totp_keys").select("created_at").where("user_id", "=", userId)),
    query(ctx, (db) => db.selectFrom("recovery_codes").select(["created_at", "used_at"]).where("user_id", "=", userId)),
    query(ctx, (db) => db.selectFrom("identities").selectAll().where("user_id", "=", userId)),
    query(ctx, (db) => db.selectFrom("signature_keys").selectAll().where("user_id", "=", userId)),
    query(ctx, (db) =>
      db.selectFrom("devices").select(["name", "created_at", "last_used_at"]).where("user_id", "=", userId),
    ),
    query(ctx, (db) => db.selectFrom("security_events").selectAll().where("user_id", "=", userId).orderBy("id")),
    query(ctx, (db) =>
      db.selectFrom("one_time_codes").select(["kind", "target", "created_at"]).where("user_id", "=", userId),
    ),
  ]);
  return {
    ...{ account, pictures, sessions, passkeys, authenticators, recovery_codes: recoveryCodes },
    ...{ identities, hotkeys, devices, security_events: events, codes_sent: codes },
  };
}

async function selectRightRows(ctx: Ctx, userId: string): Promise<Record<string, Row[]>> {
  const [workspaces, wallets, authorizations, budgets, signIns, keys, apps, shares] = await Promise.all([
    query(ctx, (db) =>
      db
        .selectFrom("members")
        .innerJoin("workspaces", "workspaces.id", "members.workspace_id")
        .selectAll("workspaces")
        .where("members.user_id", "=", userId),
    ),
    query(ctx, (db) =>
      db
        .selectFrom("members")
        .innerJoin("wallets", "wallets.id", "members.workspace_id")
        .selectAll("wallets")
        .where("members.user_id", "=", userId),
    ),
    query(ctx, (db) => db.selectFrom("grants").selectAll().where("user_id", "=", userId).orderBy("id")),
    query(ctx, (db) =>
      db
        .selectFrom("grants")
        .innerJoin("budgets", "budgets.id", "grants.budget_id")
        .selectAll("budgets")
        .where("grants.user_id", "=", userId),
    ),
    query(ctx, (db) => db.selectFrom("token_families").selectAll().where("user_id", "=", userId).orderBy("id")),
    query(ctx, (db) => db.selectFrom("api_keys").select(keyColumns).where("user_id", "=", userId).orderBy("id")),
    query(ctx, (db) => db.selectFrom("apps").select(appColumns).where("owner_id", "=", userId).orderBy("id")),
    query(ctx, (db) => db.selectFrom("app_shares").selectAll().where("user_id", "=", userId)),
  ]);
  return {
    ...{
      workspaces,
      wallets,
      authorizations,
      budgets,
      app_sign_ins: signIns,
      keys,
      apps,
      apps_shared_with_you: shares,
    },
  };
}

const accountColumns = [
  ...(["id", "username", "display_name", "nickname", "locale", "role", "email", "email_verified_at"] as const),
  ...(["phone", "phone_verified_at", "address", "avatar_id", "created_at", "updated_at"] as const),
] as const;
const sessionColumns = [
  ...(["amr", "acr", "user_agent", "place", "authenticated_at"] as const),
  ...(["created_at", "last_used_at", "expires_at"] as const),
] as const;
const passkeyColumns = ["id", "name", "public_key", "created_at", "last_used_at"] as const;
const keyColumns = [
  ...(["id", "name", "hint", "workspace_id", "app_id", "grant_id", "budget_id", "scopes"] as const),
  ...(["created_at", "expires_at", "revoked_at"] as const),
] as const;
const appColumns = [
  ...(["id", "client_id", "name", "description", "homepage_url", "logo_url", "privacy_policy_url"] as const),
  ...(["terms_url", "client_type", "redirect_uris", "allowed_scopes", "grant_types", "webhook_url"] as const),
  ...(["verified_domain", "created_at", "updated_at", "deleted_at", "deactivated_at"] as const),
] as const;

export interface RowPage {
  userId: string;
  /** The last one of the page before. */
  before: string | undefined;
  limit: number;
}

/** Newest first. */
export function selectCallRows(ctx: Ctx, { userId, before, limit }: RowPage): Promise<(Row & { id: string })[]> {
  return query(ctx, (db) => {
    const calls = db
      .selectFrom("members")
      .innerJoin("holds", "holds.wallet_id", "members.workspace_id")
      .selectAll("holds")
      .where("members.user_id", "=", userId)
      .where("holds.user_id", "=", userId);
    return (before === undefined ? calls : calls.where("holds.id", "<", before))
      .orderBy("holds.id", "desc")
      .limit(limit);
  });
}

/** Newest first. */
export function selectEntryRows(ctx: Ctx, { userId, before, limit }: RowPage): Promise<(Row & { id: string })[]> {
  return query(ctx, (db) => {
    const entries = db
      .selectFrom("members")
      .innerJoin("entries", "entries.wallet_id", "members.workspace_id")
      .selectAll("entries")
      .where("members.user_id", "=", userId);
    const older = before === undefined ? entries : entries.where("entries.seq", "<", Number(before));
    return older.orderBy("entries.seq", "desc").limit(limit);
  });
}
