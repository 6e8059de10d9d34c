import type { App } from "./app.ts";

/** Registered by a migration, owned by nobody; an id like any other, for tokens carry it. */
const commandLineId = "app_000000000000000c0mmand11ne";

/**
 * The command line acts as its user, not as an app of somebody's: it sees whatever the user sees, as far as the scopes
 * go. Anybody can pretend to be it, so the consent page is shown for it every time.
 */
export function isCommandLine(appId: App["id"] | null): boolean {
  return appId === commandLineId;
}
