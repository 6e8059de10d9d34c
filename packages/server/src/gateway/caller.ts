import { allowsScope, canSpend, wholeGateway } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import { readBearer } from "../http/bearer.ts";
import { deadBearerFault } from "../http/dead-bearer.ts";
import { assert } from "../kernel/assert.ts";
import { Fault } from "../kernel/faults.ts";
import { modelScope } from "../kernel/model-scope.ts";
import type { Caller, Tokens } from "../tokens/index.ts";
import { challengeOf, metadataUrl } from "./protected-resource.ts";

/**
 * Who calls, and may spend, be it on one model.
 * @throws Fault `invalid_token` without a living token, `insufficient_scope` without the right to spend.
 */
export async function getCaller(ctx: Ctx, tokens: Tokens, request: Request): Promise<Caller> {
  const bearer = readBearer(request, metadataUrl(ctx));
  if (bearer === undefined) {
    throw new Fault("invalid_token", "An access token or API key is needed: Authorization: Bearer …", {
      headers: challengeOf(ctx, {}),
    });
  }
  const caller = await tokens.verify(bearer);
  if (!caller) {
    throw deadBearerFault({
      issuer: ctx.config.issuer,
      why: await tokens.explainDead(bearer),
      otherwise: "The access token or API key is unknown, expired or revoked. Sign in again.",
      resourceMetadata: metadataUrl(ctx),
    });
  }
  if (!canSpend(caller.scopes)) throw tooLittle(ctx, wholeGateway);
  assert(caller.appId === null || caller.budgetIds.length > 0, "an app never spends without a cap");
  return caller;
}

/** Whether the caller may use this model. */
export function mayUse({ scopes }: Caller, model: string): boolean {
  return allowsScope(scopes, modelScope(model));
}

/** @throws Fault `insufficient_scope` */
export function checkModel(ctx: Ctx, caller: Caller, model: string): void {
  if (!mayUse(caller, model)) throw tooLittle(ctx, modelScope(model));
}

function tooLittle(ctx: Ctx, scope: string): Fault {
  const headers = challengeOf(ctx, { error: "insufficient_scope", scope });
  return new Fault("insufficient_scope", `This needs the scope ${scope}.`, { headers });
}
