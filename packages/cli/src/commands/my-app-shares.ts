import { answer, CommandFault } from "../process/answer.ts";
import { plain } from "../process/terminal-text.ts";
import { type Connection, connect } from "../remote/connection.ts";
import { resolveApp } from "../remote/my-app.ts";
import type { RemoteFlags } from "../remote/remote-flags.ts";
import { table, when } from "../remote/table.ts";

interface Share {
  user_id: string;
  username: string;
  role?: string;
  shared_at: string;
}

export async function shareMyApp(app: string, user: string, flags: RemoteFlags & { role?: string }): Promise<void> {
  const { call } = await connect(flags);
  const path = await resolveApp(call, app);
  const body = { user_id_or_name: user, ...(flags.role !== undefined && { role: flags.role }) };
  const shared = await call<{ shared_to_username: string; role?: string }>("POST", `${path}/share`, { body });
  answer(flags.json, { ...shared }, [
    `${plain(shared.shared_to_username)} is a ${shared.role ?? "viewer"} of the app now.`,
  ]);
}

export async function unshareMyApp(app: string, user: string, flags: RemoteFlags): Promise<void> {
  const { call } = await connect(flags);
  const path = await resolveApp(call, app);
  const { shares } = await sharesOf(call, path);
  const share = shares.find(
    ({ user_id, username }) => user_id === user || username.toLowerCase() === user.toLowerCase(),
  );
  if (!share) throw new CommandFault(`The app is not shared with "${user}".`);
  const ended = await call<object>("DELETE", `${path}/share/${encodeURIComponent(share.user_id)}`);
  answer(flags.json, { ...ended }, [`${plain(share.username)} sees the app no more.`]);
}

export async function listMyShares(app: string, flags: RemoteFlags): Promise<void> {
  const { call } = await connect(flags);
  const answered = await sharesOf(call, await resolveApp(call, app));
  const rows = answered.shares.map(({ user_id, username, role, shared_at }) => [
    user_id,
    username,
    role ?? "",
    when(shared_at),
  ]);
  answer(flags.json, { ...answered }, table(["USER", "NAME", "ROLE", "SINCE"], rows, "The app is shared with nobody."));
}

function sharesOf(call: Connection["call"], path: string): Promise<{ shares: Share[] }> {
  return call<{ shares: Share[] }>("GET", `${path}/shares`);
}
