import type { App } from "../apps/index.ts";
import type { Ctx } from "../context.ts";
import { Packer, Unpacker } from "../kernel/bytes.ts";
import type { Sealer } from "../kernel/seal.ts";
import type { Keyring } from "../keys/index.ts";
import type { Acr } from "../people/index.ts";
import type { AccessToken } from "./access-token.ts";
import { packGenerations, unpackGenerations } from "./chain.ts";

/** RFC 9068 2.1. No other JWT of ours has it, so none is taken for an access token. */
const typ = "at+jwt";
const purpose = "jwt_access_token";

/** Whom the token is about, beside what every access token says. */
export interface Subject {
  /** The user, or of a token that the app got for itself the app. */
  sub: string;
}

interface Claims {
  iss: string;
  exp: number;
  aud: string;
  sub: string;
  client_id: string;
  iat: number;
  jti: string;
  scope: string;
  /** RFC 9068 2.2.1. */
  auth_time?: number;
  acr?: Acr;
  /** Sealed: what decides whether the token still lives. So a restored backup refuses these tokens too. */
  ik: string;
}

export interface JwtTools {
  ctx: Ctx;
  sealer: Sealer;
  keyring: Keyring;
}

/** An access token that others can read (RFC 9068). It lives and dies like a sealed one. */
export function signAccessToken(
  { ctx, sealer, keyring }: JwtTools,
  app: Pick<App, "clientId" | "idTokenSignedResponseAlg">,
  token: AccessToken,
  { sub }: Subject,
): string {
  const packer = new Packer().id(token.familyId).id(token.grantId);
  const claims: Claims = {
    iss: ctx.config.issuer,
    exp: seconds(token.expiresAt),
    aud: ctx.config.issuer,
    sub,
    client_id: app.clientId,
    iat: seconds(token.issuedAt),
    jti: token.id,
    scope: token.scopes,
    ...(token.authenticatedAt !== null && { auth_time: seconds(token.authenticatedAt) }),
    ...(token.acr !== null && { acr: token.acr }),
    ik: sealer.seal(purpose, packGenerations(packer, token.generations).finish()),
  };
  return keyring.signJwt(app.idTokenSignedResponseAlg, typ, { ...claims });
}

/** Every compact JWS begins like this; nothing else that we write does. */
export function looksLikeJwt(text: string): boolean {
  return text.startsWith("eyJ");
}

/** Undefined for everything that is no access token of ours. Expired ones are opened too. */
export async function openJwtAccessToken(
  { ctx, sealer, keyring }: JwtTools,
  text: string,
): Promise<AccessToken | undefined> {
  const claims = (await keyring.verifyJwt(typ, text)) as Claims | undefined;
  // The signing keys outlive a change of the address.
  if (!claims || claims.iss !== ctx.config.issuer || claims.aud !== ctx.config.issuer) return undefined;
  const payload = sealer.open(purpose, claims.ik);
  if (!payload) return undefined;
  const unpacker = new Unpacker(payload);
  const token = {
    id: claims.jti,
    familyId: unpacker.id("fam"),
    grantId: unpacker.id("grt"),
    scopes: claims.scope,
    issuedAt: claims.iat * 1000,
    expiresAt: claims.exp * 1000,
    authenticatedAt: claims.auth_time === undefined ? null : claims.auth_time * 1000,
    acr: claims.acr ?? null,
    generations: unpackGenerations(unpacker),
  };
  unpacker.end();
  return token;
}

function seconds(epochMs: number): number {
  return Math.floor(epochMs / 1000);
}
