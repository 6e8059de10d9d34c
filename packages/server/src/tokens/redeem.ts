import type { App } from "../apps/index.ts";
import { type Ctx, inTx, type Tx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import type { Acr } from "../people/index.ts";
import { claimOnce, findOnce } from "../store/index.ts";
import { type Chain, selectChain } from "./chain.sql.ts";
import { allowedScopes, type Generations, isUnbroken } from "./chain.ts";
import type { Code } from "./code.ts";
import { type Family, insertFamily } from "./families.sql.ts";
import { type Issued, issue, type Mint } from "./issue.ts";
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

const burnedKind = "burned_code";
/** Outlives the code by more than clocks differ. */
const burnedMarginMs = 3_600_000;

/**
 * Spends the code. The family's row, under the code's own id, is the right to go on: of many at once one has it.
 *
 * @throws Fault `temporarily_unavailable`; then nothing was issued, though the code may be spent.
 */
export async function redeemCode(mint: Mint, code: Code, app: App): Promise<RedeemResult> {
  const { ctx } = mint;
  const taken = await inTx(ctx, async (ctx) => {
    const begun = await begin(ctx, code, app);
    if (begun.ok && (await findOnce(ctx, burnedKind, code.id))) return { ok: false, why: "burned" } as const;
    return begun;
  });
  if (taken.ok) return { ok: true, issued: issueFirst(mint, app, code.nonce, taken) };
  if (taken.why !== "used") return { ok: false, why: taken.why };
  await endReplayed(ctx, code);
  return { ok: false, why: "replayed" };
}

/**
 * Collects what was approved. A second caller is no thief here: a device that polls again after it lost the answer.
 *
 * @throws Fault `temporarily_unavailable`; then nothing was issued.
 */
export async function redeemApproval(mint: Mint, approval: Approval, app: App): Promise<CollectResult> {
  const taken = await inTx(mint.ctx, (tx) => begin(tx, approval, app));
  return taken.ok ? { ok: true, issued: issueFirst(mint, app, null, taken) } : taken;
}

type Begun = { ok: true; family: Family; chain: Chain } | { ok: false; why: "used" | "closed" };

/** The family's row, under the id it was promised, is the right to go on. */
async function begin(tx: Tx, approval: Approval, app: App): Promise<Begun> {
  const now = tx.clock.now();
  const family = await insertFamily(tx, { ...approval, expiresAt: refreshLifeEnd(tx, app, now) });
  if (!family) return { ok: false, why: "used" };
  const chain = await selectChain(tx, approval.grantId);
  return chain && isUnbroken(chain, approval.generations, now)
    ? { ok: true, family, chain }
    : { ok: false, why: "closed" };
}

function issueFirst(
  mint: Mint,
  app: App,
  nonce: string | null,
  { family, chain }: { family: Family; chain: Chain },
): Issued {
  return issue(mint, app, { family, chain, scopes: allowedScopes(family.scopes, chain), nonce });
}

/** Somebody has the code who should not: nobody keeps what came of it (RFC 6749 4.1.2). */
async function endReplayed(ctx: Ctx, code: Code): Promise<void> {
  await inTx(ctx, (ctx) => revokeFamily(ctx, code.id, { actorId: code.appId, action: "code.replayed" }));
}

/** A code that was shown to another app is spent: whoever carried it there may carry it elsewhere. */
export async function burnCode(ctx: Ctx, code: Code, appId: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const burned = await claimOnce(ctx, burnedKind, code.id, code.expiresAt + burnedMarginMs);
    if (burned) await recordAudit(ctx, { actorId: appId, action: "code.burned", subjectId: code.id });
  });
}
