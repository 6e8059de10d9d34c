import type { Prices } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import type { Hold, HoldRequest, Ledger } from "../ledger/index.ts";
import type { Caller } from "../tokens/index.ts";
import { affordableOutput, type Bound, costOfBound } from "./pricing.ts";
import { moneyFault } from "./refusal.ts";

/** Longer than the longest call, so that the sweep never gives back what a call in progress still needs. */
const holdLifeMs = 15 * 60_000;
/** Others may take the room that was just read. */
const mostTries = 4;

export interface Purchase {
  caller: Caller;
  /** The public name of the model. */
  item: string;
  prices: Prices;
  bound: Bound;
  /** Whether the gateway may lower the limit of an answer to what can be paid. */
  mayShorten: boolean;
  requestId: string;
  idempotencyKey: string | undefined;
}

export interface Admission {
  hold: Hold;
  /** The limit of one answer that was paid for. */
  outputTokens: number;
}

/**
 * Holds the most that the call can cost. With less room left, a client that set no limit gets a shorter answer, so that
 * a cap can be used to its end; but none is cut short only because other calls hold the room for a moment.
 *
 * @throws Fault `budget_exceeded`, `insufficient_balance`, `budget_in_flight`, `idempotency_conflict`.
 */
export async function admit(ctx: Ctx, ledger: Ledger, purchase: Purchase): Promise<Admission> {
  const { caller, bound, prices, mayShorten } = purchase;
  let { outputTokens } = bound;
  for (let tries = 1; ; tries++) {
    const amountMicros = costOfBound({ ...bound, outputTokens }, prices);
    const verdict = await ledger.hold(ctx, requestOf(purchase, amountMicros));
    if (verdict.ok) return { hold: verdict.hold, outputTokens };
    if (verdict.why === "duplicate") throw duplicateFault(verdict);
    const affordable = affordableOutput(bound, prices, verdict.refusal.affordableMicros);
    const lasting = verdict.why !== "in_flight";
    if (!mayShorten || !lasting || outputTokens === 1 || tries === mostTries) {
      throw moneyFault(ctx, caller, verdict, affordable);
    }
    // Where not even one token fits, asking for one tells whether waiting would help.
    outputTokens = Math.max(1, affordable);
  }
}

function requestOf(purchase: Purchase, amountMicros: number): HoldRequest {
  const { caller, item, prices, requestId, idempotencyKey } = purchase;
  return {
    walletId: caller.workspaceId,
    budgetIds: caller.budgetIds,
    amountMicros,
    userId: caller.userId,
    appId: caller.appId,
    grantId: caller.grantId,
    keyId: caller.keyId,
    item,
    prices: { ...prices },
    requestId,
    deadlineMs: holdLifeMs,
    idempotencyKey: idempotencyKey === undefined ? undefined : scopedKey(caller, idempotencyKey),
  };
}

/** Another caller's key is another key. */
function scopedKey(caller: Caller, key: string): string {
  return sha256Base64Url(`${caller.grantId ?? ""}\n${caller.keyId ?? ""}\n${key}`);
}

function duplicateFault({ holdId, running }: { holdId: string; running: boolean }): Fault {
  const description = running
    ? "A call with this Idempotency-Key is still running."
    : "A call with this Idempotency-Key was made before. Answers are not kept; its receipt is.";
  return new Fault("idempotency_conflict", description, { fields: { receipt: holdId } });
}
