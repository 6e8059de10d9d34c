import type {
  AvatarsTable,
  DevicesTable,
  IdentitiesTable,
  MailsTable,
  OneTimeCodesTable,
  PasskeysTable,
  RecoveryCodesTable,
  SecurityEventsTable,
  TotpKeysTable,
} from "./accounts.ts";
import type {
  AppLogosTable,
  AppNamesTable,
  AppOwnersTable,
  AppSearchTable,
  AppSecretsTable,
  AppSharesTable,
  AppsTable,
} from "./apps.ts";
import type { GrantsTable } from "./consent.ts";
import type { DeviceRequestsTable } from "./device.ts";
import type { WebhookEventsTable } from "./events.ts";
import type { SigningKeysTable } from "./keys.ts";
import type { BudgetsTable, BudgetWindowsTable, EntriesTable, HoldsTable, WalletsTable } from "./ledger.ts";
import type { AuditLogTable, ChangesTable, MetaTable, OnceTable } from "./meta.ts";
import type { MembersTable, SessionsTable, SignatureKeysTable, UsersTable, WorkspacesTable } from "./people.ts";
import type { ApiKeysTable, TokenFamiliesTable } from "./tokens.ts";

/** Every table. Columns are text and bigint only; ids carry a prefix; times are epoch milliseconds; money is micro-dollars. */
export interface Schema {
  meta: MetaTable;
  once: OnceTable;
  changes: ChangesTable;
  audit_log: AuditLogTable;
  users: UsersTable;
  sessions: SessionsTable;
  passkeys: PasskeysTable;
  totp_keys: TotpKeysTable;
  recovery_codes: RecoveryCodesTable;
  identities: IdentitiesTable;
  one_time_codes: OneTimeCodesTable;
  mails: MailsTable;
  avatars: AvatarsTable;
  devices: DevicesTable;
  security_events: SecurityEventsTable;
  workspaces: WorkspacesTable;
  members: MembersTable;
  apps: AppsTable;
  app_secrets: AppSecretsTable;
  app_names: AppNamesTable;
  app_owners: AppOwnersTable;
  app_search: AppSearchTable;
  app_shares: AppSharesTable;
  app_logos: AppLogosTable;
  webhook_events: WebhookEventsTable;
  device_requests: DeviceRequestsTable;
  signature_keys: SignatureKeysTable;
  signing_keys: SigningKeysTable;
  wallets: WalletsTable;
  entries: EntriesTable;
  budgets: BudgetsTable;
  budget_windows: BudgetWindowsTable;
  holds: HoldsTable;
  grants: GrantsTable;
  token_families: TokenFamiliesTable;
  api_keys: ApiKeysTable;
}
