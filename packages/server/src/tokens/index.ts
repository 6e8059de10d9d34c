/** The hinge: the protocol mints tokens here, the gateway verifies them. */
export type { ApiKey } from "./api-keys.sql.ts";
export {
  createApiKey,
  findApiKey,
  type KeyPage,
  listApiKeys,
  listLivingKeys,
  type NewApiKey,
  revokeApiKey,
} from "./api-keys.ts";
export type { Caller } from "./caller.ts";
export { claimsFor } from "./claims.ts";
export { type ClientTokenResult, isPersonalScope } from "./client-credentials.ts";
export type { Client, Clients } from "./clients.ts";
export type { Code, NewCode } from "./code.ts";
export type { DeviceCode } from "./device-code.ts";
export { type Family, forgetExpiredFamilies } from "./families.sql.ts";
export { type GrantUse, readGrantUse } from "./grant-use.sql.ts";
export { idTokenClaims } from "./id-token.ts";
export type { Issued } from "./issue.ts";
export type { KeyMaker } from "./key-maker.ts";
export { apiKeyName, type MakeKeyResult, makeOwnKey, type OwnKey } from "./own-keys.ts";
export type { Approval } from "./redeem.ts";
export type { RefreshToken } from "./refresh-token.ts";
export { createTokens, type Tokens } from "./tokens.ts";
