import { answer, UsageFault } from "../process/answer.ts";
import { plain } from "../process/terminal-text.ts";
import { connect } from "../remote/connection.ts";
import { type Page, type PageFlags, pageLine, pageQuery } from "../remote/page.ts";
import type { RemoteFlags } from "../remote/remote-flags.ts";
import { table, when } from "../remote/table.ts";
import { readEnd } from "./key-end.ts";

export interface MyKeyFlags extends RemoteFlags {
  name?: string;
  scope?: string[];
  full?: boolean;
  limit?: string;
  period?: string;
  expires?: string;
}

interface Key {
  key_id: string;
  name: string;
  hint: string;
  scopes: string[];
  caps: { period: string; limit: string; spent: string }[];
  created_at: string;
  expires_at: string | null;
}

/** Without `--scope` or `--full` a key may spend and nothing else. */
export async function createMyKey(flags: MyKeyFlags): Promise<void> {
  if (flags.full && flags.scope) throw new UsageFault("Either --full or --scope, not both.");
  const scopes = flags.scope?.flatMap((text) => text.split(/[\s,]+/)).filter(Boolean) ?? ["gateway:access"];
  const body = {
    name: flags.name ?? "Key",
    ...(flags.full ? { full: true } : { scopes }),
    // A limit for good, as at the operator's end, unless a period is named.
    ...(flags.limit !== undefined && { budget_limit: flags.limit, budget_period: flags.period ?? "total" }),
    ...(flags.expires !== undefined && { expires_at: new Date(readEnd(flags.expires)).toISOString() }),
  };
  const { call } = await connect(flags);
  const made = await call<Key & { key: string }>("POST", "/users/me/keys", { body });
  answer(flags.json, { ...made }, [made.key, "Copy it now: only its fingerprint is kept."]);
}

export async function listMyKeys(flags: PageFlags): Promise<void> {
  const query = pageQuery(flags);
  const { call } = await connect(flags);
  const page = await call<Page<Key>>("GET", "/users/me/keys", { query });
  const rows = page.items.map(({ key_id, name, hint, caps, created_at, expires_at, scopes }) => [
    key_id,
    name,
    hint,
    caps.map(({ limit, spent, period }) => `$${spent} of $${limit} (${period})`).join(", "),
    when(created_at),
    when(expires_at),
    scopes.join(" "),
  ]);
  const headings = ["KEY", "NAME", "LOOKS LIKE", "SPENT", "CREATED", "ENDS", "MAY"];
  answer(flags.json, { ...page }, [...table(headings, rows, "You have no key."), ...pageLine(page)]);
}

export async function revokeMyKey(keyId: string, flags: RemoteFlags): Promise<void> {
  const { call } = await connect(flags);
  const revoked = await call<{ key_id: string }>("DELETE", `/users/me/keys/${encodeURIComponent(keyId)}`);
  answer(flags.json, { ...revoked }, [`${plain(revoked.key_id)} is dead within a second.`]);
}
