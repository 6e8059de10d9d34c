import type { Ctx } from "../context.ts";
import type { Sealer } from "../kernel/seal.ts";
import { joinWords } from "../kernel/words.ts";
import type { Acr } from "../people/index.ts";
import type { Caller } from "./caller.ts";
import { selectChain } from "./chain.sql.ts";
import { allowedScopes, isUnbroken } from "./chain.ts";
import { selectFamily } from "./families.sql.ts";
import { isUsable } from "./refresh.ts";
import { openRefreshToken, type RefreshToken } from "./refresh-token.ts";
import type { Verify } from "./verify.ts";

/** RFC 7662 2.2. Times are epoch seconds. */
export type Introspection =
  | { active: false }
  | {
      active: true;
      token_type: "access_token" | "refresh_token";
      exp: number;
      iat: number;
      scope: string;
      client_id: string;
      /** Left out where nobody signed in: then `sub` is the app. */
      username?: string;
      sub: string;
      /** RFC 9470 6.2. */
      auth_time?: number;
      acr?: Acr;
    };

const inactive: Introspection = { active: false };

/** What a text that an app presents is worth now. An API key is no token of an app and stays unknown here. */
export function introspect(
  ctx: Ctx,
  sealer: Sealer,
  verify: Verify,
  text: string,
): Introspection | Promise<Introspection> {
  const refresh = openRefreshToken(sealer, text);
  if (refresh) return introspectRefreshToken(ctx, refresh);
  const caller = verify(text);
  return caller instanceof Promise ? caller.then(describeCaller) : describeCaller(caller);
}

function describeCaller(caller: Caller | undefined): Introspection {
  if (caller?.kind !== "access_token") return inactive;
  return {
    active: true,
    token_type: "access_token",
    exp: seconds(caller.expiresAt!),
    iat: seconds(caller.issuedAt),
    scope: joinWords(caller.scopes),
    client_id: caller.clientId!,
    ...(caller.familyId === null ? { sub: caller.clientId! } : { username: caller.username, sub: caller.userId }),
    ...authenticationOf(caller),
  };
}

async function introspectRefreshToken(ctx: Ctx, token: RefreshToken): Promise<Introspection> {
  const now = ctx.clock.now();
  const family = await selectFamily(ctx, token.familyId);
  if (!family || family.revokedAt !== null || family.expiresAt <= now) return inactive;
  if (!isUsable(ctx, family, token, now)) return inactive;
  const chain = await selectChain(ctx, family.grantId);
  if (!chain || !isUnbroken(chain, token.generations, now)) return inactive;
  return {
    active: true,
    token_type: "refresh_token",
    exp: seconds(token.expiresAt),
    iat: seconds(token.issuedAt),
    scope: joinWords(allowedScopes(family.scopes, chain)),
    client_id: chain.app.clientId,
    username: chain.user.username,
    sub: chain.user.id,
    ...authenticationOf(family),
  };
}

function authenticationOf({ authenticatedAt, acr }: Pick<Caller, "authenticatedAt" | "acr">) {
  return { ...(authenticatedAt !== null && { auth_time: seconds(authenticatedAt) }), ...(acr !== null && { acr }) };
}

function seconds(epochMs: number): number {
  return Math.floor(epochMs / 1000);
}
