import { type Ctx, inTx, type Tx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { claimOnce, findOnce } from "../store/index.ts";
import { assertAmount } from "./amount.ts";
import { takeFromWindow } from "./budgets.sql.ts";
import { addHold, type CallFacts, findEnd, type Hold, type TakenWindow } from "./holds.sql.ts";
import type { OpenWindow, OpenWindows } from "./open-windows.ts";
import { type Judgement, judge, judgeBusy, type Purse, readBounds } from "./refusal.ts";
import { takeFromWallet } from "./wallets.sql.ts";

export interface HoldRequest extends CallFacts, Purse {
  /** The most the call can cost, micro-dollars. */
  amountMicros: number;
  /** Longer than the longest call: from then on the sweep gives back what is held. */
  deadlineMs: number;
  /** Hashed, and scoped to its caller, by the caller. Remembered for a day. */
  idempotencyKey?: string;
}

export type HoldVerdict =
  | { ok: true; hold: Hold }
  | ({ ok: false } & Judgement)
  /** This key has held before. `running`: that call has not ended yet. */
  | { ok: false; why: "duplicate"; holdId: string; running: boolean };

const keyLifetimeMs = 86_400_000;

/** Each but the last is followed by a look at fresh figures, and by another one only if they show room. */
const mostAttempts = 4;

/**
 * Sets money aside in every window of every budget and in the wallet, or nowhere. Answers after the commit.
 *
 * @throws Fault `temporarily_unavailable`
 */
export async function hold(ctx: Ctx, known: OpenWindows, request: HoldRequest): Promise<HoldVerdict> {
  assertAmount(request.amountMicros, "the amount of a hold");
  for (let attempt = 1; ; attempt++) {
    const windows = await known.of(ctx, request.budgetIds);
    const verdict = await inTx(ctx, (tx) => take(tx, request, windows));
    if (verdict.ok) return verdict;
    if (verdict.why === "duplicate") return describeDuplicate(ctx, request);
    // Full, or changed since we looked: memory cannot tell, so it starts anew.
    known.forget(request.budgetIds);
    const bounds = await readBounds(ctx, request);
    const judgement = judge(bounds, request.amountMicros);
    if (judgement) return { ok: false, ...judgement };
    if (attempt === mostAttempts) return { ok: false, ...judgeBusy(bounds) };
  }
}

type Take = { ok: true; hold: Hold } | { ok: false; why: "duplicate" | "full" };

/** The one order for all: budget windows by their key, the wallet, then what is new. */
async function take(tx: Tx, request: HoldRequest, windows: readonly OpenWindow[]): Promise<Take> {
  const { budgetIds: _, deadlineMs, idempotencyKey, ...facts } = request;
  const now = tx.clock.now();
  // After the time is taken: no call is older than its id.
  const id = tx.random.id("hld");
  if (idempotencyKey !== undefined && !(await claimOnce(tx, keyKind, idempotencyKey, now + keyLifetimeMs, id))) {
    return { ok: false, why: "duplicate" };
  }
  const taken: TakenWindow[] = [];
  for (const window of windows) {
    const admission = await takeFromWindow(tx, window, request.amountMicros, now);
    if (!admission) return { ok: false, why: "full" };
    const { budgetId, period, startsAt } = window;
    taken.push({ budgetId, period, startsAt, ...admission });
  }
  if (!(await takeFromWallet(tx, request.walletId, request.amountMicros, now))) return { ok: false, why: "full" };
  const hold = { ...facts, id, windows: taken, createdAt: now, deadlineAt: now + deadlineMs };
  await addHold(tx, hold);
  return { ok: true, hold };
}

const keyKind = "idempotency";

async function describeDuplicate(ctx: Ctx, { walletId, idempotencyKey = "" }: HoldRequest): Promise<HoldVerdict> {
  const holdId = (await findOnce(ctx, keyKind, idempotencyKey))?.value;
  assert(holdId, "whoever claimed the key has left the id of the hold");
  return { ok: false, why: "duplicate", holdId, running: (await findEnd(ctx, walletId, holdId)) === null };
}
