import { findScope, offeredScopes } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import { hasModelScope, modelScope } from "../kernel/model-scope.ts";
import { signingAlgs } from "../keys/index.ts";
import { acrs } from "../people/index.ts";
import { idTokenClaims } from "../tokens/index.ts";
import { prompts } from "./authorize/request.ts";
import { authMethods } from "./client-auth.ts";
import type { Grant } from "./grants/grant.ts";
import { paths } from "./paths.ts";

/** OpenID Connect Discovery 3 and RFC 8414 2 in one, read off the registries, so that it cannot say what is not so. */
export function describeServer({ config }: Ctx, grants: readonly Grant[]): Record<string, unknown> {
  const at = (path: string) => config.issuer + path;
  const offered = offeredScopes(config);
  const userClaims = offered.flatMap((scope) => findScope(scope)!.claims);
  return {
    issuer: config.issuer,
    authorization_endpoint: at(paths.authorize),
    token_endpoint: at(paths.token),
    device_authorization_endpoint: at(paths.deviceAuthorization),
    userinfo_endpoint: at(paths.userinfo),
    jwks_uri: at(paths.keySet),
    introspection_endpoint: at(paths.introspect),
    revocation_endpoint: at(paths.revoke),
    end_session_endpoint: at(paths.endSession),
    scopes_supported: [...offered, ...Object.keys(config.models).filter(hasModelScope).map(modelScope)],
    claims_supported: [...new Set([...idTokenClaims, ...userClaims])],
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: grants.map((grant) => grant.name),
    code_challenge_methods_supported: ["S256"],
    prompt_values_supported: prompts,
    acr_values_supported: acrs,
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: signingAlgs,
    token_endpoint_auth_methods_supported: authMethods,
    introspection_endpoint_auth_methods_supported: authMethods,
    revocation_endpoint_auth_methods_supported: authMethods,
    authorization_response_iss_parameter_supported: true,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  };
}
