import type { Period } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { idFloor } from "../kernel/random.ts";
import { query, statement } from "../store/index.ts";
import type { Outcome } from "./holds.sql.ts";

/** One line of the bill. */
export interface Call {
  /** The id of its hold: ids sort in the order of calls. */
  id: string;
  walletId: string;
  userId: string;
  appId: string | null;
  grantId: string | null;
  keyId: string | null;
  item: string;
  requestId: string;
  createdAt: number;
  /** Null while the call is running, as are outcome, cost and loss. */
  endedAt: number | null;
  outcome: Outcome | null;
  /** Set aside at the start. */
  amountMicros: number;
  /** Charged to the wallet. */
  costMicros: number | null;
  /** What the call cost above that, carried by the platform. */
  lossMicros: number | null;
  /** What was metered; null unless settled. */
  usage: Record<string, unknown> | null;
  /** The prices of its admission. */
  prices: Record<string, number>;
  /** The limits it was admitted under, as they stood then. */
  limits: { budgetId: string; period: Period; limitMicros: number }[];
}

/** Whose calls: a wallet's; within it one user's, one app's or those without an app (`null`), one key's. */
export interface CallFilter {
  walletId: string;
  userId?: string;
  appId?: string | null;
  keyId?: string;
}

/** Calls that began at `from` or later, and before `to`; epoch milliseconds. */
export interface TimeRange {
  from: number;
  to: number;
}

export interface Sum {
  /** Settled ones. */
  calls: number;
  costMicros: number;
}

export type SumByApp = Sum & { appId: string | null };
/** `day` is the first millisecond of a day in UTC. */
export type SumByDay = Sum & { day: number };

const dayMs = 86_400_000;

const callColumns = [
  "id",
  "wallet_id",
  "user_id",
  "app_id",
  "grant_id",
  "key_id",
  "item",
  "request_id",
  "created_at",
  "ended_at",
  "outcome",
  "amount_micros",
  "cost_micros",
  "loss_micros",
  "usage",
  "prices",
  "windows",
] as const;

const selectCall = statement<{ walletId: string; id: string }>()((db, p) =>
  db.selectFrom("holds").select(callColumns).where("wallet_id", "=", p.walletId).where("id", "=", p.id),
);

/** Newest first. */
export async function selectCalls(
  ctx: Ctx,
  { walletId, userId, appId, keyId, before, limit }: CallFilter & { before?: string; limit: number },
): Promise<Call[]> {
  const rows = await query(ctx, (db) => {
    let calls = db.selectFrom("holds").select(callColumns).where("wallet_id", "=", walletId);
    if (userId !== undefined) calls = calls.where("user_id", "=", userId);
    if (appId !== undefined) calls = calls.where("app_id", appId === null ? "is" : "=", appId);
    if (keyId !== undefined) calls = calls.where("key_id", "=", keyId);
    if (before !== undefined) calls = calls.where("id", "<", before);
    return calls.orderBy("id", "desc").limit(limit);
  });
  return rows.map(callOf);
}

export async function findCall(ctx: Ctx, walletId: string, id: string): Promise<Call | undefined> {
  const row = await selectCall.first(ctx, { walletId, id });
  return row && callOf(row);
}

/** Newest first: calls that the sweep ended, so that they were not billed. */
export async function selectUnbilled(ctx: Ctx, before: string | undefined, limit: number): Promise<Call[]> {
  const rows = await query(ctx, (db) => {
    const calls = db.selectFrom("holds").select(callColumns).where("outcome", "=", "expired");
    return (before === undefined ? calls : calls.where("id", "<", before)).orderBy("id", "desc").limit(limit);
  });
  return rows.map(callOf);
}

/** What the settled calls of each app cost, exactly; calls without an app have the id null. */
export async function sumByApp(ctx: Ctx, filter: CallFilter & TimeRange): Promise<SumByApp[]> {
  const rows = await query(ctx, (db) =>
    db
      .selectFrom("holds")
      .select(({ fn }) => [
        "app_id",
        fn.countAll<number>().as("calls"),
        fn.sum<number>("cost_micros").as("cost_micros"),
      ])
      .where((eb) => eb.and(settledIn(filter).map(([column, operator, value]) => eb(column, operator, value))))
      .groupBy("app_id")
      .orderBy("app_id"),
  );
  return rows.map((row) => ({ appId: row.app_id, calls: row.calls, costMicros: row.cost_micros }));
}

/** What the settled calls of each day cost, exactly, earliest first; days without one are left out. */
export async function sumByDay(ctx: Ctx, filter: CallFilter & TimeRange): Promise<SumByDay[]> {
  const rows = await query(ctx, (db) =>
    db
      .selectFrom("holds")
      .select(({ eb, fn, lit }) => [
        eb("created_at", "/", lit(dayMs)).as("day_number"),
        fn.countAll<number>().as("calls"),
        fn.sum<number>("cost_micros").as("cost_micros"),
      ])
      .where((eb) => eb.and(settledIn(filter).map(([column, operator, value]) => eb(column, operator, value))))
      .groupBy("day_number")
      .orderBy("day_number"),
  );
  return rows.map((row) => ({ day: row.day_number * dayMs, calls: row.calls, costMicros: row.cost_micros }));
}

type Column = "wallet_id" | "id" | "created_at" | "outcome" | "user_id" | "app_id" | "key_id";

function settledIn({ walletId, userId, appId, keyId, from, to }: CallFilter & TimeRange) {
  const conditions: [Column, "=" | ">=" | "<" | "is", string | number | null][] = [
    ["wallet_id", "=", walletId],
    // No call has an id older than itself, so that this may stand beside the time: it spares reading the whole past.
    ["id", ">=", idFloor("hld", from)],
    ["created_at", ">=", from],
    ["created_at", "<", to],
    ["outcome", "=", "settled"],
  ];
  if (userId !== undefined) conditions.push(["user_id", "=", userId]);
  if (appId !== undefined) conditions.push(["app_id", appId === null ? "is" : "=", appId]);
  if (keyId !== undefined) conditions.push(["key_id", "=", keyId]);
  return conditions;
}

interface CallRow {
  id: string;
  wallet_id: string;
  user_id: string;
  app_id: string | null;
  grant_id: string | null;
  key_id: string | null;
  item: string;
  request_id: string;
  created_at: number;
  ended_at: number | null;
  outcome: Outcome | null;
  amount_micros: number;
  cost_micros: number | null;
  loss_micros: number | null;
  prices: string;
  windows: string;
  usage: string | null;
}

function callOf(row: CallRow): Call {
  return {
    id: row.id,
    walletId: row.wallet_id,
    userId: row.user_id,
    appId: row.app_id,
    grantId: row.grant_id,
    keyId: row.key_id,
    item: row.item,
    requestId: row.request_id,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    amountMicros: row.amount_micros,
    costMicros: row.cost_micros,
    lossMicros: row.loss_micros,
    prices: JSON.parse(row.prices),
    usage: row.usage === null ? null : JSON.parse(row.usage),
    limits: limitsOf(row.windows),
  };
}

function limitsOf(windows: string): Call["limits"] {
  const taken = JSON.parse(windows) as [budgetId: string, period: Period, startsAt: number, limitMicros: number][];
  return taken.map(([budgetId, period, , limitMicros]) => ({ budgetId, period, limitMicros }));
}
