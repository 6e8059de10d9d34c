import { bearerChallenge, readBearer } from "../http/bearer.ts";
import { jsonText } from "../http/respond.ts";
import type { Handler } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";
import { type Caller, claimsFor, type Tokens } from "../tokens/index.ts";

/** OpenID Connect Core 5.3. The token stands in the header and nowhere else. */
export function createUserinfoEndpoint(tokens: Tokens): Handler {
  return (request) => {
    const bearer = readBearer(request);
    if (bearer === undefined) {
      throw new Fault("invalid_token", "An access token is needed: Authorization: Bearer …", {
        headers: bearerChallenge({}),
      });
    }
    const caller = tokens.verify(bearer);
    return caller instanceof Promise ? caller.then(answer) : answer(caller);
  };
}

function answer(caller: Caller | undefined): Response {
  if (!caller) {
    const description = "The access token is unknown, expired or revoked.";
    const headers = bearerChallenge({ error: "invalid_token", error_description: description });
    throw new Fault("invalid_token", description, { headers });
  }
  if (!caller.scopes.has("openid") && !caller.scopes.has("profile")) {
    const headers = bearerChallenge({ error: "insufficient_scope", scope: "openid" });
    throw new Fault("insufficient_scope", "This needs the scope openid or profile.", { headers });
  }
  return jsonText(textFor(caller));
}

/** A caller comes again and again as the same object, for as long as nothing about him changes. */
const texts = new WeakMap<Caller, string>();

function textFor(caller: Caller): string {
  let text = texts.get(caller);
  if (text === undefined) {
    text = JSON.stringify(claimsFor(caller.user, caller.scopes));
    texts.set(caller, text);
  }
  return text;
}
