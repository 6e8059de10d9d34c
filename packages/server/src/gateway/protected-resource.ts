import { wholeGateway } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import { type BearerChallenge, bearerChallenge } from "../http/bearer.ts";
import type { Route } from "../http/table.ts";
import { hasModelScope, modelScope } from "../kernel/model-scope.ts";

/** The gateway as RFC 9728 describes resources that want a token. */
const path = "/.well-known/oauth-protected-resource/v1";

export function protectedResourceRoute({ config }: Ctx): Route {
  const text = JSON.stringify({
    resource: `${config.issuer}/v1`,
    resource_name: config.brand.name,
    authorization_servers: [config.issuer],
    scopes_supported: [wholeGateway, ...Object.keys(config.models).filter(hasModelScope).map(modelScope)],
    bearer_methods_supported: ["header"],
  });
  const headers = { "content-type": "application/json", "cache-control": "public, max-age=300", vary: "origin" };
  return {
    method: "GET",
    path,
    shape: "openai",
    cors: "any-origin-no-credentials",
    handler: () => new Response(text, { headers }),
  };
}

export function metadataUrl({ config }: Ctx): string {
  return config.issuer + path;
}

/** The `WWW-Authenticate` header of a refusal, which names the metadata too (RFC 9728 5.1). */
export function challengeOf(ctx: Ctx, challenge: BearerChallenge): Record<string, string> {
  return bearerChallenge({ ...challenge, resource_metadata: metadataUrl(ctx) });
}
