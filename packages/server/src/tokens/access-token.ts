import { Packer, Unpacker } from "../kernel/bytes.ts";
import type { Sealer } from "../kernel/seal.ts";
import { type Acr, acrs } from "../people/index.ts";
import { type Generations, packGenerations, unpackGenerations } from "./chain.ts";

/** What an access token says, readable by nobody but us. Nothing of it is stored. */
export interface AccessToken {
  id: string;
  familyId: string;
  grantId: string;
  generations: Generations;
  /** Space separated. */
  scopes: string;
  /** Epoch milliseconds. */
  issuedAt: number;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** When the user last proved who they are, in epoch milliseconds; null where nobody signed in. */
  authenticatedAt: number | null;
  /** How surely (RFC 9470 6). */
  acr: Acr | null;
}

export const accessTokenLifeMs = 3_600_000;
/** How much longer it is remembered that a token is dead: it may come from a process whose clock is ahead. */
export const clockMarginMs = 60_000;

const prefix = "ik_at_";
const purpose = "access_token";

export function sealAccessToken(sealer: Sealer, token: AccessToken): string {
  const packer = new Packer()
    .id(token.id)
    .id(token.familyId)
    .id(token.grantId)
    .text(token.scopes)
    .u48(token.issuedAt)
    .u48(token.expiresAt)
    .u48(token.authenticatedAt ?? 0)
    .u8(token.acr === null ? 0 : 1 + acrs.indexOf(token.acr));
  return prefix + sealer.seal(purpose, packGenerations(packer, token.generations).finish());
}

/** Undefined for everything that is no access token of ours. Expired ones are opened too. */
export function openAccessToken(sealer: Sealer, text: string): AccessToken | undefined {
  const payload = text.startsWith(prefix) ? sealer.open(purpose, text.slice(prefix.length)) : undefined;
  if (!payload) return undefined;
  const unpacker = new Unpacker(payload);
  const token = {
    id: unpacker.id("tok"),
    familyId: unpacker.id("fam"),
    grantId: unpacker.id("grt"),
    scopes: unpacker.text(),
    issuedAt: unpacker.u48(),
    expiresAt: unpacker.u48(),
    authenticatedAt: unpacker.u48() || null,
    acr: acrs[unpacker.u8() - 1] ?? null,
    generations: unpackGenerations(unpacker),
  };
  unpacker.end();
  return token;
}
