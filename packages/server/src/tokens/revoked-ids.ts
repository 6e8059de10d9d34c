import type { Ctx } from "../context.ts";
import { accessTokenLifeMs, clockMarginMs } from "./access-token.ts";
import { selectRevoked } from "./revocations.sql.ts";

/**
 * The few ids of tokens and families that were revoked and would still be good otherwise. Complete or nothing: a memory
 * that may lack one id cannot say of any token that it lives.
 */
export interface RevokedIds {
  /** Undefined while the memory is not complete. */
  recall(tokenId: string, familyId: string): boolean | undefined;
}

export function createRevokedIds(ctx: Ctx): RevokedIds {
  const expiries = new Map<string, number>();
  let complete = false;
  let loading = false;
  let losses = 0;

  let pruneAt = 1000;
  const remember = (id: string, expiresAt: number) => {
    expiries.set(id, expiresAt);
    if (expiries.size < pruneAt) return;
    for (const [other, expiry] of expiries) if (expiry <= ctx.clock.now()) expiries.delete(other);
    pruneAt = Math.max(1000, expiries.size * 2);
  };

  ctx.changes.subscribe(({ kind, subjectId }) => {
    if (kind === "revoked") remember(subjectId, ctx.clock.now() + accessTokenLifeMs + clockMarginMs);
    if (kind !== "everything") return;
    complete = false;
    losses++;
  });

  const load = async () => {
    const lossesBefore = losses;
    for (const { id, expiresAt } of await selectRevoked(ctx, ctx.clock.now())) remember(id, expiresAt);
    complete = lossesBefore === losses;
  };

  return {
    recall(tokenId, familyId) {
      if (complete) return expiries.has(tokenId) || expiries.has(familyId);
      if (!loading) {
        loading = true;
        load()
          .catch((error) => ctx.log.warn({ err: error }, "revoked tokens cannot be listed; asking for each"))
          .finally(() => {
            loading = false;
          });
      }
      return undefined;
    },
  };
}
