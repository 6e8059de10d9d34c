import { type Ctx, inTx } from "../../src/context.ts";
import { createBudget, createWallet, creditWallet, type HoldRequest, type Limits } from "../../src/ledger/index.ts";

/** A wallet with this much in it. */
export async function newWallet(ctx: Ctx, balanceMicros: number): Promise<string> {
  const walletId = ctx.random.id("ws");
  await inTx(ctx, async (tx) => {
    await createWallet(tx, walletId);
    if (balanceMicros > 0) await creditWallet(tx, { walletId, amountMicros: balanceMicros });
  });
  return walletId;
}

export function newBudget(ctx: Ctx, limits: Limits): Promise<string> {
  return inTx(ctx, (tx) => createBudget(tx, limits));
}

/** What a gateway would ask for. */
export function callOf(facts: Pick<HoldRequest, "walletId" | "amountMicros"> & Partial<HoldRequest>): HoldRequest {
  return {
    budgetIds: [],
    userId: "usr_ada",
    appId: "app_tales",
    grantId: "grt_tales",
    keyId: null,
    item: "test-model",
    prices: { input: 1_000_000, output: 2_000_000, call: 0 },
    requestId: "req_1",
    deadlineMs: 900_000,
    ...facts,
  };
}
