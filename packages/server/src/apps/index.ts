/** OAuth clients: what their owners say about them, and their secrets. */
export type { App } from "./app.ts";
export type { AppFilter } from "./apps.sql.ts";
export {
  activateApp,
  type CreateAppResult,
  createApp,
  deactivateApp,
  findApp,
  findAppByClientId,
  listApps,
  secretHashes,
} from "./apps.ts";
export { type AppMetadata, appMetadata } from "./metadata.ts";
