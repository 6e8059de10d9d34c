import type { Ctx } from "../context.ts";
import { type Cache, twoGenerationCache } from "../kernel/two-generation-cache.ts";
import { type ApiKey, selectKeyByHash } from "./api-keys.sql.ts";
import { type Chain, type ChainApp, type ChainGrant, type Person, selectChain, selectPerson } from "./chain.sql.ts";
import { isEitherRevoked } from "./revocations.sql.ts";
import { createRevokedIds } from "./revoked-ids.ts";

/**
 * What decides whether a token lives. `recall…` answers from memory, and only while the change feed is fresh; undefined
 * means to ask the database with `read…`.
 */
export interface Live {
  recallToken(token: TokenIds): TokenStanding | undefined;
  /** @throws Fault `temporarily_unavailable`: what cannot be checked is not honoured. */
  readToken(token: TokenIds): Promise<TokenStanding | undefined>;
  /**
   * From memory where that `suits`; else what the database says, whatever it is: another process may have allowed more
   * since memory heard of it.
   *
   * @throws Fault `temporarily_unavailable`
   */
  findChain(grantId: string, suits: (chain: Chain) => boolean): Promise<Chain | undefined>;
  recallKey(hash: string): KeyStanding | undefined;
  /** @throws Fault `temporarily_unavailable` */
  readKey(hash: string): Promise<KeyStanding | undefined>;
}

export interface TokenIds {
  id: string;
  familyId: string;
  grantId: string;
}

export interface TokenStanding {
  chain: Chain;
  /** Whether the token itself, or its family, was revoked. */
  revoked: boolean;
}

export interface KeyStanding {
  key: ApiKey;
  user: Person;
  /** Of a key that an app was given. */
  chain: Chain | undefined;
}

/** Of each kind, at most twice as many are remembered. */
const remembered = 50_000;

export function createLive(ctx: Ctx, isFresh: () => boolean): Live {
  let memory = createMemory();
  let changes = 0;
  ctx.changes.subscribe(({ kind, subjectId }) => {
    if (kind === "everything") memory = createMemory();
    else if (kind === "user" || kind === "app" || kind === "grant" || kind === "key") memory[kind].delete(subjectId);
    else return;
    changes++;
  });
  /** What changed while it was being read is not remembered: it may be older than the change. */
  const readAndRemember = async <T>(read: () => Promise<T>, remember: (value: T) => void): Promise<T> => {
    const changesBefore = changes;
    const value = await read();
    if (changes === changesBefore) remember(value);
    return value;
  };
  const readChain = (grantId: string) =>
    readAndRemember(
      () => selectChain(ctx, grantId),
      (chain) => chain && rememberChain(memory, chain),
    );
  const readPerson = (userId: string) =>
    readAndRemember(
      () => selectPerson(ctx, userId),
      (user) => user && memory.user.set(user.id, user),
    );
  const revokedIds = createRevokedIds(ctx);

  return {
    recallToken(token) {
      if (!isFresh()) return undefined;
      const chain = recallChain(memory, token.grantId);
      const revoked = revokedIds.recall(token.id, token.familyId);
      return chain && revoked !== undefined ? { chain, revoked } : undefined;
    },
    async readToken(token) {
      const [chain, revoked] = await Promise.all([
        readChain(token.grantId),
        isEitherRevoked(ctx, token.id, token.familyId),
      ]);
      return chain && { chain, revoked };
    },
    async findChain(grantId, suits) {
      const known = isFresh() ? recallChain(memory, grantId) : undefined;
      return known && suits(known) ? known : readChain(grantId);
    },
    recallKey(hash) {
      const key = isFresh() ? memory.key.get(memory.keyIds.get(hash) ?? "") : undefined;
      const user = key && memory.user.get(key.userId);
      if (!user || key.grantId === null) return user && { key, user, chain: undefined };
      const chain = recallChain(memory, key.grantId);
      return chain && { key, user, chain };
    },
    async readKey(hash) {
      const key = await readAndRemember(
        () => selectKeyByHash(ctx, hash),
        (found) => found && rememberKey(memory, hash, found),
      );
      if (!key) return undefined;
      const chain = key.grantId === null ? undefined : await readChain(key.grantId);
      const user = chain?.user ?? (await readPerson(key.userId));
      return user && (chain || key.grantId === null) ? { key, user, chain } : undefined;
    },
  };
}

/** Under the kinds of the changes that let go of them. */
interface Memory {
  user: Cache<string, Person>;
  app: Cache<string, ChainApp>;
  grant: Cache<string, ChainGrant>;
  key: Cache<string, ApiKey>;
  /** By the hash of the secret; which id belongs to which secret never changes. */
  keyIds: Cache<string, string>;
}

function createMemory(): Memory {
  return {
    user: twoGenerationCache(remembered),
    app: twoGenerationCache(remembered),
    grant: twoGenerationCache(remembered),
    key: twoGenerationCache(remembered),
    keyIds: twoGenerationCache(remembered),
  };
}

function rememberChain(memory: Memory, { user, app, grant }: Chain): void {
  memory.user.set(user.id, user);
  memory.app.set(app.id, app);
  memory.grant.set(grant.id, grant);
}

function recallChain(memory: Memory, grantId: string): Chain | undefined {
  const grant = memory.grant.get(grantId);
  const user = grant && memory.user.get(grant.userId);
  const app = grant && memory.app.get(grant.appId);
  return user && app && { user, app, grant };
}

function rememberKey(memory: Memory, hash: string, key: ApiKey): void {
  memory.key.set(key.id, key);
  memory.keyIds.set(hash, key.id);
}
