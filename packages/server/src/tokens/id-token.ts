import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import type { App } from "../apps/index.ts";
import type { Ctx } from "../context.ts";
import type { Keyring } from "../keys/index.ts";
import type { Acr } from "../people/index.ts";

export interface IdTokenFacts {
  userId: string;
  app: Pick<App, "clientId" | "idTokenSignedResponseAlg">;
  /** Of the authorization request. After a refresh there is none (OpenID Connect Core 12.2). */
  nonce: string | null;
  /** Epoch milliseconds. */
  authenticatedAt: number;
  amr: readonly string[];
  acr: Acr | null;
  accessToken: string;
}

const lifeSeconds = 3600;

/** The claims of every ID token, for discovery. What the scopes open is told at userinfo, so the token stays small. */
export const idTokenClaims = [
  "iss",
  "sub",
  "aud",
  "exp",
  "iat",
  "auth_time",
  "nonce",
  "at_hash",
  "amr",
  "acr",
] as const;

type IdToken = Record<(typeof idTokenClaims)[number], unknown>;

/** OpenID Connect Core 2. */
export function signIdToken({ clock, config }: Ctx, keyring: Keyring, facts: IdTokenFacts): string {
  const now = Math.floor(clock.now() / 1000);
  const claims: IdToken = {
    iss: config.issuer,
    sub: facts.userId,
    aud: facts.app.clientId,
    exp: now + lifeSeconds,
    iat: now,
    auth_time: Math.floor(facts.authenticatedAt / 1000),
    nonce: facts.nonce ?? undefined,
    at_hash: leftHalfOfHash(facts.accessToken),
    amr: facts.amr,
    acr: facts.acr ?? undefined,
  };
  return keyring.signJwt(facts.app.idTokenSignedResponseAlg, "JWT", claims);
}

/** OpenID Connect Core 3.1.3.6; both our algorithms go with SHA-256. */
function leftHalfOfHash(accessToken: string): string {
  return Buffer.from(hash("sha256", accessToken, "buffer").subarray(0, 16)).toString("base64url");
}
