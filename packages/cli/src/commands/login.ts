import { resolve } from "node:path";
import { answer, CommandFault, say, UsageFault } from "../process/answer.ts";
import { plain } from "../process/terminal-text.ts";
import { isBrowserAtHand } from "../remote/browser.ts";
import { signInByBrowser } from "../remote/browser-sign-in.ts";
import { namedIssuer } from "../remote/choose-profile.ts";
import { bearer, createCall, type Sign, signedBy } from "../remote/connection.ts";
import { signInByDevice } from "../remote/device-sign-in.ts";
import { discover } from "../remote/discovery.ts";
import type { Profile, Profiles, TokenProfile } from "../remote/profile.ts";
import { changeProfiles, readProfiles } from "../remote/profile-file.ts";
import type { RemoteFlags } from "../remote/remote-flags.ts";
import { revokeTokens } from "../remote/tokens.ts";

export interface LoginFlags extends RemoteFlags {
  device?: boolean;
  scope?: string[];
  hotkeyFile?: string;
}

/** Everything the commands of this program need, and nothing that spends. */
const usualScopes = [
  "openid",
  "profile",
  "email",
  "offline_access",
  "account:read",
  "account:write",
  "billing:read",
  "apps:write",
  "authorizations:write",
  "keys:write",
  "sessions:write",
];

/** By browser, by device code where there is none, or with a key that signs every call. */
export async function login(flags: LoginFlags): Promise<void> {
  if (flags.hotkeyFile !== undefined && (flags.device || flags.scope)) {
    throw new UsageFault("A hotkey signs every call itself: --device and --scope mean nothing beside it.");
  }
  const all = await readProfiles();
  const issuer = issuerOf(flags, all);
  const name = nameOf(flags, all, issuer);
  const profile =
    flags.hotkeyFile === undefined ? await byTokens(issuer, flags) : await byHotkey(issuer, flags.hotkeyFile);
  const before = await changeProfiles((profiles) => {
    const replaced = Object.hasOwn(profiles.profiles, name) ? profiles.profiles[name] : undefined;
    profiles.profiles[name] = profile;
    profiles.current = name;
    return replaced;
  });
  // No sign-in leaves an older one behind.
  if (before?.kind === "tokens") await revokeTokens(before.revocationEndpoint, before.refreshToken).catch(() => false);
  const { userId, username } = profile;
  answer(flags.json, { issuer, profile: name, user_id: userId, username }, [
    `Signed in at ${issuer} as ${plain(username)} (profile ${name}).`,
  ]);
}

function issuerOf(flags: LoginFlags, { current, profiles }: Profiles): string {
  const known = flags.profile ?? current;
  const issuer =
    namedIssuer(flags) ?? (known !== null && Object.hasOwn(profiles, known) ? profiles[known]!.issuer : undefined);
  if (issuer) return issuer;
  throw new UsageFault("Say where: innkeeper login --issuer https://…");
}

function nameOf({ profile }: LoginFlags, { current, profiles }: Profiles, issuer: string): string {
  if (profile === undefined) {
    // Signing in again is not a second profile.
    if (current !== null && Object.hasOwn(profiles, current) && profiles[current]!.issuer === issuer) return current;
    return new URL(issuer).host;
  }
  if (!/^[a-z0-9][\w.:@-]{0,63}$/i.test(profile)) {
    throw new UsageFault(
      "The name of a profile begins with a letter or digit, and has letters, digits and . _ : @ - only.",
    );
  }
  const other =
    Object.hasOwn(profiles, profile) && profiles[profile]!.issuer !== issuer ? profiles[profile] : undefined;
  if (other)
    throw new UsageFault(
      `The profile "${profile}" is for ${other.issuer}. Log out of it first, or choose another name.`,
    );
  return profile;
}

async function byTokens(issuer: string, { device, scope }: LoginFlags): Promise<TokenProfile> {
  const scopes = scope?.flatMap((text) => text.split(/[\s,]+/)).filter(Boolean) ?? usualScopes;
  const endpoints = await discover(issuer);
  const byDevice = device || (!isBrowserAtHand() && endpoints.deviceAuthorization !== undefined);
  const tokens = await (byDevice ? signInByDevice(endpoints, scopes) : signInByBrowser(endpoints, scopes));
  const { accessToken, refreshToken, expiresAt } = tokens;
  return {
    kind: "tokens",
    issuer,
    ...(await whoIs(issuer, bearer(accessToken))),
    tokenEndpoint: endpoints.token,
    revocationEndpoint: endpoints.revocation,
    scope: tokens.scope,
    accessToken,
    expiresAt,
    refreshToken,
  };
}

async function byHotkey(issuer: string, file: string): Promise<Profile> {
  const { isReadableByOthers, readHotkeyFile } = await import("../hotkey/key-file.ts");
  const hotkeyFile = resolve(file);
  const { address } = await readHotkeyFile(hotkeyFile);
  if (await isReadableByOthers(hotkeyFile)) {
    say(`Others on this computer can read ${hotkeyFile}. Run: chmod 600 ${hotkeyFile}`);
  }
  await discover(issuer);
  return { kind: "hotkey", issuer, ...(await whoIs(issuer, signedBy({ issuer, hotkeyFile }))), hotkeyFile, address };
}

async function whoIs(issuer: string, sign: Sign): Promise<{ userId: string; username: string }> {
  const me = await createCall(issuer, sign)<{ user_id?: unknown; username?: unknown }>("GET", "/users/me");
  if (typeof me.user_id === "string" && typeof me.username === "string") {
    return { userId: me.user_id, username: me.username };
  }
  throw new CommandFault(`${issuer} does not say who signed in.`);
}
