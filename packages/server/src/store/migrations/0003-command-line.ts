import type { Dialect } from "../db.ts";

/**
 * The command line as an app of everybody's: public, answers on loopback only, owned by nobody, so that nobody finds,
 * edits or deletes it. An operator may deactivate it.
 */
export function commandLine(dialect: Dialect): string[] {
  const now =
    dialect === "sqlite" ? "cast(unixepoch('subsec') * 1000 as integer)" : "(extract(epoch from now()) * 1000)::bigint";
  return [
    // Whoever has the name already keeps it, but not alone.
    `update apps set name_key = name_key || ' ' || id where name_key = '${name.toLowerCase()}'`,
    `insert into apps (id, client_id, owner_id, name, name_key, client_type, redirect_uris, allowed_scopes,
      refresh_token_lifetime_days, id_token_signed_response_alg, grant_types, generation, created_at, updated_at)
    values ('app_000000000000000c0mmand11ne', 'innkeeper-cli', 'platform', '${name}', '${name.toLowerCase()}', 'public',
      '${JSON.stringify(redirectUris)}', '${JSON.stringify(scopes)}',
      30, 'ES256', '${grantTypes.join(" ")}', 1, ${now}, ${now})`,
  ];
}

const name = "Innkeeper command line";
const redirectUris = ["http://127.0.0.1/callback", "http://[::1]/callback"];
const grantTypes = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"];
/** Nothing that spends: whoever wants that makes a key with a limit. */
const scopes = [
  "openid",
  "profile",
  "email",
  "offline_access",
  "account:read",
  "account:write",
  "billing:read",
  "apps:write",
  "authorizations:write",
  "keys:write",
  "sessions:write",
];
