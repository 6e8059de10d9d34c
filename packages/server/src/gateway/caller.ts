import { readBearer } from "../http/bearer.ts";
import { Fault } from "../kernel/faults.ts";
import type { Caller, Tokens } from "../tokens/index.ts";

const needed = "gateway:access";

/**
 * Who calls, and may spend.
 * @throws Fault `invalid_token` without a living token, `insufficient_scope` without the right to spend.
 */
export async function getCaller(tokens: Tokens, request: Request): Promise<Caller> {
  const bearer = readBearer(request);
  if (bearer === undefined) {
    throw new Fault("invalid_token", "An access token or API key is needed: Authorization: Bearer …", {
      headers: { "www-authenticate": "Bearer" },
    });
  }
  const caller = await tokens.verify(bearer);
  if (!caller) {
    const description = "The access token or API key is unknown, expired or revoked. Sign in again.";
    throw new Fault("invalid_token", description, {
      headers: { "www-authenticate": `Bearer error="invalid_token", error_description="${description}"` },
    });
  }
  if (caller.scopes.has(needed)) return caller;
  throw new Fault("insufficient_scope", `This needs the scope ${needed}.`, {
    headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${needed}"` },
  });
}
