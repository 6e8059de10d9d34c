import type { Ctx } from "../../context.ts";
import { type Form, readForm } from "../../http/form.ts";
import { jsonResponse } from "../../http/respond.ts";
import type { Handler } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import type { Tokens } from "../../tokens/index.ts";
import { authenticateClient } from "../client-auth.ts";
import type { Grant } from "../grants/grant.ts";
import { refuseQuery } from "../query.ts";
import { answerTokens } from "./answer.ts";

/** RFC 6749 3.2. */
export function createTokenEndpoint(ctx: Ctx, tokens: Tokens, grants: readonly Grant[]): Handler {
  const byName = new Map(grants.map((grant) => [grant.name, grant]));
  return async (request, info) => {
    refuseQuery(info);
    const form = await readForm(request, { repeatable: ["resource"] });
    const app = await authenticateClient(tokens.clients, request, form);
    const grant = findGrant(byName, form);
    if (!app.grantTypes.includes(grant.name)) {
      throw new Fault("unauthorized_client", `This app is not registered for ${grant.name}.`);
    }
    checkResource(ctx, form);
    const tokenRequest = { ctx, tokens, app, form };
    const seen = await grant.look(tokenRequest);
    const issued = await grant.take(tokenRequest, seen);
    return jsonResponse(await answerTokens(ctx, issued));
  };
}

function findGrant(grants: ReadonlyMap<string, Grant>, form: Form): Grant {
  const name = form.get("grant_type");
  if (name === undefined) throw new Fault("invalid_request", "grant_type is missing.");
  const grant = grants.get(name);
  if (grant) return grant;
  throw new Fault("unsupported_grant_type", `grant_type is one of ${[...grants.keys()].join(", ")}.`);
}

/** RFC 8707 2.2. There is one resource here, the platform itself. */
function checkResource({ config }: Ctx, form: Form): void {
  const isOurs = (resource: string) => resource === config.issuer || resource.startsWith(`${config.issuer}/`);
  if (form.all("resource").every(isOurs)) return;
  throw new Fault("invalid_target", "resource is no part of this platform.");
}
