import { answer } from "../process/answer.ts";
import { connect } from "../remote/connection.ts";
import type { RemoteFlags } from "../remote/remote-flags.ts";
import { facts } from "../remote/table.ts";

interface Me {
  user_id: string;
  username: string;
  name?: string;
  email?: string | null;
  balance?: string;
}

/** Who is signed in, where, and what this sign-in may do. */
export async function whoami(flags: RemoteFlags): Promise<void> {
  const { issuer, profile, call } = await connect(flags);
  const me = await call<Me>("GET", "/users/me");
  const by = { tokens: "browser or device", hotkey: "hotkey" };
  answer(
    flags.json,
    { issuer, profile: profile?.name ?? null, by: profile?.kind ?? "key", scope: profile?.scope ?? null, ...me },
    facts([
      ["user", `${me.username} (${me.user_id})`],
      ["name", me.name],
      ["e-mail", me.email],
      ["balance", me.balance && `$${me.balance}`],
      ["platform", issuer],
      ["profile", profile?.name],
      ["signed in by", profile ? by[profile.kind] : "INNKEEPER_TOKEN"],
      ["may", profile?.scope],
    ]),
  );
}
