import { type App, findApp, logoPath, verifiedDomainFor } from "../../apps/index.ts";
import { allScopes, findScope, type Grant, sayScope } from "../../consent/index.ts";
import type { Ctx } from "../../context.ts";
import { assert } from "../../kernel/assert.ts";
import { hostOf, parseHttpUrl } from "../../kernel/url.ts";
import type { AppFace, Text } from "../../ui/index.ts";
import type { AppBack } from "../pages/limit.ts";

/** An app is never removed while a grant names it. */
export async function getAppOf(ctx: Ctx, grant: Grant): Promise<App> {
  const app = await findApp(ctx, grant.appId);
  assert(app, "a grant names an app");
  return app;
}

export function faceOf(app: App): AppFace {
  const host = hostOf(app.redirectUris[0]!);
  return { name: app.name, host, logoUrl: logoPath(app), verifiedHost: verifiedDomainFor(app, host) };
}

/**
 * The app's homepage, else where its answers go: never an address that came with the request. None to an app that was
 * stopped: an operator may have had a reason.
 */
export function wayBack({ homepageUrl, redirectUris, ...app }: App): AppBack | undefined {
  if (app.deactivatedAt !== null || app.deletedAt !== null) return undefined;
  const url = homepageUrl === null ? undefined : parseHttpUrl(homepageUrl);
  if (url) return { url: url.href, host: url.host };
  const { origin, host } = new URL(redirectUris[0]!);
  return { url: `${origin}/`, host };
}

/** The granted scopes with the sentences of the registry, and in its order. */
export function permissionsOf(ctx: Ctx, words: Text, grant: Grant): { name: string; title: string; spends: boolean }[] {
  const granted = allScopes.filter((name) => grant.scopes.includes(name)).map((name) => findScope(name)!);
  return granted.map((scope) => {
    const { name, spends } = scope;
    return { name, title: sayScope(words, scope).sentence(ctx.config.brand.name), spends };
  });
}
