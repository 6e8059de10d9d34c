import { readForm } from "../http/form.ts";
import { jsonResponse } from "../http/respond.ts";
import type { Handler } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";
import type { Tokens } from "../tokens/index.ts";
import { findClaimant } from "./client-auth.ts";
import { refuseQuery } from "./query.ts";

/**
 * RFC 7009. An app ends its own tokens; whoever says nothing of himself may end what he holds. The answer is the same
 * for unknown tokens and other apps' ones, but never given before what it says has been committed.
 */
export function createRevocationEndpoint(tokens: Tokens): Handler {
  return async (request, info) => {
    refuseQuery(info);
    const form = await readForm(request);
    const app = await findClaimant(tokens.clients, request, form);
    const token = form.get("token");
    if (token === undefined) throw new Fault("invalid_request", "token is missing.");
    await tokens.revoke(token, app?.id);
    return jsonResponse({ revoked: true });
  };
}
