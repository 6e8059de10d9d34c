import { adminScope, allowsScope, type Cap, canSpend, spendingScopes } from "../consent/index.ts";
import type { Tx } from "../context.ts";
import { type Acr, findUser, isRecentlyProven } from "../people/index.ts";
import { findApiKey } from "./api-keys.ts";
import { selectFamily } from "./families.sql.ts";

/** Whoever makes a key, and how we know him. */
export interface KeyMaker {
  userId: string;
  /** Set for an app's token or key: it sees that app's things only. The command line is its user, not an app. */
  appId: string | null;
  /** Set for a key of the user's own that may not read the whole bill. */
  keyId: string | null;
  /** The sign-in that an access token came of. */
  familyId: string | null;
  /** Undefined for a session or a signature: the user may do everything himself. */
  scopes: ReadonlySet<string> | undefined;
  /** When the user last showed in person who they are, in epoch milliseconds; null for keys and tokens, which others may hold. */
  provenAt: number | null;
  /** How surely; null with `provenAt`. */
  provenAcr: Acr | null;
}

/** What a new key could do. */
export interface KeyTerms {
  scopes: readonly string[];
  limit: Cap | null;
  /** Epoch milliseconds; null until revoked. */
  expiresAt: number | null;
}

/** Why somebody may not make a key: his sign-in is too old, or he wants what a sentence tells apart. */
export type KeyObjection = { ok: false; why: "stale" } | { ok: false; why: "excess"; sentence: string };

/**
 * Why this maker may not make such a key; undefined when he may. Nobody gives more than he has: not more scopes, not a
 * longer life, and no way past a limit. Asked in the transaction that makes the key.
 */
export async function findObjection(tx: Tx, maker: KeyMaker, terms: KeyTerms): Promise<KeyObjection | undefined> {
  if (maker.appId !== null) return excess("An app makes no keys.");
  const why = await judgeAdmin(tx, maker, terms);
  if (why) return why;
  const { userId, provenAt, provenAcr } = maker;
  if (provenAt !== null) {
    const proof = { userId, authenticatedAt: provenAt, acr: provenAcr };
    return (await isRecentlyProven(tx, proof)) ? undefined : stale;
  }
  return maker.keyId === null ? judgeCommandLine(tx, maker, terms) : judgeKey(tx, maker.keyId, terms);
}

const stale: KeyObjection = { ok: false, why: "stale" };

function excess(sentence: string): KeyObjection {
  return { ok: false, why: "excess", sentence };
}

/** Such a key acts on others and on nothing else, so that it is never the one that lies in a program that spends. */
async function judgeAdmin(tx: Tx, maker: KeyMaker, { scopes }: KeyTerms): Promise<KeyObjection | undefined> {
  if (!scopes.includes(adminScope.name)) return undefined;
  if (scopes.length > 1)
    return excess("A key that runs the platform does nothing else: give it the scope admin alone.");
  const user = maker.provenAt === null ? undefined : await findUser(tx, maker.userId);
  return user?.role === "operator"
    ? undefined
    : excess("Only an operator in person makes a key that runs the platform.");
}

async function judgeKey(tx: Tx, keyId: string, terms: KeyTerms): Promise<KeyObjection | undefined> {
  const maker = await findApiKey(tx, keyId);
  if (!maker || maker.revokedAt !== null) return excess("The key that makes keys was revoked.");
  const beyond = beyondOwn(new Set(maker.scopes), terms.scopes);
  if (beyond) return beyond;
  if (maker.budgetId !== null && canSpend(terms.scopes)) {
    return excess("A key with a limit of its own makes no keys that spend.");
  }
  if (maker.expiresAt !== null && (terms.expiresAt ?? Infinity) > maker.expiresAt) {
    return excess("A key makes no keys that outlive it.");
  }
  return undefined;
}

/**
 * The command line has no scope that spends, so that a stolen token of it costs nothing. A key that spends is made with it
 * a short while after its user signed in, like in the browser, and always has a limit.
 */
async function judgeCommandLine(
  tx: Tx,
  { scopes, familyId }: KeyMaker,
  terms: KeyTerms,
): Promise<KeyObjection | undefined> {
  const beyond = beyondOwn(new Set([...(scopes ?? []), ...spendingScopes]), terms.scopes);
  if (beyond) return beyond;
  if (!canSpend(terms.scopes)) return undefined;
  if (!terms.limit) return excess("From the command line, a key that spends has a limit.");
  const family = familyId === null ? undefined : await selectFamily(tx, familyId);
  return family && (await isRecentlyProven(tx, family)) ? undefined : stale;
}

function beyondOwn(own: ReadonlySet<string>, wanted: readonly string[]): KeyObjection | undefined {
  const beyond = wanted.filter((scope) => !allowsScope(own, scope));
  return beyond.length === 0 ? undefined : excess(`Nobody gives more than he has: ${beyond.join(", ")}.`);
}
