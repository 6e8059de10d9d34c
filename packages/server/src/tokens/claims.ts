import { findScope } from "../consent/index.ts";
import { avatarPath, readPostalAddress } from "../people/index.ts";
import type { Person } from "./chain.sql.ts";

type Claims = Record<string, unknown>;

/** How each claim of the scope registry is told. A claim nobody gave us has no value and is left out. */
const values: Record<string, (user: Person, issuer: string) => unknown> = {
  sub: (user) => user.id,
  name: (user) => user.displayName,
  nickname: (user) => user.nickname ?? undefined,
  picture: (user, issuer) => (user.avatarId === null ? undefined : issuer + avatarPath(user)),
  locale: (user) => user.locale ?? undefined,
  preferred_username: (user) => user.username,
  username: (user) => user.username,
  created_at: (user) => new Date(user.createdAt).toISOString(),
  updated_at: (user) => Math.floor(user.updatedAt / 1000),
  email: (user) => user.email ?? undefined,
  email_verified: (user) => (user.email === null ? undefined : user.emailVerifiedAt !== null),
  phone_number: (user) => user.phone ?? undefined,
  phone_number_verified: (user) => (user.phone === null ? undefined : user.phoneVerifiedAt !== null),
  address: (user) => readPostalAddress(user.address),
};

/** What the scopes open about the user (OpenID Connect Core 5.1 and 5.4). `sub` is always told. */
export function claimsFor(user: Person, scopes: Iterable<string>, issuer: string): Claims {
  const claims: Claims = { sub: user.id };
  for (const scope of scopes) {
    for (const claim of findScope(scope)?.claims ?? []) claims[claim] = values[claim]?.(user, issuer);
  }
  return claims;
}
