import { CommandFault } from "../process/answer.ts";
import type { Connection } from "./connection.ts";
import type { Page } from "./page.ts";
import { facts, when } from "./table.ts";

/** An app as the registry shows it to somebody with a role in it. */
export interface MyApp {
  app_id: string;
  client_id: string;
  name: string;
  role?: string;
  description: string | null;
  redirect_uris: string[];
  homepage_url: string | null;
  client_type: string;
  allowed_scopes: string[];
  active: boolean;
  public: boolean;
  refresh_token_lifetime_days: number;
  grant_types?: string[];
  webhook_url?: string | null;
  require_pkce?: boolean;
  verified_domain?: string | null;
  budget_proposal?: { limit: string; period: string } | null;
  created_at: string;
  updated_at: string;
}

/**
 * The path of an app, by its id, or by its name or client_id among those of the caller.
 *
 * @throws CommandFault when there is none
 */
export async function resolveApp(call: Connection["call"], app: string): Promise<string> {
  if (/^app_\w+$/.test(app)) return `/idp/apps/${app}`;
  const limit = 100;
  for (let page = 0; ; page++) {
    const { items, total } = await call<Page<MyApp>>("GET", "/idp/apps", {
      query: { include_public: false, page, limit },
    });
    const found = items.find(({ name, client_id }) => client_id === app || name.toLowerCase() === app.toLowerCase());
    if (found) return `/idp/apps/${encodeURIComponent(found.app_id)}`;
    if (items.length === 0 || (page + 1) * limit >= total) throw new CommandFault(`You have no app "${app}".`);
  }
}

export function showApp(app: MyApp): string[] {
  return facts([
    ["app_id", app.app_id],
    ["client_id", app.client_id],
    ["name", app.name],
    ["you are", app.role],
    ["state", app.active ? "active" : "deactivated"],
    ["client", app.client_type],
    ["description", app.description],
    ["homepage", app.homepage_url],
    ["domain", app.verified_domain],
    ["redirect URIs", app.redirect_uris.join(" ")],
    ["scopes", app.allowed_scopes.join(" ")],
    ["grant types", app.grant_types?.join(" ")],
    ["PKCE", app.require_pkce === false ? "waived" : "required"],
    ["proposes", app.budget_proposal && `$${app.budget_proposal.limit} (${app.budget_proposal.period})`],
    ["webhook", app.webhook_url],
    ["directory", app.public ? "listed" : "not listed"],
    ["refresh tokens", `live ${app.refresh_token_lifetime_days} days`],
    ["created", when(app.created_at)],
    ["updated", when(app.updated_at)],
  ]);
}
