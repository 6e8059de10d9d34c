import type { App } from "../apps/index.ts";
import { canSpend } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import type { Sealer } from "../kernel/seal.ts";
import { joinWords } from "../kernel/words.ts";
import type { Keyring } from "../keys/index.ts";
import { type AccessToken, accessTokenLifeMs, sealAccessToken } from "./access-token.ts";
import type { Chain } from "./chain.sql.ts";
import type { Generations } from "./chain.ts";
import type { LivingFamily } from "./families.sql.ts";
import { signIdToken } from "./id-token.ts";
import { type Subject, signAccessToken } from "./jwt-access-token.ts";
import { sealRefreshToken } from "./refresh-token.ts";

/** What the issuing of tokens stands on. */
export interface Mint {
  ctx: Ctx;
  sealer: Sealer;
  keyring: Keyring;
}

export interface Issued {
  accessToken: string;
  expiresInSeconds: number;
  /** Only for apps that are registered to refresh. */
  refreshToken: string | undefined;
  /** Only with the scope `openid`. */
  idToken: string | undefined;
  scopes: readonly string[];
  /** The budget it spends from; null when it cannot spend. */
  budgetId: string | null;
}

export interface Entitlement {
  family: LivingFamily;
  chain: Chain;
  /** Of the family's scopes, those of this access token. */
  scopes: readonly string[];
  nonce: string | null;
}

/** Seals and signs; the right to do so was taken and committed before. */
export function issue(mint: Mint, app: App, { family, chain, scopes, nonce }: Entitlement): Issued {
  const { ctx, sealer, keyring } = mint;
  const { authenticatedAt, amr, acr } = family;
  const userId = chain.user.id;
  const accessToken = writeAccessToken(mint, app, chain, {
    ...{ id: ctx.random.id("tok"), scopes, familyId: family.id },
    ...{ sub: userId, authenticatedAt, acr },
  });
  const refreshToken = app.grantTypes.includes("refresh_token")
    ? sealRefreshToken(sealer, {
        familyId: family.id,
        appId: app.id,
        grantId: chain.grant.id,
        scopes: family.scopes,
        generation: family.generation,
        familyCreatedAt: family.createdAt,
        issuedAt: family.rotatedAt,
        expiresAt: family.expiresAt,
        generations: generationsOf(chain),
      })
    : undefined;
  const idToken = scopes.includes("openid")
    ? signIdToken(ctx, keyring, { userId, app, nonce, authenticatedAt, amr, acr, accessToken })
    : undefined;
  const budgetId = canSpend(scopes) ? chain.grant.budgetId : null;
  return { accessToken, expiresInSeconds: accessTokenLifeMs / 1000, refreshToken, idToken, scopes, budgetId };
}

interface NewAccessToken extends Subject, Pick<AccessToken, "authenticatedAt" | "acr"> {
  id: string;
  familyId: string;
  scopes: readonly string[];
}

/** In the form that the app registered. */
export function writeAccessToken(mint: Mint, app: App, chain: Chain, wanted: NewAccessToken): string {
  const now = mint.ctx.clock.now();
  const token: AccessToken = {
    id: wanted.id,
    familyId: wanted.familyId,
    grantId: chain.grant.id,
    generations: generationsOf(chain),
    scopes: joinWords(wanted.scopes),
    issuedAt: now,
    expiresAt: now + accessTokenLifeMs,
    authenticatedAt: wanted.authenticatedAt,
    acr: wanted.acr,
  };
  return app.accessTokenFormat === "jwt"
    ? signAccessToken(mint, app, token, wanted)
    : sealAccessToken(mint.sealer, token);
}

function generationsOf({ user, app, grant }: Chain): Generations {
  return { user: user.generation, app: app.generation, grant: grant.generation };
}
