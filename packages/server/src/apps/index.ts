/** OAuth clients: what their owners say about them, and their secrets. */
export type { App } from "./app.ts";
export {
  activateApp,
  type CreateAppResult,
  createApp,
  deactivateApp,
  deleteApp,
  findApp,
  findAppByClientId,
  listApps,
  secretHashes,
} from "./apps.ts";
export { isCommandLine } from "./built-in.ts";
export { domainProof, fitsDomain, readDomain, verifiedDomainFor } from "./domain.ts";
export { type DomainVerdict, dropDomain, recheckDomains, startDomain, verifyDomain } from "./domain-check.ts";
export { selectDomain as findDomain } from "./domains.sql.ts";
export { fetchPicture, logoMaxBytes } from "./logo-source.ts";
export { changeLogo, findLogo, type Logo, logoPath } from "./logos.ts";
export {
  type AppChange,
  type AppMetadata,
  appChange,
  appMetadata,
  deviceGrant,
  grantTypes,
} from "./metadata.ts";
export {
  type Asker,
  type CreationVerdict,
  type Creator,
  completeChange,
  judgeChange,
  judgeNewApp,
  mayCreateApps,
  type Objection,
} from "./policy.ts";
export type { AppFilter, Place } from "./search.sql.ts";
export type { Secret } from "./secrets.sql.ts";
export { killSecret, listSecrets, type NewClientSecret, type RotateSecretResult, rotateSecret } from "./secrets.ts";
export type { Share, ShareRole } from "./shares.sql.ts";
export {
  type AppRole,
  findRole,
  listShares,
  type ShareAppResult,
  shareApp,
  unshareApp,
} from "./shares.ts";
export { type UpdateAppResult, updateApp } from "./update.ts";
export { rotateWebhookSecret } from "./webhook-secret.ts";
export { type Courier, createCourier } from "./webhooks.ts";
export { listWorkedOn } from "./worked-on.sql.ts";
