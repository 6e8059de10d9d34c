import { z } from "zod";
import type { Tx } from "../context.ts";
import { createRateLimiter, type RateLimiter } from "../http/rate-limit.ts";
import type { Clock } from "../kernel/clock.ts";
import { isOrdinaryLine } from "../kernel/ordinary-line.ts";
import { getPersonalWorkspace } from "../workspaces/index.ts";
import { type CreateApiKeyResult, createApiKey, listLivingKeys } from "./api-keys.ts";
import { findObjection, type KeyMaker, type KeyObjection, type KeyTerms } from "./key-maker.ts";

/** Nobody needs more; whoever wants to fill the table finds an end. Of one user. */
const mostLivingKeys = 200;
const makingLimit = { attempts: 60, seconds: 600 };

/** How often one user may make keys, whichever way. */
export function createKeyMakings(clock: Clock): RateLimiter {
  return createRateLimiter({ clock, ...makingLimit });
}

/** It stands in the letter that tells of the key. */
export const apiKeyName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine(isOrdinaryLine, "A name is one line of ordinary text");

export interface OwnKey extends KeyTerms {
  /** One that {@link apiKeyName} takes. */
  name: string;
}

export type MakeKeyResult = CreateApiKeyResult | KeyObjection | { ok: false; why: "many" };

/** Makes a key that acts for its user and is paid from the user's own wallet. */
export async function makeOwnKey(tx: Tx, maker: KeyMaker, wanted: OwnKey): Promise<MakeKeyResult> {
  const objection = await findObjection(tx, maker, wanted);
  if (objection) return objection;
  const { userId } = maker;
  const { total } = await listLivingKeys(tx, { userId, appId: null, page: 0, limit: 1 });
  if (total >= mostLivingKeys) return { ok: false, why: "many" };
  const { name, scopes, limit, expiresAt } = wanted;
  return createApiKey(tx, {
    ...{ userId, name, scopes, expiresAt },
    workspaceId: (await getPersonalWorkspace(tx, userId)).id,
    grantId: null,
    limits: limit ? { [limit.period]: limit.limitMicros } : undefined,
  });
}
