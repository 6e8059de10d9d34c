import { CommandFault, UsageFault } from "../process/answer.ts";
import { chooseProfile, namedIssuer } from "./choose-profile.ts";
import { isFresh, refreshTokens } from "./fresh-token.ts";
import type { HotkeyProfile, Profile, TokenProfile } from "./profile.ts";
import { readProfiles } from "./profile-file.ts";
import { Refusal } from "./refusal.ts";
import type { RemoteFlags } from "./remote-flags.ts";
import { type Sent, send } from "./send.ts";

export interface Call {
  /** What is undefined is left out. */
  query?: Record<string, string | number | boolean | undefined>;
  body?: object;
}

/** A platform, and somebody who is signed in there. */
export interface Connection {
  issuer: string;
  /** Undefined for the key of a script. */
  profile: { name: string; kind: Profile["kind"]; scope?: string } | undefined;
  /** @throws Refusal in the platform's words */
  call<Answer>(method: string, path: string, call?: Call): Promise<Answer>;
}

/** What carries one request: headers of its own for each. */
export type Sign = (request: { method: string; url: string; body: string | undefined }) => Promise<Sent>;

/** As whom the flags, the environment and the profiles say. */
export async function connect(flags: RemoteFlags): Promise<Connection> {
  const key = process.env.INNKEEPER_TOKEN;
  if (key && flags.profile === undefined) return connectByKey(flags, key);
  const { name, profile } = chooseProfile(await readProfiles(), flags);
  const { issuer, kind } = profile;
  const sign = profile.kind === "hotkey" ? signedBy(profile) : tokensOf(name, profile);
  const scope = profile.kind === "tokens" ? { scope: profile.scope } : {};
  return { issuer, profile: { name, kind, ...scope }, call: createCall(issuer, sign) };
}

/** The key must go where it is meant to, and so that must be said. */
function connectByKey(flags: RemoteFlags, key: string): Connection {
  const issuer = namedIssuer(flags);
  if (!issuer) throw new UsageFault("INNKEEPER_TOKEN needs --issuer or INNKEEPER_ISSUER beside it.");
  return { issuer, profile: undefined, call: createCall(issuer, bearer(key)) };
}

export function createCall(issuer: string, sign: Sign): Connection["call"] {
  return async <Answer>(method: string, path: string, { query = {}, body }: Call = {}) => {
    const url = new URL(issuer + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const sent = await sign({ method, url: url.href, body: body && JSON.stringify(body) });
    if (sent.status !== 200) throw new Refusal(sent);
    if (typeof sent.body === "object" && sent.body !== null) return sent.body as Answer;
    throw new CommandFault(`${issuer} answered with something else than JSON.`);
  };
}

export function bearer(token: string): Sign {
  return ({ method, url, body }) => send(url, { method, ...content(body, { authorization: `Bearer ${token}` }) });
}

function tokensOf(name: string, profile: TokenProfile): Sign {
  let current = profile;
  return async (request) => {
    if (!isFresh(current)) current = await refreshTokens(name, current);
    const sent = await bearer(current.accessToken)(request);
    if (sent.status !== 401) return sent;
    // This machine's clock may be wrong about what is fresh.
    current = await refreshTokens(name, current);
    return bearer(current.accessToken)(request);
  };
}

export function signedBy({ issuer, hotkeyFile }: Pick<HotkeyProfile, "issuer" | "hotkeyFile">): Sign {
  return async ({ method, url, body }) => {
    const [{ readHotkeyFile }, { signCall }] = await Promise.all([
      import("../hotkey/key-file.ts"),
      import("../hotkey/sign.ts"),
    ]);
    const headers = await signCall(await readHotkeyFile(hotkeyFile), { issuer, method, url, body: body ?? "" });
    return send(url, { method, ...content(body, headers) });
  };
}

function content(body: string | undefined, headers: Record<string, string>): RequestInit {
  return body === undefined ? { headers } : { headers: { ...headers, "content-type": "application/json" }, body };
}
