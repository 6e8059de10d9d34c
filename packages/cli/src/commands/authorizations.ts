import { answer } from "../process/answer.ts";
import { plain } from "../process/terminal-text.ts";
import { connect } from "../remote/connection.ts";
import type { Page, PageFlags } from "../remote/page.ts";
import { pageLine, pageQuery } from "../remote/page.ts";
import type { RemoteFlags } from "../remote/remote-flags.ts";
import { table, when } from "../remote/table.ts";

interface Authorization {
  app_id: string;
  app_name: string | null;
  scopes: string[];
  created_at: string;
  last_used_at?: string | null;
}

export async function listAuthorizations(flags: PageFlags): Promise<void> {
  const query = pageQuery(flags);
  const { call } = await connect(flags);
  const page = await call<Page<Authorization>>("GET", "/idp/authorizations", { query });
  const rows = page.items.map(({ app_id, app_name, scopes, created_at, last_used_at }) => [
    app_id,
    app_name ?? "",
    when(created_at),
    when(last_used_at),
    scopes.join(" "),
  ]);
  answer(flags.json, { ...page }, [
    ...table(["APP", "NAME", "SINCE", "LAST USED", "MAY"], rows, "You allow nothing to any app."),
    ...pageLine(page),
  ]);
}

/** Everything of it is dead within a second. */
export async function revokeAuthorization(appId: string, flags: RemoteFlags): Promise<void> {
  const { call } = await connect(flags);
  const revoked = await call<{ app_id: string }>("DELETE", `/idp/authorizations/${encodeURIComponent(appId)}`);
  answer(flags.json, { ...revoked }, [`${plain(revoked.app_id)} may do nothing more in your name.`]);
}
