import { z } from "zod";
import type { IdentityProvider } from "../../config/config.ts";
import { displayNameShape, normaliseEmail, normaliseUsername } from "../../people/index.ts";

const text = z.string().max(1000).optional().catch(undefined);

/** Claims of OpenID Connect Core 5.1, of a provider's making: all but the subject may be missing or nonsense. */
const claimsShape = z.object({
  // OpenID Connect Core 2: at most 255 ASCII characters.
  sub: z.string().regex(/^[\x20-\x7e]{1,255}$/),
  name: text,
  preferred_username: text,
  nickname: text,
  email: text,
  email_verified: z.boolean().optional().catch(undefined),
});

/** What a provider says of somebody who signed in there. */
export type Authorised = z.output<typeof claimsShape>;

/** @throws ZodError for claims without a subject. */
export function readAuthorised(claims: unknown): Authorised {
  return claimsShape.parse(claims);
}

export type Address = { ok: true; email: string | null; believed: boolean } | { ok: false };

/**
 * What a provider says of an address is believed for the domains that the operator allows it, and for those only: whoever
 * runs a provider can say that any address is verified. With such a list nobody comes in without one of them.
 */
export function judgeAddress({ allowedDomains }: IdentityProvider, claims: Authorised): Address {
  const key = claims.email === undefined ? undefined : normaliseEmail(claims.email);
  if (!allowedDomains) return { ok: true, email: key ?? null, believed: false };
  if (key === undefined || claims.email_verified !== true) return { ok: false };
  const domain = key.slice(key.lastIndexOf("@") + 1);
  const allowed = allowedDomains.some((each) => URL.parse(`http://${each}`)?.hostname === domain);
  return allowed ? { ok: true, email: key, believed: true } : { ok: false };
}

/** For the user to know the identity by. */
export function labelOf({ email, preferred_username, name, sub }: Authorised): string {
  const printable = [email, preferred_username, name].find((each) => displayNameShape.safeParse(each).success);
  return printable ?? sub.slice(0, 64);
}

/** What the account may be called, the best first; the last one always fits. */
export function namesOf({ name, nickname, preferred_username, email }: Authorised): {
  usernames: string[];
  displayName: string | undefined;
} {
  const wished = [preferred_username, nickname, email?.split("@")[0], name];
  const usernames = wished.map((each) => usernameFrom(each ?? "")).filter((each) => each !== undefined);
  const shown = [name, nickname, preferred_username].map((each) => displayNameShape.safeParse(each));
  return { usernames: [...new Set(usernames), "guest"], displayName: shown.find(({ success }) => success)?.data };
}

/** The nearest username, with room for a number. An address given as a username is one's private matter: its head will do. */
function usernameFrom(wish: string): string | undefined {
  const plain = wish
    .split("@")[0]!
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 24)
    .replace(/^-+|-+$/g, "");
  return normaliseUsername(plain);
}
