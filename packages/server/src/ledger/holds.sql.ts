import type { Period } from "../config/config.ts";
import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { Admission, WindowKey } from "./budgets.sql.ts";

/** What the caller tells of a call: ids of other rooms, which mean nothing here. */
export interface CallFacts {
  walletId: string;
  userId: string;
  appId: string | null;
  grantId: string | null;
  keyId: string | null;
  /** What is bought: the public name of the model. */
  item: string;
  /** Kept with the call, so that it is settled at the prices of its admission. */
  prices: Readonly<Record<string, number>>;
  requestId: string;
}

/** A window that a hold took, as it was when it admitted the hold. */
export type TakenWindow = WindowKey & Admission;

/** Money set aside for one call. It ends once: settled, released or expired. */
export interface Hold extends CallFacts {
  id: string;
  amountMicros: number;
  /** In the one order in which everybody locks windows. */
  windows: readonly TakenWindow[];
  createdAt: number;
  /** From then on the sweep may end it. */
  deadlineAt: number;
}

export type Outcome = "settled" | "released" | "expired";

/** How a hold ended. The cost is the user's, the loss is the platform's. */
export interface HoldEnd {
  outcome: Outcome;
  costMicros: number;
  lossMicros: number;
}

type HoldRow = {
  wallet_id: string;
  id: string;
  user_id: string;
  app_id: string | null;
  grant_id: string | null;
  key_id: string | null;
  item: string;
  amount_micros: number;
  windows: string;
  prices: string;
  request_id: string;
  created_at: number;
  deadline_at: number;
};

const insertHold = statement<HoldRow>()((db, p) =>
  db
    .insertInto("holds")
    .values({
      wallet_id: p.wallet_id,
      id: p.id,
      user_id: p.user_id,
      app_id: p.app_id,
      grant_id: p.grant_id,
      key_id: p.key_id,
      item: p.item,
      amount_micros: p.amount_micros,
      windows: p.windows,
      prices: p.prices,
      request_id: p.request_id,
      created_at: p.created_at,
      deadline_at: p.deadline_at,
      ended_at: null,
      outcome: null,
      cost_micros: null,
      loss_micros: null,
      usage: null,
    })
    .returning("id"),
);

const updateEnd = statement<{
  walletId: string;
  id: string;
  now: number;
  outcome: Outcome;
  cost: number;
  loss: number;
  usage: string | null;
}>()((db, p) =>
  db
    .updateTable("holds")
    .set({ ended_at: p.now, outcome: p.outcome, cost_micros: p.cost, loss_micros: p.loss, usage: p.usage })
    .where("wallet_id", "=", p.walletId)
    .where("id", "=", p.id)
    .where("ended_at", "is", null)
    .returning("id"),
);

const selectEnd = statement<{ walletId: string; id: string }>()((db, p) =>
  db
    .selectFrom("holds")
    .select(["outcome", "cost_micros", "loss_micros"])
    .where("wallet_id", "=", p.walletId)
    .where("id", "=", p.id),
);

const selectOpen = statement<{ before: number; limit: number }>()((db, p) =>
  db
    .selectFrom("holds")
    .selectAll()
    .where("ended_at", "is", null)
    .where("deadline_at", "<", p.before)
    .orderBy("deadline_at")
    .limit(p.limit),
);

export async function addHold(tx: Tx, hold: Hold): Promise<void> {
  await insertHold.one(tx, {
    wallet_id: hold.walletId,
    id: hold.id,
    user_id: hold.userId,
    app_id: hold.appId,
    grant_id: hold.grantId,
    key_id: hold.keyId,
    item: hold.item,
    amount_micros: hold.amountMicros,
    windows: writeWindows(hold.windows),
    prices: JSON.stringify(hold.prices),
    request_id: hold.requestId,
    created_at: hold.createdAt,
    deadline_at: hold.deadlineAt,
  });
}

/** True for exactly one caller: the right to give back what was held. */
export async function claimEnd(tx: Tx, hold: Hold, end: HoldEnd, usage: string | null, now: number): Promise<boolean> {
  const { outcome, costMicros: cost, lossMicros: loss } = end;
  const row = await updateEnd.first(tx, { walletId: hold.walletId, id: hold.id, now, outcome, cost, loss, usage });
  return row !== undefined;
}

/** Null while the call is running; undefined when there is no such hold. */
export async function findEnd(ctx: Ctx, walletId: string, id: string): Promise<HoldEnd | null | undefined> {
  const row = await selectEnd.first(ctx, { walletId, id });
  if (!row) return undefined;
  const { outcome, cost_micros: costMicros, loss_micros: lossMicros } = row;
  return outcome && { outcome, costMicros: costMicros ?? 0, lossMicros: lossMicros ?? 0 };
}

/** Oldest deadline first. */
export async function listOpenHolds(ctx: Ctx, deadlineBefore: number, limit: number): Promise<Hold[]> {
  return (await selectOpen.all(ctx, { before: deadlineBefore, limit })).map(holdOf);
}

function holdOf(row: HoldRow): Hold {
  return {
    walletId: row.wallet_id,
    id: row.id,
    userId: row.user_id,
    appId: row.app_id,
    grantId: row.grant_id,
    keyId: row.key_id,
    item: row.item,
    amountMicros: row.amount_micros,
    windows: readWindows(row.windows),
    prices: JSON.parse(row.prices),
    requestId: row.request_id,
    createdAt: row.created_at,
    deadlineAt: row.deadline_at,
  };
}

type WindowTuple = [budgetId: string, period: Period, startsAt: number, limitMicros: number, usedMicros: number];

function writeWindows(windows: readonly TakenWindow[]): string {
  return JSON.stringify(
    windows.map((w): WindowTuple => [w.budgetId, w.period, w.startsAt, w.limitMicros, w.usedMicros]),
  );
}

export function readWindows(json: string): TakenWindow[] {
  return (JSON.parse(json) as WindowTuple[]).map(([budgetId, period, startsAt, limitMicros, usedMicros]) => ({
    budgetId,
    period,
    startsAt,
    limitMicros,
    usedMicros,
  }));
}
