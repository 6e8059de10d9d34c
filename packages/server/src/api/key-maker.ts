import { adminScope, allowsScope, type Cap, canSpend, spendingScopes } from "../consent/index.ts";
import type { Tx } from "../context.ts";
import { findUser, isRecentlyProven } from "../people/index.ts";
import { findApiKey, findFamily } from "../tokens/index.ts";
import { type ApiCaller, staleSignIn } from "./guard.ts";

/** What a new key could do. */
export interface KeyTerms {
  scopes: readonly string[];
  limit: Cap | null;
  /** Epoch milliseconds; null until revoked. */
  expiresAt: number | null;
}

/**
 * Why this caller may not make such a key; undefined when he may. Nobody gives more than he has: not more scopes, not a
 * longer life, and no way past a limit. Asked in the transaction that makes the key.
 */
export async function findObjection(tx: Tx, caller: ApiCaller, terms: KeyTerms): Promise<string | undefined> {
  if (caller.appId !== null) return "An app makes no keys.";
  const why = await judgeAdmin(tx, caller, terms);
  if (why) return why;
  const { userId, provenAt, provenAcr } = caller;
  if (provenAt !== null) {
    const proof = { userId, authenticatedAt: provenAt, acr: provenAcr };
    return (await isRecentlyProven(tx, proof)) ? undefined : staleSignIn;
  }
  return caller.keyId === null ? judgeCommandLine(tx, caller, terms) : judgeKey(tx, caller.keyId, terms);
}

/** Such a key acts on others and on nothing else, so that it is never the one that lies in a program that spends. */
async function judgeAdmin(tx: Tx, caller: ApiCaller, { scopes }: KeyTerms): Promise<string | undefined> {
  if (!scopes.includes(adminScope.name)) return undefined;
  if (scopes.length > 1) return "A key that runs the platform does nothing else: give it the scope admin alone.";
  const maker = caller.provenAt === null ? undefined : await findUser(tx, caller.userId);
  return maker?.role === "operator" ? undefined : "Only an operator in person makes a key that runs the platform.";
}

async function judgeKey(tx: Tx, keyId: string, terms: KeyTerms): Promise<string | undefined> {
  const maker = await findApiKey(tx, keyId);
  if (!maker || maker.revokedAt !== null) return "The key that makes keys was revoked.";
  const excess = excessOf(new Set(maker.scopes), terms.scopes);
  if (excess) return excess;
  if (maker.budgetId !== null && canSpend(terms.scopes)) {
    return "A key with a limit of its own makes no keys that spend.";
  }
  if (maker.expiresAt !== null && (terms.expiresAt ?? Infinity) > maker.expiresAt) {
    return "A key makes no keys that outlive it.";
  }
  return undefined;
}

/**
 * The command line has no scope that spends, so that a stolen token of it costs nothing. A key that spends is made with it
 * a short while after its user signed in, like in the browser, and always has a limit.
 */
async function judgeCommandLine(tx: Tx, { scopes, familyId }: ApiCaller, terms: KeyTerms): Promise<string | undefined> {
  const excess = excessOf(new Set([...(scopes ?? []), ...spendingScopes]), terms.scopes);
  if (excess) return excess;
  if (!canSpend(terms.scopes)) return undefined;
  if (!terms.limit) return "From the command line, a key that spends has a limit.";
  const family = familyId === null ? undefined : await findFamily(tx, familyId);
  return family && (await isRecentlyProven(tx, family)) ? undefined : staleSignIn;
}

function excessOf(own: ReadonlySet<string>, wanted: readonly string[]): string | undefined {
  const beyond = wanted.filter((scope) => !allowsScope(own, scope));
  return beyond.length === 0 ? undefined : `Nobody gives more than he has: ${beyond.join(", ")}.`;
}
