import { CommandFault } from "../process/answer.ts";
import type { TokenProfile } from "./profile.ts";
import { changeProfiles } from "./profile-file.ts";
import { Refusal } from "./refusal.ts";
import { requestTokens } from "./tokens.ts";

/** A token that ends while it travels is none. */
const marginMs = 60_000;

export function isFresh({ expiresAt }: TokenProfile): boolean {
  return expiresAt - marginMs > Date.now();
}

/**
 * A successor of the tokens of `stale`. Only one process at a time asks for it: the others wait and take what it got, so
 * that no refresh token is ever shown twice.
 *
 * @throws CommandFault when the sign-in has ended
 */
export function refreshTokens(name: string, stale: TokenProfile): Promise<TokenProfile> {
  return changeProfiles(async (all) => {
    const profile = Object.hasOwn(all.profiles, name) ? all.profiles[name] : undefined;
    if (profile?.kind !== "tokens" || profile.issuer !== stale.issuer) throw ended(stale);
    if (profile.accessToken !== stale.accessToken && isFresh(profile)) return profile;
    const form = { grant_type: "refresh_token", refresh_token: profile.refreshToken };
    try {
      const { accessToken, refreshToken, expiresAt, scope } = await requestTokens(profile.tokenEndpoint, form);
      Object.assign(profile, { accessToken, refreshToken, expiresAt, scope });
      return profile;
    } catch (error) {
      throw error instanceof Refusal && error.code === "invalid_grant" ? ended(stale) : error;
    }
  });
}

function ended({ issuer }: TokenProfile): CommandFault {
  return new CommandFault(`Your sign-in at ${issuer} has ended. Run: innkeeper login --issuer ${issuer}`);
}
