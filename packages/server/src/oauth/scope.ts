import type { App } from "../apps/index.ts";
import { allowsScope, canSpend, readScopes } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { modelOf } from "../kernel/model-scope.ts";

/** What a request without `scope` asks for, as far as the app is registered for it. */
const defaultScopes = ["openid", "profile"];

/**
 * What an app asks for in a `scope` parameter: words it is registered for, of models that there are.
 *
 * @throws Fault `invalid_scope`
 */
export function readAskedScopes(ctx: Ctx, app: App, text: string | undefined): string[] {
  const registered = new Set(app.allowedScopes);
  const asked = text === undefined ? defaultScopes.filter((scope) => registered.has(scope)) : readScopes(text);
  if (!asked) throw new Fault("invalid_scope", "scope is too long or has a word we do not know");
  if (asked.length === 0) throw new Fault("invalid_scope", "scope has no word");
  const denied = asked.filter((scope) => !allowsScope(registered, scope));
  if (denied.length > 0) throw new Fault("invalid_scope", `This app is not registered for ${denied.join(" ")}`);
  if (app.identityOnly && canSpend(asked)) {
    throw new Fault("invalid_scope", "This app is registered to recognise people, and may not spend");
  }
  refuseUnknownModels(ctx, asked);
  return asked;
}

function refuseUnknownModels({ config }: Ctx, scopes: readonly string[]): void {
  const models = scopes.map(modelOf).filter((model) => model !== undefined);
  const unknown = models.find((model) => !Object.hasOwn(config.models, model));
  if (unknown !== undefined) throw new Fault("invalid_scope", `There is no model ${unknown}`);
}
