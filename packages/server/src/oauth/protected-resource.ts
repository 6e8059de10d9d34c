import { canSpend, offeredScopes } from "../consent/index.ts";
import type { Ctx } from "../context.ts";

/** Where the metadata of the account API stands (RFC 9728 3.1): its resource is the platform itself. */
export const accountMetadataPath = "/.well-known/oauth-protected-resource";

/** The account API, the registry and userinfo as RFC 9728 describes resources that want a token. */
export function describeAccountApi({ config }: Ctx): Record<string, unknown> {
  return {
    resource: config.issuer,
    resource_name: config.brand.name,
    authorization_servers: [config.issuer],
    jwks_uri: `${config.issuer}/.well-known/jwks.json`,
    scopes_supported: offeredScopes(config).filter((scope) => !canSpend([scope])),
    bearer_methods_supported: ["header"],
  };
}
