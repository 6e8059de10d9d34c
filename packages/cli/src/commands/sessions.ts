import { deviceName } from "@innkeeper/server/device-name";
import { answer, UsageFault } from "../process/answer.ts";
import { connect } from "../remote/connection.ts";
import type { RemoteFlags } from "../remote/remote-flags.ts";
import { table, when } from "../remote/table.ts";

interface Session {
  session_id: string;
  user_agent: string | null;
  authentication_methods: string[];
  authenticated_at: string;
  last_used_at: string;
}

/** The browsers; sign-ins of programs are authorizations. */
export async function listSessions(flags: RemoteFlags): Promise<void> {
  const { call } = await connect(flags);
  const answered = await call<{ items: Session[] }>("GET", "/users/me/sessions");
  answer(flags.json, { ...answered }, showSessions(answered.items));
}

export function showSessions(sessions: readonly Session[]): string[] {
  const rows = sessions.map(({ session_id, user_agent, authentication_methods, authenticated_at, last_used_at }) => [
    session_id,
    when(authenticated_at),
    last_used_at.slice(0, 10),
    authentication_methods.join(" "),
    deviceName(user_agent),
  ]);
  return table(["SESSION", "SIGNED IN", "LAST USED", "BY", "BROWSER"], rows, "No browser is signed in.");
}

export async function revokeSession(id: string | undefined, flags: RemoteFlags & { all?: boolean }): Promise<void> {
  if ((id === undefined) !== (flags.all === true)) throw new UsageFault("Name a session, or --all of them.");
  const { call } = await connect(flags);
  const path = id === undefined ? "/users/me/sessions" : `/users/me/sessions/${encodeURIComponent(id)}`;
  const ended = await call<{ ended: number | true }>("DELETE", path);
  answer(flags.json, { ...ended }, [ended.ended === true ? `${id} is signed out.` : `Signed out: ${ended.ended}`]);
}
