import type { Ctx } from "../context.ts";
import { type Cache, twoGenerationCache } from "../kernel/two-generation-cache.ts";
import { splitWords } from "../kernel/words.ts";
import type { AccessToken } from "./access-token.ts";
import { hashApiKey } from "./api-keys.ts";
import type { Caller } from "./caller.ts";
import type { Chain } from "./chain.sql.ts";
import { allowedScopes, isEnabled, isLiving, isUnbroken } from "./chain.ts";
import { isOfClient } from "./client-credentials.ts";
import type { KeyStanding, Live, TokenStanding } from "./live.ts";
import type { ReadAccessToken } from "./read-access-token.ts";

type Verdict = Caller | undefined | Promise<Caller | undefined>;

/**
 * The caller behind a living access token or API key; undefined for everything else. Answers at once when memory knows.
 *
 * @throws Fault `temporarily_unavailable` when neither memory nor database can tell.
 */
export type Verify = (bearer: string) => Verdict;

export function createVerify(ctx: Ctx, readAccessToken: ReadAccessToken, live: Live): Verify {
  const open = createOpener(ctx, readAccessToken);
  const judgeToken = createTokenJudge(ctx);

  const verifyToken = (text: string): Verdict => {
    const opened = open(text);
    return opened instanceof Promise ? opened.then(verifyOpened) : verifyOpened(opened);
  };

  const verifyOpened = (opened: Opened | undefined): Verdict => {
    if (!opened || opened.token.expiresAt <= ctx.clock.now()) return undefined;
    const standing = live.recallToken(opened.token);
    return standing
      ? judgeToken(opened, standing)
      : live.readToken(opened.token).then((read) => read && judgeToken(opened, read));
  };

  const verifyKey = (hash: string): Verdict => {
    const standing = live.recallKey(hash);
    return standing ? judgeKey(ctx, standing) : live.readKey(hash).then((read) => read && judgeKey(ctx, read));
  };

  return (bearer) => {
    const hash = hashApiKey(bearer);
    return hash === undefined ? verifyToken(bearer) : verifyKey(hash);
  };
}

/** A token that was opened, and the last caller it gave with what that one was made of. */
interface Opened {
  readonly token: AccessToken;
  made?: { chain: Chain; caller: Caller };
}

/** At most twice as many tokens are remembered. */
const rememberedTokens = 5000;

/** Opening a seal costs more than everything else about a request, and a token comes again and again. */
function createOpener(
  ctx: Ctx,
  readAccessToken: ReadAccessToken,
): (text: string) => Opened | undefined | Promise<Opened | undefined> {
  let known: Cache<string, Opened> = twoGenerationCache(rememberedTokens);
  ctx.changes.subscribe(({ kind }) => {
    if (kind === "epoch" || kind === "everything") known = twoGenerationCache(rememberedTokens);
  });
  return (text) => {
    const memory = known;
    const remembered = memory.get(text);
    if (remembered) return remembered;
    const keep = (token: AccessToken | undefined) => {
      if (!token) return undefined;
      const opened = { token };
      memory.set(text, opened);
      return opened;
    };
    const token = readAccessToken(text);
    return token instanceof Promise ? token.then(keep) : keep(token);
  };
}

const differentScopes = 1000;

function createTokenJudge(ctx: Ctx): (opened: Opened, standing: TokenStanding) => Caller | undefined {
  const words: Cache<string, string[]> = twoGenerationCache(differentScopes);
  const wordsOf = (text: string) => {
    const known = words.get(text);
    if (known) return known;
    const split = splitWords(text);
    words.set(text, split);
    return split;
  };
  const makeCaller = (token: AccessToken, chain: Chain): Caller => {
    const { user, app, grant } = chain;
    const whole = token.scopes === grant.scopeText;
    return {
      kind: "access_token",
      userId: user.id,
      username: user.username,
      user,
      workspaceId: grant.workspaceId,
      appId: app.id,
      clientId: app.clientId,
      grantId: grant.id,
      keyId: null,
      familyId: isOfClient(token) ? null : token.familyId,
      tokenId: token.id,
      scopes: whole ? grant.scopes : new Set(allowedScopes(wordsOf(token.scopes), chain)),
      budgetIds: grant.budgetId === null ? [] : [grant.budgetId],
      issuedAt: token.issuedAt,
      expiresAt: token.expiresAt,
      authenticatedAt: token.authenticatedAt,
      acr: token.acr,
    };
  };
  return (opened, { chain, revoked }) => {
    if (revoked || !isUnbroken(chain, opened.token.generations, ctx.clock.now())) return undefined;
    if (!opened.made || !isSame(opened.made.chain, chain)) {
      opened.made = { chain, caller: makeCaller(opened.token, chain) };
    }
    return opened.made.caller;
  };
}

/** Memory gives the same rows until one of them changes. */
function isSame(one: Chain, other: Chain): boolean {
  return one.grant === other.grant && one.user === other.user && one.app === other.app;
}

function judgeKey(ctx: Ctx, { key, user, chain }: KeyStanding): Caller | undefined {
  const now = ctx.clock.now();
  if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return undefined;
  // Enabling a user or activating an app again revives nothing from before.
  if (user.generation !== key.userGeneration || (chain && chain.app.generation !== key.appGeneration)) return undefined;
  if (chain ? !isLiving(chain, now) : !isEnabled(user)) return undefined;
  return {
    kind: "api_key",
    userId: user.id,
    username: user.username,
    user,
    workspaceId: key.workspaceId,
    appId: key.appId,
    clientId: chain?.app.clientId ?? null,
    grantId: key.grantId,
    keyId: key.id,
    familyId: null,
    tokenId: key.id,
    scopes: new Set(chain ? allowedScopes(key.scopes, chain) : key.scopes),
    budgetIds: [chain?.grant.budgetId, key.budgetId].filter((id) => typeof id === "string"),
    issuedAt: key.createdAt,
    expiresAt: key.expiresAt,
    authenticatedAt: null,
    acr: null,
  };
}
