import type { App } from "../apps/index.ts";
import { type Ctx, inTx, type Tx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import type { Acr } from "../people/index.ts";
import { allowedScopes, type Generations } from "./chain.ts";
import type { Code } from "./code.ts";
import { commitFamily, insertDeadFamily, selectFamily } from "./families.sql.ts";
import { findUnbroken } from "./find-unbroken.ts";
import { type Issued, issue, type Mint } from "./issue.ts";
import type { Live } from "./live.ts";
import { refreshLifeEnd } from "./refresh.ts";
import { revokeFamily } from "./revoke.ts";

/** What a person allowed, to be turned into tokens once. */
export interface Approval {
  /** Becomes the id of the token family: that the family exists is the proof that it was used. */
  id: string;
  userId: string;
  appId: string;
  grantId: string;
  generations: Generations;
  scopes: string[];
  authenticatedAt: number;
  amr: string[];
  acr: Acr | null;
}

export type CollectResult =
  | { ok: true; issued: Issued }
  /** `used`: somebody was first. `closed`: user, app or grant have ended since. */
  | { ok: false; why: "used" | "closed" };

export type RedeemResult =
  | { ok: true; issued: Issued }
  /**
   * `replayed`: it was used before, and what came of it is dead now. `burned`: another app had it. `closed`: user, app
   * or grant have ended since.
   */
  | { ok: false; why: "replayed" | "burned" | "closed" };

/**
 * Spends the code. The family's row, under the code's own id, is the right to go on: of many at once one has it.
 *
 * @throws Fault `temporarily_unavailable`; then nothing was issued, though the code may be spent.
 */
export async function redeemCode(mint: Mint, live: FindChain, code: Code, app: App): Promise<RedeemResult> {
  const begun = await begin(mint, live, code, app, code.nonce);
  if (begun.ok) return begun;
  if (begun.why === "closed") return { ok: false, why: "closed" };
  const family = await selectFamily(mint.ctx, code.id);
  if (family?.generation === 0) return { ok: false, why: "burned" };
  await inTx(mint.ctx, (ctx) => endReplayed(ctx, code, app.id));
  return { ok: false, why: "replayed" };
}

/**
 * Collects what was approved. A second caller is no thief here: a device that polls again after it lost the answer.
 *
 * @throws Fault `temporarily_unavailable`; then nothing was issued.
 */
export function redeemApproval(mint: Mint, live: FindChain, approval: Approval, app: App): Promise<CollectResult> {
  return begin(mint, live, approval, app, null);
}

type FindChain = Pick<Live, "findChain">;

/** The family's row, under the id it was promised, is the right to go on. */
async function begin(
  mint: Mint,
  live: FindChain,
  approval: Approval,
  app: App,
  nonce: string | null,
): Promise<CollectResult> {
  const { ctx } = mint;
  const chain = await findUnbroken(ctx, live, approval, approval.scopes);
  if (!chain) return { ok: false, why: "closed" };
  const family = await commitFamily(ctx, { ...approval, expiresAt: refreshLifeEnd(ctx, app, ctx.clock.now()) });
  if (!family) return { ok: false, why: "used" };
  const scopes = allowedScopes(family.scopes, chain);
  return { ok: true, issued: issue(mint, app, { family, chain, scopes, nonce }) };
}

/** Somebody has the code who should not: nobody keeps what came of it (RFC 6749 4.1.2). */
async function endReplayed(tx: Tx, code: Code, appId: string): Promise<void> {
  await revokeFamily(tx, code.id, { actorId: appId, action: "code.replayed" });
}

/**
 * A code that was shown to another app is spent, and so is what came of it: whoever carried it there may carry it
 * elsewhere.
 */
export async function burnCode(ctx: Ctx, code: Code, appId: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const burned = await insertDeadFamily(ctx, code);
    if (burned) await recordAudit(ctx, { actorId: appId, action: "code.burned", subjectId: code.id });
    else await endReplayed(ctx, code, appId);
  });
}
