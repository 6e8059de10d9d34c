interface Known {
  issuer: string;
  userId: string;
  username: string;
}

/** Signed in by the browser or a device code. */
export interface TokenProfile extends Known {
  kind: "tokens";
  tokenEndpoint: string;
  revocationEndpoint: string;
  scope: string;
  accessToken: string;
  /** Epoch milliseconds by this machine's clock. */
  expiresAt: number;
  refreshToken: string;
}

/** Every call is signed; nothing is kept but where the key is. */
export interface HotkeyProfile extends Known {
  kind: "hotkey";
  hotkeyFile: string;
  address: string;
}

export type Profile = TokenProfile | HotkeyProfile;

export interface Profiles {
  /** Used where a command names none. */
  current: string | null;
  profiles: Record<string, Profile>;
}

const texts: Record<Profile["kind"], readonly string[]> = {
  tokens: [
    "issuer",
    "userId",
    "username",
    "tokenEndpoint",
    "revocationEndpoint",
    "scope",
    "accessToken",
    "refreshToken",
  ],
  hotkey: ["issuer", "userId", "username", "hotkeyFile", "address"],
};

/** Undefined for anything that this program did not write. */
export function parseProfiles(text: string): Profiles | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || !isRecord(value.profiles)) return undefined;
  const { current, profiles } = value;
  if (current !== null && typeof current !== "string") return undefined;
  return Object.values(profiles).every(isProfile) ? { current, profiles: profiles as Profiles["profiles"] } : undefined;
}

function isProfile(value: unknown): boolean {
  if (!isRecord(value) || (value.kind !== "tokens" && value.kind !== "hotkey")) return false;
  if (value.kind === "tokens" && typeof value.expiresAt !== "number") return false;
  return texts[value.kind].every((member) => typeof value[member] === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
