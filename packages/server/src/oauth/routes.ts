import type { Ctx } from "../context.ts";
import type { Handler, Route } from "../http/table.ts";
import { type Keyring, keySetCachedSeconds } from "../keys/index.ts";
import type { Tokens } from "../tokens/index.ts";
import { createDeviceEndpoint } from "./device/endpoint.ts";
import { describeServer } from "./discovery.ts";
import { grants } from "./grants/index.ts";
import { createIntrospectionEndpoint } from "./introspect.ts";
import { paths } from "./paths.ts";
import { accountMetadataPath, describeAccountApi } from "./protected-resource.ts";
import { createRevocationEndpoint } from "./revoke.ts";
import { createTokenEndpoint } from "./token/endpoint.ts";
import { createUserinfoEndpoint } from "./userinfo.ts";

export interface OAuthOptions {
  ctx: Ctx;
  tokens: Tokens;
  keyring: Keyring;
}

/** What machines ask. The authorization endpoint, which shows pages to people, is `interaction`'s. */
export function createOAuthRoutes({ ctx, tokens, keyring }: OAuthOptions): Route[] {
  const metadata = JSON.stringify(describeServer(ctx, grants));
  const describe = answerPublic(() => metadata);
  const resource = JSON.stringify(describeAccountApi(ctx));
  const userinfo = createUserinfoEndpoint(ctx, tokens);
  return [
    open("GET", paths.openidConfiguration, describe),
    open("GET", paths.serverMetadata, describe),
    open(
      "GET",
      accountMetadataPath,
      answerPublic(() => resource),
    ),
    open("GET", paths.keySet, answerPublic(keyring.publicJwks)),
    open("POST", paths.token, createTokenEndpoint(ctx, tokens, grants)),
    { method: "POST", path: paths.deviceAuthorization, handler: createDeviceEndpoint(ctx, tokens), shape: "oauth" },
    { method: "POST", path: paths.introspect, handler: createIntrospectionEndpoint(tokens), shape: "oauth" },
    open("POST", paths.revoke, createRevocationEndpoint(tokens)),
    open("GET", paths.userinfo, userinfo),
    open("POST", paths.userinfo, userinfo),
  ];
}

/** Apps without a server call these from their own origin. */
function open(method: Route["method"], path: string, handler: Handler): Route {
  return { method, path, handler, shape: "oauth", cors: "any-origin-no-credentials" };
}

function answerPublic(text: () => string): Handler {
  return () =>
    new Response(text(), {
      headers: {
        "content-type": "application/json",
        "cache-control": `public, max-age=${keySetCachedSeconds}`,
        vary: "origin",
      },
    });
}
