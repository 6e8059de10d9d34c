import type { Dialect } from "../db.ts";

type Table = (name: string, columns: string) => string;

/** What the registry, key login, the device grant and webhooks store. */
export function registry(dialect: Dialect): string[] {
  const types = (columns: string) =>
    dialect === "sqlite" ? columns.replaceAll("bigint", "integer") : columns.replaceAll(" text", ' text collate "C"');
  const table: Table = (name, columns) =>
    `create table ${name} (${types(columns)})${dialect === "sqlite" ? " strict, without rowid" : ""}`;
  return [
    ...appColumns.map((column) => `alter table apps add column ${types(column)}`),
    ...familyColumns.map((column) => `alter table token_families add column ${types(column)}`),
    ...appTables(table),
    ...otherTables(table),
  ];
}

const appColumns = [
  "identity_only_at bigint",
  "webhook_url text",
  "webhook_secret_sealed text",
  "budget_proposal text",
  "access_token_format text not null default 'sealed'",
  "pkce_waived_at bigint",
  "grant_types text not null default 'authorization_code refresh_token'",
  "post_logout_redirect_uris text not null default '[]'",
  "logo_id text",
  "verified_domain text",
  "domain_verified_at bigint",
  "domain_checked_at bigint",
  "domain_failures bigint",
  "face_changed_at bigint",
  "deleted_at bigint",
  "blocked_at bigint",
];

/** Of user, app and grant when the family began; unequal is dead. */
const familyColumns = ["user_generation", "app_generation", "grant_generation"].map(
  (name) => `${name} bigint not null default 0`,
);

const appTables = (table: Table) => [
  table(
    "app_shares",
    `app_id text not null references apps,
    user_id text not null,
    role text not null,
    created_at bigint not null,
    primary key (app_id, user_id)`,
  ),
  "create index app_shares_user on app_shares (user_id)",
  "create index apps_domain_checked_at on apps (domain_checked_at) where domain_verified_at is not null",
  table(
    "app_logos",
    `id text not null primary key,
    media_type text not null,
    content text not null,
    created_at bigint not null`,
  ),
];

const otherTables = (table: Table) => [
  table(
    "signature_keys",
    `id text not null primary key,
    user_id text not null,
    scheme text not null,
    public_key text not null,
    name text not null,
    created_at bigint not null,
    last_used_at bigint`,
  ),
  "create unique index signature_keys_key on signature_keys (scheme, public_key)",
  "create index signature_keys_user on signature_keys (user_id)",
  table(
    "device_requests",
    `id text not null primary key,
    app_id text not null,
    user_code_hash text not null,
    request text not null,
    created_at bigint not null,
    expires_at bigint not null,
    interval_ms bigint not null,
    polled_at bigint,
    session_id text,
    outcome text,
    decided_at bigint,
    approval text`,
  ),
  "create unique index device_requests_code on device_requests (user_code_hash)",
  "create index device_requests_expires_at on device_requests (expires_at)",
  table(
    "webhook_events",
    `app_id text not null,
    id text not null,
    type text not null,
    payload text not null,
    created_at bigint not null,
    queued_at bigint not null,
    attempts bigint not null,
    next_attempt_at bigint not null,
    leased_until bigint,
    delivered_at bigint,
    gave_up_at bigint,
    last_error text,
    primary key (app_id, id)`,
  ),
  "create index webhook_events_waiting on webhook_events (app_id, id) where delivered_at is null and gave_up_at is null",
  "create index webhook_events_created_at on webhook_events (created_at)",
];
