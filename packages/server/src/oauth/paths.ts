/** Where the protocol is spoken. Every path on one screen; discovery tells them to clients. */
export const paths = {
  authorize: "/idp/authorize",
  token: "/idp/token",
  deviceAuthorization: "/idp/device_authorization",
  /** Where people enter the code that their device shows. */
  device: "/device",
  introspect: "/idp/token/introspect",
  revoke: "/idp/token/revoke",
  userinfo: "/idp/userinfo",
  /** OpenID Connect RP-Initiated Logout 1.0, 2.1. */
  endSession: "/idp/logout",
  keySet: "/.well-known/jwks.json",
  /** OpenID Connect Discovery 4. */
  openidConfiguration: "/.well-known/openid-configuration",
  /** RFC 8414 3. */
  serverMetadata: "/.well-known/oauth-authorization-server",
} as const;
