import type { App } from "../apps/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import { claimOnce, findOnce } from "../store/index.ts";
import { type Chain, selectChain } from "./chain.sql.ts";
import { allowedScopes, isUnbroken } from "./chain.ts";
import type { Code } from "./code.ts";
import { type Family, insertFamily } from "./families.sql.ts";
import { type Issued, issue, type Mint } from "./issue.ts";
import { refreshLifeEnd } from "./refresh.ts";
import { revokeFamily } from "./revoke.ts";

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
    const family = await insertFamily(ctx, { ...code, expiresAt: refreshLifeEnd(ctx, app, ctx.clock.now()) });
    if (!family) return { ok: false, why: "replayed" } as const;
    if (await findOnce(ctx, burnedKind, code.id)) return { ok: false, why: "burned" } as const;
    const chain = await selectChain(ctx, code.grantId);
    return chain && isUnbroken(chain, code.generations, ctx.clock.now())
      ? ({ ok: true, family, chain } as const)
      : ({ ok: false, why: "closed" } as const);
  });
  if (taken.ok) return { ok: true, issued: issueFirst(mint, app, code, taken) };
  if (taken.why === "replayed") await endReplayed(ctx, code);
  return taken;
}

function issueFirst(
  mint: Mint,
  app: App,
  { nonce }: Code,
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
