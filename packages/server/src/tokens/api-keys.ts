import type { Ctx, Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { createBudget, type Limits } from "../ledger/index.ts";
import { recordSecurityEvent } from "../people/index.ts";
import {
  type ApiKey,
  insertKey,
  type KeyPage,
  selectKey,
  selectKeysOf,
  selectLivingKeys,
  updateKeyRevoked,
} from "./api-keys.sql.ts";
import { selectChain, selectPerson } from "./chain.sql.ts";
import { isEnabled, isLiving } from "./chain.ts";

export interface NewApiKey {
  userId: string;
  /** Who pays. */
  workspaceId: string;
  /** Binds the key to what an app was allowed: it dies with the grant, and spends from its budget too. */
  grantId: string | null;
  /** For the user to know it by. */
  name: string;
  scopes: readonly string[];
  /** A cap of the key's own. */
  limits?: Limits | undefined;
  /** Epoch milliseconds; null until revoked. */
  expiresAt: number | null;
}

export type CreateApiKeyResult =
  | { ok: true /** Shown now and never again. */; key: string; apiKey: ApiKey }
  /** The user, the app or the grant does not live any more. */
  | { ok: false; why: "closed" };

export type { KeyPage };

const shape = /^sk-ik-[a-z0-9]{40}$/;

export async function createApiKey(tx: Tx, wanted: NewApiKey): Promise<CreateApiKeyResult> {
  const bound = await findOwner(tx, wanted);
  if (!bound) return { ok: false, why: "closed" };
  const { limits, ...rest } = wanted;
  const key = `sk-ik-${tx.random.text(40)}`;
  const apiKey = await insertKey(tx, {
    ...rest,
    id: tx.random.id("key"),
    secretHash: sha256Hex(key),
    hint: key.slice(-4),
    ...bound,
    budgetId: limits ? await createBudget(tx, limits) : null,
    scopes: [...wanted.scopes],
  });
  await recordAudit(tx, {
    actorId: bound.appId ?? wanted.userId,
    action: "key.created",
    subjectId: apiKey.id,
    // Not its name: people write their own into it, and the log outlives the account.
    detail: { userId: wanted.userId, scopes: wanted.scopes },
  });
  // What an app was given stays inside what the app may do; this one is the user himself.
  if (bound.appId === null) {
    await recordSecurityEvent(tx, { userId: wanted.userId, kind: "key_created", detail: { name: wanted.name } });
  }
  return { ok: true, key, apiKey };
}

/** The whole chain above the key, read in the transaction that makes it. */
async function findOwner(
  tx: Tx,
  { userId, grantId }: NewApiKey,
): Promise<Pick<ApiKey, "userGeneration" | "appId" | "appGeneration"> | undefined> {
  if (grantId === null) {
    const user = await selectPerson(tx, userId);
    return user && isEnabled(user) ? { userGeneration: user.generation, appId: null, appGeneration: null } : undefined;
  }
  const chain = await selectChain(tx, grantId);
  if (!chain || chain.user.id !== userId || !isLiving(chain, tx.clock.now())) return undefined;
  const { user, app } = chain;
  return { userGeneration: user.generation, appId: app.id, appGeneration: app.generation };
}

/** Undefined when the key did not live. Refused everywhere within a second. */
export async function revokeApiKey(tx: Tx, keyId: string, actorId = "system"): Promise<ApiKey | undefined> {
  const key = await updateKeyRevoked(tx, keyId);
  if (!key) return undefined;
  await announce(tx, "key", key.id);
  await recordAudit(tx, { actorId, action: "key.revoked", subjectId: key.id, detail: { userId: key.userId } });
  return key;
}

/** Newest first, dead ones too. */
export function listApiKeys(ctx: Ctx, userId: string): Promise<ApiKey[]> {
  return selectKeysOf(ctx, userId);
}

/** One page of the living ones, newest first. */
export function listLivingKeys(ctx: Ctx, page: KeyPage): Promise<{ total: number; items: ApiKey[] }> {
  return selectLivingKeys(ctx, page);
}

/** Dead ones too. */
export function findApiKey(ctx: Ctx, keyId: string): Promise<ApiKey | undefined> {
  return selectKey(ctx, keyId);
}

/** What is stored of a key; undefined for a text that cannot be one. */
export function hashApiKey(text: string): string | undefined {
  return shape.test(text) ? sha256Hex(text) : undefined;
}
