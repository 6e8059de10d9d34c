import type { Ctx } from "../src/context.ts";
import { query, type Schema } from "../src/store/index.ts";

/** Complete by its type. */
const everyTable: Record<keyof Schema, true> = {
  meta: true,
  once: true,
  changes: true,
  audit_log: true,
  users: true,
  sessions: true,
  workspaces: true,
  members: true,
  apps: true,
  app_names: true,
  app_owners: true,
  app_search: true,
  app_secrets: true,
  signing_keys: true,
  wallets: true,
  entries: true,
  budgets: true,
  budget_windows: true,
  holds: true,
  grants: true,
  token_families: true,
  api_keys: true,
  app_logos: true,
  app_shares: true,
  device_requests: true,
  signature_keys: true,
  webhook_events: true,
  avatars: true,
  devices: true,
  identities: true,
  mails: true,
  one_time_codes: true,
  passkeys: true,
  recovery_codes: true,
  security_events: true,
  totp_keys: true,
};

export const tables = Object.keys(everyTable) as (keyof Schema)[];

/** Everything that is stored, to show what stands there, or that nothing of it has changed. */
export async function everyRow(ctx: Ctx): Promise<Record<string, string>> {
  const texts = await Promise.all(
    tables.map(async (name) => JSON.stringify(await query(ctx, (db) => db.selectFrom(name).selectAll()))),
  );
  return Object.fromEntries(tables.map((name, index) => [name, texts[index] ?? ""]));
}
