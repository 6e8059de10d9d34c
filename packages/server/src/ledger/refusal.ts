import type { Period } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { budgetStatus } from "./budgets.ts";
import { findWallet } from "./wallets.sql.ts";

/** Who pays for a call, and what bounds it. */
export interface Purse {
  walletId: string;
  /** All of them must have room. */
  budgetIds: readonly string[];
}

/** One bound, as it stands. */
export interface Bound {
  source: "budget" | "wallet";
  /** Null for the wallet, as is the period. */
  budgetId: string | null;
  period: Period | null;
  /** A wallet's limit is its balance. */
  limitMicros: number;
  /** Zero for the wallet, whose balance has what was spent taken off. */
  spentMicros: number;
  /** Taken by calls in flight. */
  heldMicros: number;
  /** Null when time alone does not help. */
  resetsAt: number | null;
}

/** The most restrictive of the bounds that stand in the way. */
export interface Refusal extends Bound {
  /** The most that could be held now; every bound is heard. */
  affordableMicros: number;
}

/** `in_flight`: it would fit, were no calls under way; so it may fit in a moment. */
export type Judgement = { why: "cap" | "balance" | "in_flight"; refusal: Refusal };

/** Every bound of a call, budgets first. */
export async function readBounds(ctx: Ctx, { walletId, budgetIds }: Purse): Promise<Bound[]> {
  const ids = [...new Set(budgetIds)].sort();
  const [wallet, ...statuses] = await Promise.all([
    findWallet(ctx, walletId),
    ...ids.map((budgetId) => budgetStatus(ctx, budgetId)),
  ]);
  assert(wallet, `there is a wallet ${walletId}`);
  const bounds = statuses.flatMap((windows, index) =>
    windows.map(({ period, limitMicros, spentMicros, heldMicros, resetsAt }): Bound => {
      const budgetId = ids[index] ?? null;
      return { source: "budget", budgetId, period, limitMicros, spentMicros, heldMicros, resetsAt };
    }),
  );
  const { balanceMicros: limitMicros, heldMicros } = wallet;
  return [
    ...bounds,
    { source: "wallet", budgetId: null, period: null, limitMicros, spentMicros: 0, heldMicros, resetsAt: null },
  ];
}

/** What fits under all of them; never below zero. */
export function affordable(bounds: readonly Bound[]): number {
  return Math.max(0, Math.min(...bounds.map(room)));
}

/** Undefined when the amount fits. What only waiting cannot cure is named before what it can. */
export function judge(bounds: readonly Bound[], amountMicros: number): Judgement | undefined {
  const inTheWay = bounds.filter((bound) => room(bound) < amountMicros);
  const lasting = inTheWay.filter((bound) => bound.limitMicros - bound.spentMicros < amountMicros);
  const bound = tightest(lasting) ?? tightest(inTheWay);
  if (!bound) return undefined;
  const spent = bound.source === "wallet" ? "balance" : "cap";
  return { why: lasting.length > 0 ? spent : "in_flight", refusal: refusalBy(bound, bounds) };
}

/** For a call that lost its room to others again and again. */
export function judgeBusy(bounds: readonly Bound[]): Judgement {
  const bound = tightest(bounds);
  assert(bound, "a wallet bounds every call");
  return { why: "in_flight", refusal: refusalBy(bound, bounds) };
}

function refusalBy(bound: Bound, bounds: readonly Bound[]): Refusal {
  return { ...bound, affordableMicros: affordable(bounds) };
}

function room({ limitMicros, spentMicros, heldMicros }: Bound): number {
  return limitMicros - spentMicros - heldMicros;
}

function tightest(bounds: readonly Bound[]): Bound | undefined {
  return bounds.reduce<Bound | undefined>(
    (least, bound) => (least && room(least) <= room(bound) ? least : bound),
    undefined,
  );
}
