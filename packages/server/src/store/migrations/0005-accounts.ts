import type { Dialect } from "../db.ts";

type Table = (name: string, columns: string) => string;

/** Ways to sign in beside the password, proven addresses, what happened to an account, and mail. */
export function accounts(dialect: Dialect): string[] {
  const types = (columns: string) =>
    dialect === "sqlite" ? columns.replaceAll("bigint", "integer") : columns.replaceAll(" text", ' text collate "C"');
  const table: Table = (name, columns) =>
    `create table ${name} (${types(columns)})${dialect === "sqlite" ? " strict, without rowid" : ""}`;
  return [
    ...userColumns.map((column) => `alter table users add column ${types(column)}`),
    ...sessionColumns.map((column) => `alter table sessions add column ${types(column)}`),
    `alter table token_families add column ${types("acr text")}`,
    "create unique index users_verified_phone on users (phone) where phone_verified_at is not null",
    "create index users_leaving on users (deletion_due_at) where deletion_due_at is not null",
    ...factors(table),
    ...addresses(table),
    ...happenings(table),
  ];
}

const userColumns = [
  "nickname text",
  "avatar_id text",
  "locale text",
  "phone text",
  "phone_verified_at bigint",
  "address text",
  "deletion_due_at bigint",
  "deleted_at bigint",
];

const sessionColumns = ["device_id text", "place text", "acr text"];

const factors = (table: Table) => [
  table(
    "passkeys",
    `id text not null primary key,
    credential_id text not null,
    user_id text not null,
    public_key text not null,
    kind text not null,
    counter bigint not null,
    transports text not null,
    name text not null,
    synced_at bigint,
    created_at bigint not null,
    last_used_at bigint`,
  ),
  "create unique index passkeys_credential on passkeys (credential_id)",
  "create index passkeys_user on passkeys (user_id)",
  table(
    "totp_keys",
    `user_id text not null primary key,
    secret_sealed text not null,
    last_step bigint not null,
    attempts_until bigint not null,
    stamp text not null,
    created_at bigint not null`,
  ),
  table(
    "recovery_codes",
    `user_id text not null,
    code_hash text not null,
    created_at bigint not null,
    used_at bigint,
    primary key (user_id, code_hash)`,
  ),
  table(
    "identities",
    `provider text not null,
    subject text not null,
    user_id text not null,
    label text not null,
    created_at bigint not null,
    last_used_at bigint,
    primary key (provider, subject)`,
  ),
  "create index identities_user on identities (user_id)",
];

const addresses = (table: Table) => [
  table(
    "one_time_codes",
    `id text not null primary key,
    kind text not null,
    user_id text,
    target text not null,
    code_hash text not null,
    attempts_left bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint`,
  ),
  "create index one_time_codes_expires_at on one_time_codes (expires_at)",
  "create index one_time_codes_user on one_time_codes (user_id) where user_id is not null",
  table(
    "mails",
    `id text not null primary key,
    content_sealed text,
    created_at bigint not null,
    attempts bigint not null,
    next_attempt_at bigint not null,
    sent_at bigint,
    gave_up_at bigint,
    last_error text`,
  ),
  "create index mails_due on mails (next_attempt_at) where sent_at is null and gave_up_at is null",
  table(
    "avatars",
    `id text not null primary key,
    media_type text not null,
    content text not null,
    created_at bigint not null`,
  ),
];

const happenings = (table: Table) => [
  table(
    "devices",
    `user_id text not null,
    id text not null,
    name text not null,
    created_at bigint not null,
    last_used_at bigint not null,
    primary key (user_id, id)`,
  ),
  table(
    "security_events",
    `user_id text not null,
    id text not null,
    kind text not null,
    detail text not null,
    created_at bigint not null,
    primary key (user_id, id)`,
  ),
  "create index security_events_created_at on security_events (created_at)",
  // Newest first of one person: the id is what the lines are sorted by.
  "create index audit_log_actor on audit_log (actor_id, id)",
  "create index audit_log_subject on audit_log (subject_id, id)",
];
