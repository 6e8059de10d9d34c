import { answer, CommandFault } from "../process/answer.ts";
import { chooseProfile } from "../remote/choose-profile.ts";
import { changeProfiles } from "../remote/profile-file.ts";
import type { RemoteFlags } from "../remote/remote-flags.ts";
import { revokeTokens } from "../remote/tokens.ts";

/** Ends the sign-in at the platform, then forgets it here. `forget` leaves out the first. */
export async function logout(flags: RemoteFlags & { forget?: boolean }): Promise<void> {
  const { name, profile } = await changeProfiles(async (all) => {
    const chosen = chooseProfile(all, flags);
    const { profile } = chosen;
    if (profile.kind === "tokens" && !flags.forget) await end(profile.issuer, profile);
    delete all.profiles[chosen.name];
    if (all.current === chosen.name) all.current = null;
    return chosen;
  });
  answer(flags.json, { profile: name, issuer: profile.issuer, signed_out: true }, [
    `Signed out at ${profile.issuer} (profile ${name}).`,
  ]);
}

async function end(issuer: string, tokens: { revocationEndpoint: string; refreshToken: string }): Promise<void> {
  const why = await revokeTokens(tokens.revocationEndpoint, tokens.refreshToken).then(
    (revoked) => (revoked ? undefined : `${issuer} did not end the sign-in.`),
    (error: Error) => error.message,
  );
  if (why) throw new CommandFault(`${why} You are still signed in; --forget leaves the platform out of it.`);
}
