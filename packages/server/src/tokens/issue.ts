import type { App } from "../apps/index.ts";
import { canSpend } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import type { Sealer } from "../kernel/seal.ts";
import { joinWords } from "../kernel/words.ts";
import type { Keyring } from "../keys/index.ts";
import { accessTokenLifeMs, sealAccessToken } from "./access-token.ts";
import type { Chain } from "./chain.sql.ts";
import type { Family } from "./families.sql.ts";
import { signIdToken } from "./id-token.ts";
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
  refreshToken: string;
  /** Only with the scope `openid`. */
  idToken: string | undefined;
  scopes: readonly string[];
  /** The budget it spends from; null when it cannot spend. */
  budgetId: string | null;
}

export interface Entitlement {
  family: Family;
  chain: Chain;
  /** Of the family's scopes, those of this access token. */
  scopes: readonly string[];
  nonce: string | null;
}

/** Seals and signs; the right to do so was taken and committed before. */
export function issue({ ctx, sealer, keyring }: Mint, app: App, { family, chain, scopes, nonce }: Entitlement): Issued {
  const now = ctx.clock.now();
  const generations = { user: chain.user.generation, app: chain.app.generation, grant: chain.grant.generation };
  const accessToken = sealAccessToken(sealer, {
    id: ctx.random.id("tok"),
    familyId: family.id,
    grantId: family.grantId,
    generations,
    scopes: joinWords(scopes),
    issuedAt: now,
    expiresAt: now + accessTokenLifeMs,
  });
  const refreshToken = sealRefreshToken(sealer, {
    familyId: family.id,
    appId: family.appId,
    generation: family.generation,
    familyCreatedAt: family.createdAt,
    generations,
  });
  const { userId, authenticatedAt, amr } = family;
  const idToken = scopes.includes("openid")
    ? signIdToken(ctx, keyring, { userId, app, nonce, authenticatedAt, amr, accessToken })
    : undefined;
  const budgetId = canSpend(scopes) ? chain.grant.budgetId : null;
  return { accessToken, expiresInSeconds: accessTokenLifeMs / 1000, refreshToken, idToken, scopes, budgetId };
}
