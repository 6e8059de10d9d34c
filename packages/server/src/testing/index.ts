/** What tests of the platform stand on: a whole server on a database of its own, and a browser without scripts. */
export { type Browser, createBrowser, type Page } from "./browser.ts";
export { type ManualClock, manualClock } from "./clock.ts";
export { databases } from "./databases.ts";
export { issuer, openPlatform, type Platform, type PlatformOptions, password, redirectUri } from "./platform.ts";
