import { CommandFault, UsageFault } from "../process/answer.ts";
import type { Profile, Profiles } from "./profile.ts";
import type { RemoteFlags } from "./remote-flags.ts";
import { readIssuer } from "./secure-url.ts";

export interface Chosen {
  name: string;
  profile: Profile;
}

/** The issuer that the command or its environment names. */
export function namedIssuer({ issuer }: RemoteFlags, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const text = issuer ?? env.INNKEEPER_ISSUER;
  return text ? readIssuer(text) : undefined;
}

/**
 * By name, else by issuer, else the one signed in to last, else the only one.
 *
 * @throws CommandFault when there is none, or more than one.
 */
export function chooseProfile(all: Profiles, flags: RemoteFlags): Chosen {
  const issuer = namedIssuer(flags);
  if (flags.profile !== undefined) {
    const profile = Object.hasOwn(all.profiles, flags.profile) ? all.profiles[flags.profile] : undefined;
    if (!profile) throw new CommandFault(`There is no profile "${flags.profile}". Run: innkeeper login`);
    // The environment may well name another one; whoever types both must mean it.
    if (flags.issuer !== undefined && profile.issuer !== issuer) {
      throw new UsageFault(`The profile "${flags.profile}" is for ${profile.issuer}, not for ${issuer}.`);
    }
    return { name: flags.profile, profile };
  }
  const fitting = Object.entries(all.profiles)
    .map(([name, profile]) => ({ name, profile }))
    .filter(({ profile }) => issuer === undefined || profile.issuer === issuer);
  const current = fitting.find(({ name }) => name === all.current) ?? (fitting.length === 1 ? fitting[0] : undefined);
  if (current) return current;
  if (fitting.length > 1) {
    throw new CommandFault(`Say which with --profile: ${fitting.map(({ name }) => name).join(", ")}`);
  }
  throw new CommandFault(
    issuer === undefined
      ? "You are not signed in. Run: innkeeper login --issuer https://…"
      : `You are not signed in at ${issuer}. Run: innkeeper login --issuer ${issuer}`,
  );
}
