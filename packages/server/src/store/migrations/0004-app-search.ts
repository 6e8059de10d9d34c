import type { Dialect } from "../db.ts";

/** Who has which name, how many apps an owner has, and the narrow table that the directory and searches are read from. */
export function appSearch(dialect: Dialect): string[] {
  const table = (name: string, columns: string) => {
    const typed =
      dialect === "sqlite" ? columns.replaceAll("bigint", "integer") : columns.replaceAll(" text", ' text collate "C"');
    return `create table ${name} (${typed})${dialect === "sqlite" ? " strict, without rowid" : ""}`;
  };
  return [
    table(
      "app_names",
      `name_key text primary key,
      app_id text not null`,
    ),
    "create index app_names_app on app_names (app_id)",
    "insert into app_names (name_key, app_id) select name_key, id from apps",
    table(
      "app_owners",
      `owner_id text primary key,
      apps bigint not null`,
    ),
    "insert into app_owners (owner_id, apps) select owner_id, count(*) from apps group by owner_id",
    table(
      "app_search",
      `app_id text primary key,
      owner_id text not null,
      listed_at bigint,
      searched text not null`,
    ),
    "create index app_search_owner on app_search (owner_id)",
    `insert into app_search (app_id, owner_id, listed_at, searched)
      select id, owner_id, listed_at, name_key || coalesce(' ' || lower(description), '') || coalesce(' ' || lower(homepage_url), '')
      from apps where deactivated_at is null and deleted_at is null`,
  ];
}
