/** The protocol: what apps say to us, and what we answer. */
export { type Client, checkClient, checkRequest, findClient, type NowhereReason } from "./authorize/checks.ts";
export { decide, type Situation, type Step } from "./authorize/decide.ts";
export { codeUrl, faultUrl } from "./authorize/reply.ts";
export type { AuthorizeRequest, Prompt } from "./authorize/request.ts";
export { type Opened, openRequest, sealRequest } from "./authorize/travel.ts";
export type { Grant } from "./grants/grant.ts";
export { createOAuthRoutes, type OAuthOptions } from "./routes.ts";
