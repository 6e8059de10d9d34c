import { allowsScope } from "../consent/index.ts";
import type { Packer, Unpacker } from "../kernel/bytes.ts";
import type { Chain, Person } from "./chain.sql.ts";

/** The generations at the moment something was issued, sealed into it. */
export interface Generations {
  user: number;
  app: number;
  grant: number;
}

export function packGenerations(packer: Packer, { user, app, grant }: Generations): Packer {
  return packer.varint(user).varint(app).varint(grant);
}

export function unpackGenerations(unpacker: Unpacker): Generations {
  return { user: unpacker.varint(), app: unpacker.varint(), grant: unpacker.varint() };
}

/** Whether user, app and grant live, and have lived without interruption since the generations were sealed. */
export function isUnbroken({ user, app, grant }: Chain, sealed: Generations, now: number): boolean {
  if (user.generation !== sealed.user || app.generation !== sealed.app || grant.generation !== sealed.grant)
    return false;
  return isLiving({ user, app, grant }, now);
}

export function isLiving({ user, app, grant }: Chain, now: number): boolean {
  if (!isEnabled(user) || app.deactivatedAt !== null || grant.revokedAt !== null) return false;
  return grant.expiresAt === null || grant.expiresAt > now;
}

export function isEnabled(user: Person): boolean {
  return user.disabledAt === null;
}

/** The words that were given to a token and that the grant still allows. */
export function allowedScopes(words: readonly string[], { grant }: Pick<Chain, "grant">): string[] {
  return words.filter((word) => allowsScope(grant.scopes, word));
}
