import type { App } from "../apps/index.ts";
import type { Grant } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import { Packer, Unpacker } from "../kernel/bytes.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import type { Sealer } from "../kernel/seal.ts";
import { joinWords, splitWords } from "../kernel/words.ts";
import { type Acr, readAcr, type User } from "../people/index.ts";
import { type Generations, packGenerations, unpackGenerations } from "./chain.ts";

/** What an authorization code stands for. */
export interface NewCode {
  user: Pick<User, "id" | "generation">;
  app: Pick<App, "id" | "generation">;
  grant: Pick<Grant, "id" | "generation">;
  /** Of the grant, what this request asked for. */
  scopes: readonly string[];
  redirectUri: string;
  /** S256 of the verifier. A code without one can never be redeemed. */
  codeChallenge: string | null;
  nonce: string | null;
  /** When the user last proved who they are, in epoch milliseconds. */
  authenticatedAt: number;
  /** How (RFC 8176). */
  amr: readonly string[];
  /** How surely. */
  acr: Acr | null;
}

export interface Code {
  /** Becomes the id of the token family: that the family exists is the proof that the code was used. */
  id: string;
  userId: string;
  appId: string;
  grantId: string;
  generations: Generations;
  scopes: string[];
  redirectUriHash: string;
  codeChallenge: string | null;
  nonce: string | null;
  authenticatedAt: number;
  amr: string[];
  acr: Acr | null;
  /** Epoch milliseconds. */
  expiresAt: number;
}

const prefix = "ik_ac_";
const purpose = "authorization_code";
const lifeMs = 60_000;

export function sealCode({ clock, random }: Ctx, sealer: Sealer, code: NewCode): string {
  const packer = new Packer()
    .id(random.id("fam"))
    .id(code.user.id)
    .id(code.app.id)
    .id(code.grant.id)
    .text(joinWords(code.scopes))
    .text(sha256Base64Url(code.redirectUri))
    .text(code.codeChallenge ?? "")
    .text(code.nonce ?? "")
    .u48(code.authenticatedAt)
    .text(joinWords(code.amr))
    .text(code.acr ?? "")
    .u48(clock.now() + lifeMs);
  const generations = { user: code.user.generation, app: code.app.generation, grant: code.grant.generation };
  return prefix + sealer.seal(purpose, packGenerations(packer, generations).finish());
}

/** Undefined for everything that is no code of ours. Used and expired codes are opened too. */
export function openCode(sealer: Sealer, text: string): Code | undefined {
  const payload = text.startsWith(prefix) ? sealer.open(purpose, text.slice(prefix.length)) : undefined;
  if (!payload) return undefined;
  const unpacker = new Unpacker(payload);
  const code = {
    id: unpacker.id("fam"),
    userId: unpacker.id("usr"),
    appId: unpacker.id("app"),
    grantId: unpacker.id("grt"),
    scopes: splitWords(unpacker.text()),
    redirectUriHash: unpacker.text(),
    codeChallenge: unpacker.text() || null,
    nonce: unpacker.text() || null,
    authenticatedAt: unpacker.u48(),
    amr: splitWords(unpacker.text()),
    acr: readAcr(unpacker.text()) ?? null,
    expiresAt: unpacker.u48(),
    generations: unpackGenerations(unpacker),
  };
  unpacker.end();
  return code;
}
