import { Packer, Unpacker } from "../kernel/bytes.ts";
import type { Sealer } from "../kernel/seal.ts";
import { joinWords, splitWords } from "../kernel/words.ts";
import { type Generations, packGenerations, unpackGenerations } from "./chain.ts";

/** One step of a token family. The family's row says which step lives. */
export interface RefreshToken {
  familyId: string;
  appId: string;
  grantId: string;
  /** All that was given to the family. */
  scopes: readonly string[];
  /** Counts the rotations; equal to the family's for the one living token. */
  generation: number;
  /** Epoch milliseconds: no rotation leads beyond a year after it. */
  familyCreatedAt: number;
  /** Epoch milliseconds. Told from here and not from the family's row, which tells of the rotations after it. */
  issuedAt: number;
  expiresAt: number;
  generations: Generations;
}

const prefix = "ik_rt_";
const purpose = "refresh_token";

export function sealRefreshToken(sealer: Sealer, token: RefreshToken): string {
  const packer = new Packer()
    .id(token.familyId)
    .id(token.appId)
    .id(token.grantId)
    .text(joinWords(token.scopes))
    .varint(token.generation)
    .u48(token.familyCreatedAt)
    .u48(token.issuedAt)
    .u48(token.expiresAt);
  return prefix + sealer.seal(purpose, packGenerations(packer, token.generations).finish());
}

/** Undefined for everything that is no refresh token of ours. Used and expired ones are opened too. */
export function openRefreshToken(sealer: Sealer, text: string): RefreshToken | undefined {
  const payload = text.startsWith(prefix) ? sealer.open(purpose, text.slice(prefix.length)) : undefined;
  if (!payload) return undefined;
  const unpacker = new Unpacker(payload);
  const token = {
    familyId: unpacker.id("fam"),
    appId: unpacker.id("app"),
    grantId: unpacker.id("grt"),
    scopes: splitWords(unpacker.text()),
    generation: unpacker.varint(),
    familyCreatedAt: unpacker.u48(),
    issuedAt: unpacker.u48(),
    expiresAt: unpacker.u48(),
    generations: unpackGenerations(unpacker),
  };
  unpacker.end();
  return token;
}
