import { answer, CommandFault, UsageFault } from "../process/answer.ts";
import { confirm } from "../process/confirm.ts";
import { plain } from "../process/terminal-text.ts";
import { connect } from "../remote/connection.ts";
import { type MyApp, resolveApp, showApp } from "../remote/my-app.ts";
import { type Page, type PageFlags, pageLine, pageQuery } from "../remote/page.ts";
import type { RemoteFlags } from "../remote/remote-flags.ts";
import { facts, table, when } from "../remote/table.ts";
import { type AppFieldFlags, appFields } from "./app-fields.ts";

export async function listMyApps(flags: PageFlags & { search?: string; all?: boolean }): Promise<void> {
  const query = { ...pageQuery(flags), search: flags.search, include_public: flags.all ?? false };
  const { call } = await connect(flags);
  const page = await call<Page<MyApp>>("GET", "/idp/apps", { query });
  const rows = page.items.map(({ app_id, name, role, client_type, public: listed, created_at }) => [
    app_id,
    name,
    role ?? "",
    client_type,
    listed ? "listed" : "",
    when(created_at),
  ]);
  answer(flags.json, { ...page }, [
    ...table(["APP", "NAME", "YOU ARE", "CLIENT", "DIRECTORY", "CREATED"], rows, "There is no app."),
    ...pageLine(page),
  ]);
}

export async function showMyApp(app: string, flags: RemoteFlags): Promise<void> {
  const { call } = await connect(flags);
  const shown = await call<MyApp>("GET", await resolveApp(call, app));
  answer(flags.json, { ...shown }, showApp(shown));
}

export async function createMyApp(flags: RemoteFlags & AppFieldFlags): Promise<void> {
  const body = appFields(flags);
  const { call } = await connect(flags);
  const made = await call<MyApp & { client_secret?: string }>("POST", "/idp/apps", { body });
  answer(flags.json, { ...made }, [`App ${plain(made.name)} (${made.app_id})`, ...credentials(made)]);
}

export async function updateMyApp(app: string, flags: RemoteFlags & AppFieldFlags): Promise<void> {
  const body = appFields(flags);
  if (Object.keys(body).length === 0) throw new UsageFault("Say what is to change, for example --name.");
  await change(app, body, flags);
}

/** Deactivating kills every token of the app within a second; activating revives none of them. */
export function setMyAppActive(app: string, active: boolean, flags: RemoteFlags): Promise<void> {
  return change(app, { active }, flags);
}

async function change(app: string, body: object, flags: RemoteFlags): Promise<void> {
  const { call } = await connect(flags);
  const changed = await call<MyApp>("PATCH", await resolveApp(call, app), { body });
  answer(flags.json, { ...changed }, showApp(changed));
}

export async function deleteMyApp(app: string, flags: RemoteFlags & { yes?: boolean }): Promise<void> {
  const { call } = await connect(flags);
  const path = await resolveApp(call, app);
  if (!flags.yes) {
    const { name } = await call<MyApp>("GET", path);
    const sure = await confirm(`Delete ${plain(name)} for good, and sign everybody out of it?`);
    if (!sure) throw new CommandFault("Nothing was deleted. Without a terminal, --yes says it.");
  }
  const deleted = await call<{ app_id: string }>("DELETE", path);
  answer(flags.json, { ...deleted }, [`${deleted.app_id} is deleted.`]);
}

interface Secret {
  secret_id: string;
  hint: string;
  created_at: string;
  expires_at: string | null;
}

export async function rotateMySecret(app: string, flags: RemoteFlags & { overlap?: string }): Promise<void> {
  const body = flags.overlap === undefined ? undefined : { overlap_seconds: readOverlap(flags.overlap) };
  const { call } = await connect(flags);
  const path = `${await resolveApp(call, app)}/regenerate-secret`;
  const rotated = await call<{ client_id: string; client_secret: string; secrets: Secret[] }>("POST", path, {
    ...(body && { body }),
  });
  answer(flags.json, { ...rotated }, [...credentials(rotated), "", ...secretTable(rotated.secrets)]);
}

export async function listMySecrets(app: string, flags: RemoteFlags & { kill?: string }): Promise<void> {
  const { call } = await connect(flags);
  const path = `${await resolveApp(call, app)}/secrets`;
  if (flags.kill !== undefined) await call("DELETE", `${path}/${encodeURIComponent(flags.kill)}`);
  const answered = await call<{ secrets: Secret[] }>("GET", path);
  answer(flags.json, { ...answered }, secretTable(answered.secrets));
}

function secretTable(secrets: readonly Secret[]): string[] {
  const rows = secrets.map(({ secret_id, hint, created_at, expires_at }) => [
    secret_id,
    `…${hint}`,
    when(created_at),
    expires_at === null ? "until replaced" : when(expires_at),
  ]);
  return table(["SECRET", "ENDS IN", "CREATED", "GOOD UNTIL"], rows, "This app has no secret.");
}

function credentials({ client_id, client_secret }: { client_id: string; client_secret?: string }): string[] {
  const lines = facts([
    ["client_id", client_id],
    ["client_secret", client_secret],
  ]);
  return client_secret ? [...lines, "Copy the secret now: only its fingerprint is kept."] : lines;
}

function readOverlap(text: string): number {
  const [, count, unit = "s"] = /^(\d{1,9})([smhd]?)$/.exec(text) ?? [];
  if (count === undefined) throw new UsageFault("--overlap is a number of seconds, or such as 30m, 12h or 7d.");
  return Number(count) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit || "s"] ?? 1);
}
