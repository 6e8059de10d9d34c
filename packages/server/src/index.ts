/** Innkeeper as a library: the platform, its configuration, and the operations of the command line. */
export { changeRole, type DeedRefusal, disableAccount, signUp } from "./accounts/index.ts";
export {
  type App,
  type AppChange,
  activateApp,
  appMetadata,
  createApp,
  deactivateApp,
  findApp,
  grantTypes,
  judgeChange,
  judgeNewApp,
  updateApp,
} from "./apps/index.ts";
export type { Config } from "./config/config.ts";
export { type ConfigFile, ConfigMistakes, readConfig } from "./config/read-config.ts";
export { adminScope, allScopes, appScopes, findScope, spendingScopes } from "./consent/index.ts";
export { type Ctx, inTx, type Tx } from "./context.ts";
export { createChanges } from "./events/index.ts";
export { createOutbound } from "./http/outbound.ts";
export { type Clock, systemClock } from "./kernel/clock.ts";
export type { Log } from "./kernel/log.ts";
export { describeMistake } from "./kernel/mistake.ts";
export { formatDollars, parseDollars } from "./kernel/money.ts";
export { createPasswordHasher } from "./kernel/password.ts";
export { type Random, systemRandom } from "./kernel/random.ts";
export { generateSigningKey, openSeals, renewEpoch, rotateSigningKey, signingAlgs } from "./keys/index.ts";
export { auditLedger, creditWallet, listUnbilled } from "./ledger/index.ts";
export { mailWay } from "./mail/index.ts";
export {
  callText,
  endAllSessions,
  findUserByLogin,
  type KeyScheme,
  keySchemes,
  publicKeyOf,
  readAddress,
  readRole,
  roles,
  signWith,
  writeAddress,
} from "./people/index.ts";
export { createInnkeeper, type Innkeeper, type InnkeeperOptions } from "./server.ts";
export { migrate, openStore, pendingMigrations, type Store } from "./store/index.ts";
export { createApiKey, listApiKeys, revokeApiKey } from "./tokens/index.ts";
export { getPersonalWorkspace } from "./workspaces/index.ts";
