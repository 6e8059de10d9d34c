import type { App } from "../apps/index.ts";
import { allowsScope, canSpend, findLiveGrant } from "../consent/index.ts";
import { type Cache, twoGenerationCache } from "../kernel/two-generation-cache.ts";
import { accessTokenLifeMs } from "./access-token.ts";
import type { Chain } from "./chain.sql.ts";
import { allowedScopes, isLiving } from "./chain.ts";
import { type Issued, type Mint, writeAccessToken } from "./issue.ts";
import type { Live } from "./live.ts";

export type ClientTokenResult =
  | { ok: true; issued: Issued }
  /** `closed`: the app's owner allows it nothing now. `scope`: not this much, or nothing that is not about a person. */
  | { ok: false; why: "closed" | "scope" };

export type IssueToClient = (app: App, asked: readonly string[] | undefined) => Promise<ClientTokenResult>;

/** They speak of a person; nobody is signed in here. */
const personal = new Set(["openid", "profile", "email", "phone", "address", "offline_access"]);

export function isPersonalScope(scope: string): boolean {
  return personal.has(scope);
}

const rememberedApps = 10_000;

/**
 * Tokens that an app gets for itself (RFC 6749 4.4). It acts under what its owner allowed it, so that there is a cap and
 * somebody who can revoke. Nothing is stored: the token is a family of its own.
 */
export function createIssueToClient(mint: Mint, live: Pick<Live, "recallToken" | "readToken">): IssueToClient {
  const { ctx } = mint;
  /** Which grant it was last time; whether that lives is looked up each time. */
  const grantIds: Cache<string, string> = twoGenerationCache(rememberedApps);

  const chainOf = async (grantId: string, tokenId: string): Promise<Chain | undefined> => {
    const ids = { id: tokenId, familyId: ownFamily(tokenId), grantId };
    return (live.recallToken(ids) ?? (await live.readToken(ids)))?.chain;
  };

  const findChain = async (app: App, tokenId: string): Promise<Chain | undefined> => {
    const known = grantIds.get(app.id);
    const chain = known === undefined ? undefined : await chainOf(known, tokenId);
    if (chain && chain.user.id === app.ownerId && isLiving(chain, ctx.clock.now())) return chain;
    const grant = await findLiveGrant(ctx, app.ownerId, app.id);
    if (!grant) return undefined;
    grantIds.set(app.id, grant.id);
    const fresh = await chainOf(grant.id, tokenId);
    return fresh && isLiving(fresh, ctx.clock.now()) ? fresh : undefined;
  };

  return async (app, asked) => {
    const id = ctx.random.id("tok");
    const chain = await findChain(app, id);
    if (!chain) return { ok: false, why: "closed" };
    const scopes = asked ?? usualScopes(app, chain);
    if (scopes.length === 0 || allowedScopes(scopes, chain).length < scopes.length) return { ok: false, why: "scope" };
    return { ok: true, issued: issueTo(mint, app, chain, { id, scopes }) };
  };
}

function usualScopes(app: App, chain: Chain): string[] {
  const registered = new Set(app.allowedScopes);
  return [...chain.grant.scopes].filter((scope) => !isPersonalScope(scope) && allowsScope(registered, scope));
}

function issueTo(
  mint: Mint,
  app: App,
  chain: Chain,
  { id, scopes }: { id: string; scopes: readonly string[] },
): Issued {
  const accessToken = writeAccessToken(mint, app, chain, {
    ...{ id, scopes, familyId: ownFamily(id), sub: app.clientId },
    ...{ authenticatedAt: null, acr: null },
  });
  return {
    accessToken,
    expiresInSeconds: accessTokenLifeMs / 1000,
    refreshToken: undefined,
    idToken: undefined,
    scopes,
    budgetId: canSpend(scopes) ? chain.grant.budgetId : null,
  };
}

/** A token without a family names itself. */
function ownFamily(tokenId: string): string {
  return `fam${tokenId.slice(tokenId.indexOf("_"))}`;
}

/** Whether an app got the token for itself. */
export function isOfClient({ id, familyId }: { id: string; familyId: string }): boolean {
  return familyId === ownFamily(id);
}
