import type { Tx } from "../context.ts";
import { lockLiveGrant } from "./grants.sql.ts";
import { type ConsentAnswer, hasExpired } from "./grants.ts";
import { raisesTerms } from "./raised-cap.ts";
import { canSpend } from "./scopes.ts";

/**
 * Whether an answer can be written. Asked in its own transaction, under the lock of the grant: what the page said goes on
 * may have ended since the page was compared with it.
 */
export async function judgeAnswer(
  tx: Tx,
  { userId, appId }: { userId: string; appId: string },
  { granted, terms }: Pick<ConsentAnswer, "granted" | "terms">,
  { grantId, mayRaise }: { grantId: string | undefined; mayRaise: boolean },
): Promise<{ ok: true } | { ok: false; why: "stale" | "raises" }> {
  const held = await lockLiveGrant(tx, userId, appId);
  const grant = held && !hasExpired(held, tx.clock.now()) ? held : undefined;
  const hasEnded = grantId !== undefined && grant?.id !== grantId;
  const lacksCap = terms === null && canSpend(granted) && !grant?.budgetId;
  if (hasEnded || lacksCap) return { ok: false, why: "stale" };
  if (terms && !mayRaise && (await raisesTerms(tx, { userId, appId }, terms))) return { ok: false, why: "raises" };
  return { ok: true };
}
