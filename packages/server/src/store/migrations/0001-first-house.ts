import type { Dialect } from "../db.ts";

/**
 * Every table of the first release. Foreign keys stay within a room, and off the hot paths.
 *
 * Tables are clustered by their primary key on SQLite, and ids are time-ordered: fewer pages are touched. Text
 * compares by its bytes on both databases.
 */
export function firstHouse(dialect: Dialect): string[] {
  const table = (name: string, columns: string) =>
    dialect === "sqlite"
      ? `create table ${name} (${columns.replaceAll("bigint", "integer")}) strict, without rowid`
      : `create table ${name} (${columns.replaceAll(" text", ' text collate "C"')})`;
  const rooms = [meta, people, apps, wallets, budgets, tokens];
  return [...rooms.flatMap((room) => room(table)), ...appendOnly[dialect]];
}

type Table = (name: string, columns: string) => string;

const meta = (table: Table) => [
  table("meta", "name text primary key, value text not null"),
  table(
    "once",
    `kind text not null,
    id text not null,
    value text,
    expires_at bigint not null,
    primary key (kind, id)`,
  ),
  "create index once_expires_at on once (expires_at)",
  table(
    "changes",
    `id text primary key,
    kind text not null,
    subject_id text not null,
    created_at bigint not null`,
  ),
  table(
    "audit_log",
    `id text primary key,
    actor_id text not null,
    action text not null,
    subject_id text not null,
    detail text not null,
    created_at bigint not null`,
  ),
  table(
    "signing_keys",
    `id text primary key,
    alg text not null,
    public_jwk text not null,
    private_sealed text not null,
    created_at bigint not null,
    active_at bigint not null`,
  ),
];

const people = (table: Table) => [
  table(
    "users",
    `id text primary key,
    username text not null,
    username_key text not null unique,
    display_name text not null,
    email text,
    email_key text,
    email_verified_at bigint,
    password_hash text,
    role text not null,
    generation bigint not null,
    disabled_at bigint,
    created_at bigint not null,
    updated_at bigint not null`,
  ),
  "create unique index users_verified_email on users (email_key) where email_verified_at is not null",
  table(
    "sessions",
    `id text primary key,
    user_id text not null references users,
    user_generation bigint not null,
    amr text not null,
    authenticated_at bigint not null,
    created_at bigint not null,
    last_used_at bigint not null,
    expires_at bigint not null,
    user_agent text`,
  ),
  "create index sessions_user on sessions (user_id)",
  table(
    "workspaces",
    `id text primary key,
    kind text not null,
    name text not null,
    created_at bigint not null`,
  ),
  table(
    "members",
    `user_id text not null,
    workspace_id text not null references workspaces,
    role text not null,
    created_at bigint not null,
    primary key (user_id, workspace_id)`,
  ),
];

const apps = (table: Table) => [
  table(
    "apps",
    `id text primary key,
    client_id text not null unique,
    owner_id text not null,
    name text not null,
    name_key text not null unique,
    description text,
    homepage_url text,
    logo_url text,
    privacy_policy_url text,
    terms_url text,
    client_type text not null,
    redirect_uris text not null,
    allowed_scopes text not null,
    listed_at bigint,
    refresh_token_lifetime_days bigint not null,
    id_token_signed_response_alg text not null,
    generation bigint not null,
    deactivated_at bigint,
    created_at bigint not null,
    updated_at bigint not null`,
  ),
  "create index apps_owner on apps (owner_id)",
  table(
    "app_secrets",
    `app_id text not null references apps,
    hash text not null,
    hint text not null,
    created_at bigint not null,
    expires_at bigint,
    primary key (app_id, hash)`,
  ),
  table(
    "grants",
    `id text primary key,
    user_id text not null,
    workspace_id text not null,
    app_id text not null,
    scopes text not null,
    budget_id text,
    answered text not null,
    generation bigint not null,
    expires_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    revoked_at bigint`,
  ),
  "create unique index grants_live on grants (user_id, app_id) where revoked_at is null",
  "create index grants_app on grants (app_id, user_id)",
  "create index grants_user on grants (user_id)",
];

const wallets = (table: Table) => [
  table(
    "wallets",
    `id text primary key,
    balance_micros bigint not null,
    held_micros bigint not null check (held_micros >= 0),
    entry_count bigint not null check (entry_count >= 0),
    created_at bigint not null,
    updated_at bigint not null`,
  ),
  table(
    "entries",
    `wallet_id text not null,
    seq bigint not null,
    id text not null,
    kind text not null,
    debit_account text not null,
    credit_account text not null,
    amount_micros bigint not null,
    balance_after_micros bigint not null,
    reference text not null,
    created_at bigint not null,
    checksum text not null,
    primary key (wallet_id, seq)`,
  ),
];

const budgets = (table: Table) => [
  table(
    "budgets",
    `id text primary key,
    limit_day_micros bigint,
    limit_week_micros bigint,
    limit_month_micros bigint,
    limit_total_micros bigint,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null`,
  ),
  table(
    "budget_windows",
    `budget_id text not null,
    period text not null,
    starts_at bigint not null,
    ends_at bigint,
    limit_micros bigint not null,
    spent_micros bigint not null check (spent_micros >= 0),
    held_micros bigint not null check (held_micros >= 0),
    revision bigint not null,
    last_used_at bigint,
    primary key (budget_id, period, starts_at)`,
  ),
  table(
    "holds",
    `wallet_id text not null,
    id text not null,
    user_id text not null,
    app_id text,
    grant_id text,
    key_id text,
    item text not null,
    amount_micros bigint not null,
    windows text not null,
    prices text not null,
    request_id text not null,
    created_at bigint not null,
    deadline_at bigint not null,
    ended_at bigint,
    outcome text,
    cost_micros bigint,
    loss_micros bigint,
    usage text,
    primary key (wallet_id, id)`,
  ),
  "create index holds_open on holds (deadline_at) where ended_at is null",
];

const tokens = (table: Table) => [
  table(
    "token_families",
    `id text primary key,
    grant_id text not null,
    user_id text not null,
    app_id text not null,
    scopes text not null,
    generation bigint not null,
    authenticated_at bigint not null,
    amr text not null,
    created_at bigint not null,
    rotated_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint`,
  ),
  "create index token_families_grant on token_families (grant_id)",
  table(
    "api_keys",
    `id text primary key,
    secret_hash text not null unique,
    hint text not null,
    name text not null,
    user_id text not null,
    user_generation bigint not null,
    workspace_id text not null,
    app_id text,
    app_generation bigint,
    grant_id text,
    budget_id text,
    scopes text not null,
    created_at bigint not null,
    expires_at bigint,
    revoked_at bigint`,
  ),
  "create index api_keys_user on api_keys (user_id)",
  "create index api_keys_grant on api_keys (grant_id)",
];

const frozen = ["entries", "audit_log"];

const appendOnly: Record<Dialect, string[]> = {
  sqlite: frozen.flatMap((name) =>
    ["update", "delete"].map(
      (change) =>
        `create trigger ${name}_no_${change} before ${change} on ${name}
        begin select raise(abort, '${name} is append-only'); end`,
    ),
  ),
  postgres: [
    `create function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception '% is append-only', tg_table_name; end $$`,
    ...frozen.map(
      (name) =>
        `create trigger ${name}_append_only before update or delete or truncate on ${name}
        for each statement execute function refuse_change()`,
    ),
  ],
};
