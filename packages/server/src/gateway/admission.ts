import type { Model } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import type { Hold, Ledger } from "../ledger/index.ts";
import type { Caller } from "../tokens/index.ts";
import type { Bound } from "./endpoints/endpoint.ts";
import { affordableOutput, costOfBound } from "./pricing.ts";
import { moneyFault } from "./refusal.ts";

/** Longer than the longest call, so that the sweep never gives back what a call in progress still needs. */
const holdLifeMs = 15 * 60_000;
/** Others may take the room that was just read; after a few tries they are in flight. */
const mostTries = 4;

export interface Admission {
  hold: Hold;
  /** The limit of one answer that was paid for. */
  outputTokens: number;
}

export interface Purchase {
  caller: Caller;
  item: string;
  model: Model;
  bound: Bound;
  requestId: string;
  idempotencyKey: string | undefined;
}

/**
 * Holds the most the call can cost. With less room left, a client that set no limit gets a shorter answer, so that a cap
 * can be used to its end.
 *
 * @throws Fault `budget_exceeded`, `insufficient_balance`, `budget_in_flight`, `idempotency_conflict`.
 */
export async function admit(ctx: Ctx, ledger: Ledger, purchase: Purchase): Promise<Admission> {
  const { caller, model, bound } = purchase;
  let outputTokens = bound.outputTokens;
  for (let tries = 1; ; tries++) {
    const verdict = await ledger.hold(ctx, holdOf(ctx, purchase, costOfBound(bound, model.prices, outputTokens)));
    if (verdict.ok) return { hold: verdict.hold, outputTokens };
    if (verdict.why === "duplicate") throw duplicateFault(verdict);
    const affordable = affordableOutput(bound, model.prices, verdict.refusal.affordableMicros);
    if (bound.outputAsked || affordable === 0 || tries === mostTries) {
      throw moneyFault(ctx, caller, verdict.why, verdict.refusal, affordable);
    }
    outputTokens = Math.min(affordable, outputTokens);
  }
}

function holdOf(ctx: Ctx, { caller, item, model, requestId, idempotencyKey }: Purchase, amountMicros: number) {
  return {
    walletId: caller.workspaceId,
    budgetIds: caller.budgetIds,
    amountMicros,
    userId: caller.userId,
    appId: caller.appId,
    grantId: caller.grantId,
    keyId: caller.keyId,
    item,
    prices: model.prices,
    requestId,
    deadlineAt: ctx.clock.now() + holdLifeMs,
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
