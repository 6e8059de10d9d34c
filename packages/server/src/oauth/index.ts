/** The protocol: what apps say to us, and what we answer. */
export { type Client, checkClient, checkRequest, findClient, type NowhereReason } from "./authorize/checks.ts";
export { decide, type Situation, type Step } from "./authorize/decide.ts";
export { codeUrl, faultUrl } from "./authorize/reply.ts";
export type { AuthorizeRequest, Prompt } from "./authorize/request.ts";
export { type Opened, openRequest, sealRequest } from "./authorize/travel.ts";
export { approveDevice, type Decided, type Deciding, denyDevice } from "./device/decide.ts";
export type { DeviceRequest } from "./device/device-request.ts";
export { forgetExpiredDeviceRequests } from "./device/device-requests.sql.ts";
export {
  findByUserCode,
  findDeviceRequest,
  type OpenedRequest,
  openDeviceRequest,
} from "./device/device-requests.ts";
export { formatUserCode, readUserCode } from "./device/user-code.ts";
export { type EndSession, openEndSession, readEndSession, sealEndSession } from "./end-session.ts";
export type { Grant } from "./grants/grant.ts";
export { paths } from "./paths.ts";
export { accountMetadataPath } from "./protected-resource.ts";
export { createOAuthRoutes, type OAuthOptions } from "./routes.ts";
