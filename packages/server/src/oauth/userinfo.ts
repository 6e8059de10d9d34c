import type { Ctx } from "../context.ts";
import { bearerChallenge, readBearer } from "../http/bearer.ts";
import { deadBearerFault } from "../http/dead-bearer.ts";
import { jsonText } from "../http/respond.ts";
import type { Handler } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";
import { type Caller, claimsFor, type Tokens } from "../tokens/index.ts";
import { accountMetadataPath } from "./protected-resource.ts";

/** OpenID Connect Core 5.3. The token stands in the header and nowhere else. */
export function createUserinfoEndpoint({ config: { issuer } }: Ctx, tokens: Tokens): Handler {
  const resourceMetadata = issuer + accountMetadataPath;

  async function refuse(bearer: string): Promise<never> {
    const otherwise = "The access token is unknown, expired or revoked.";
    throw deadBearerFault({ issuer, why: await tokens.explainDead(bearer), otherwise, resourceMetadata });
  }

  function answer(caller: Caller): Response {
    if (caller.scopes.has("openid") || caller.scopes.has("profile")) return jsonText(textFor(caller, issuer));
    const headers = bearerChallenge({
      error: "insufficient_scope",
      scope: "openid",
      resource_metadata: resourceMetadata,
    });
    throw new Fault("insufficient_scope", "This needs the scope openid or profile.", { headers });
  }

  return (request) => {
    const bearer = readBearer(request, resourceMetadata);
    if (bearer === undefined) {
      throw new Fault("invalid_token", "An access token is needed: Authorization: Bearer …", {
        headers: bearerChallenge({ resource_metadata: resourceMetadata }),
      });
    }
    const judge = (caller: Caller | undefined) => (caller ? answer(caller) : refuse(bearer));
    const caller = tokens.verify(bearer);
    return caller instanceof Promise ? caller.then(judge) : judge(caller);
  };
}

/** A caller comes again and again as the same object, for as long as nothing about him changes. */
const texts = new WeakMap<Caller, string>();

function textFor(caller: Caller, issuer: string): string {
  let text = texts.get(caller);
  if (text === undefined) {
    text = JSON.stringify(claimsFor(caller.user, caller.scopes, issuer));
    texts.set(caller, text);
  }
  return text;
}
