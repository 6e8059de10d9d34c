import { readForm } from "../http/form.ts";
import { jsonResponse } from "../http/respond.ts";
import type { Handler } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";
import type { Tokens } from "../tokens/index.ts";
import { findClaimant } from "./client-auth.ts";
import { refuseQuery } from "./query.ts";

/**
 * RFC 7662. Whoever holds a token may ask what it is worth; a client that says who it is must prove it.
 */
export function createIntrospectionEndpoint(tokens: Tokens): Handler {
  return async (request, info) => {
    refuseQuery(info);
    const form = await readForm(request);
    await findClaimant(tokens.clients, request, form);
    const token = form.get("token");
    if (token === undefined) throw new Fault("invalid_request", "token is missing.");
    return jsonResponse(await tokens.introspect(token));
  };
}
