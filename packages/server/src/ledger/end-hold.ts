import { type Ctx, inTx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { platform, walletAccount } from "./accounts.ts";
import { assertAmount } from "./amount.ts";
import { endTakeFromWindow } from "./budgets.sql.ts";
import { appendEntries, type NewEntry } from "./entries.sql.ts";
import { claimEnd, findEnd, type Hold, type HoldEnd } from "./holds.sql.ts";
import { endTakeFromWallet } from "./wallets.sql.ts";

/** `ok`: this call ended the hold. Else it had ended before, in the way told here, and nothing changed now. */
export type EndVerdict = HoldEnd & { ok: boolean };

export interface Settlement {
  /** What the call really cost, micro-dollars. Zero stays zero. */
  costMicros: number;
  /** What was metered, kept with the call. */
  usage: object;
}

/**
 * Charges the cost and gives back the rest. The user never pays more than was held: what is above is the platform's
 * own loss, because a cap is a promise.
 */
export async function settle(ctx: Ctx, hold: Hold, { costMicros, usage }: Settlement): Promise<EndVerdict> {
  assertAmount(costMicros, "the cost of a call");
  const charged = Math.min(costMicros, hold.amountMicros);
  const lossMicros = costMicros - charged;
  const end: HoldEnd = { outcome: "settled", costMicros: charged, lossMicros };
  const verdict = await endHold(ctx, hold, end, JSON.stringify(usage));
  if (verdict.ok && lossMicros > 0) {
    const { id: holdId, walletId, item, requestId } = hold;
    ctx.log.error({ holdId, walletId, item, requestId, lossMicros }, "a call cost more than its bound");
  }
  return verdict;
}

/** Gives everything back: the call cost nothing. */
export function release(ctx: Ctx, hold: Hold): Promise<EndVerdict> {
  return endHold(ctx, hold, { outcome: "released", costMicros: 0, lossMicros: 0 }, null);
}

/** Gives everything back, because nobody will ever tell what the call cost. */
export async function expire(ctx: Ctx, hold: Hold): Promise<EndVerdict> {
  const verdict = await endHold(ctx, hold, { outcome: "expired", costMicros: 0, lossMicros: 0 }, null);
  if (verdict.ok) {
    const { id: holdId, walletId, amountMicros, item, requestId } = hold;
    ctx.log.warn({ holdId, walletId, amountMicros, item, requestId }, "a call ended without a report: not billed");
  }
  return verdict;
}

/**
 * The hold's own row comes first and decides: whoever finds it ended goes away before touching anything. No deadlock
 * can form, for whoever admits a hold locks windows and wallet in the same order, and nobody waits for a row that is
 * not yet committed.
 */
async function endHold(ctx: Ctx, hold: Hold, end: HoldEnd, usage: string | null): Promise<EndVerdict> {
  const { ok } = await inTx(ctx, async (tx) => {
    const now = tx.clock.now();
    if (!(await claimEnd(tx, hold, end, usage, now))) return { ok: false };
    for (const window of hold.windows) await endTakeFromWindow(tx, window, hold.amountMicros, end.costMicros);
    const entries = entriesOf(hold, end);
    const { walletId, amountMicros: heldMicros } = hold;
    const { costMicros } = end;
    const wallet = await endTakeFromWallet(tx, { walletId, heldMicros, costMicros, entries: entries.length, now });
    const balanceAfterMicros = wallet.balanceMicros;
    if (entries.length > 0) {
      await appendEntries(
        tx,
        wallet,
        entries.map((entry) => ({ ...entry, balanceAfterMicros })),
      );
    }
    return { ok: true };
  });
  if (ok) return { ok, ...end };
  const before = await findEnd(ctx, hold.walletId, hold.id);
  assert(before, `the hold ${hold.id} has ended`);
  return { ok, ...before };
}

/** What costs nothing writes no entry. */
function entriesOf(hold: Hold, { costMicros, lossMicros }: HoldEnd): Omit<NewEntry, "balanceAfterMicros">[] {
  const creditAccount = platform.revenue;
  const reference = hold.id;
  const charge = { kind: "charge", debitAccount: walletAccount(hold.walletId), amountMicros: costMicros };
  const loss = { kind: "loss", debitAccount: platform.loss, amountMicros: lossMicros };
  return [charge, loss]
    .filter(({ amountMicros }) => amountMicros > 0)
    .map((entry) => ({ ...entry, creditAccount, reference }));
}
