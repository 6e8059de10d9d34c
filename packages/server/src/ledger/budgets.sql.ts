import type { Period } from "../config/config.ts";
import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { Turn } from "./window.ts";

/** That of windows nobody counts in: no budget ever has it, so no hold goes into them. */
const closedRevision = 0;

type LimitColumns = Record<"day" | "week" | "month" | "total", number | null>;

const insertBudget = statement<{ id: string; now: number } & LimitColumns>()((db, p) =>
  db
    .insertInto("budgets")
    .values({
      id: p.id,
      limit_day_micros: p.day,
      limit_week_micros: p.week,
      limit_month_micros: p.month,
      limit_total_micros: p.total,
      revision: 1,
      created_at: p.now,
      updated_at: p.now,
    })
    .returning("id"),
);

const selectBudget = statement<{ id: string }>()((db, p) =>
  db.selectFrom("budgets").selectAll().where("id", "=", p.id),
);

const updateLimits = statement<{ id: string; now: number } & LimitColumns>()((db, p) =>
  db
    .updateTable("budgets")
    .set((eb) => ({
      limit_day_micros: p.day,
      limit_week_micros: p.week,
      limit_month_micros: p.month,
      limit_total_micros: p.total,
      revision: eb("revision", "+", 1),
      updated_at: p.now,
    }))
    .where("id", "=", p.id)
    .returningAll(),
);

const touchBudget = statement<{ id: string; now: number }>()((db, p) =>
  db.updateTable("budgets").set({ updated_at: p.now }).where("id", "=", p.id).returningAll(),
);

const selectWindowsEndingAfter = statement<{ budgetId: string; time: number }>()((db, p) =>
  db
    .selectFrom("budget_windows")
    .select(["period", "starts_at", "ends_at", "spent_micros", "held_micros", "revision"])
    .where("budget_id", "=", p.budgetId)
    .where((eb) => eb.or([eb("ends_at", "is", null), eb("ends_at", ">", p.time)])),
);

const selectUnclosed = statement<{ budgetId: string }>()((db, p) =>
  db
    .selectFrom("budget_windows")
    .select(["period", "starts_at", "ends_at", "revision"])
    .where("budget_id", "=", p.budgetId)
    .where("revision", "<>", closedRevision),
);

const updateClosed = statement<{ budgetId: string; period: Period; startsAt: number }>()((db, p) =>
  db
    .updateTable("budget_windows")
    .set({ revision: closedRevision })
    .where("budget_id", "=", p.budgetId)
    .where("period", "=", p.period)
    .where("starts_at", "=", p.startsAt)
    .returning("period"),
);

const upsertWindow = statement<{
  budgetId: string;
  period: Period;
  startsAt: number;
  endsAt: number | null;
  limit: number;
  revision: number;
}>()((db, p) =>
  db
    .insertInto("budget_windows")
    .values({
      budget_id: p.budgetId,
      period: p.period,
      starts_at: p.startsAt,
      ends_at: p.endsAt,
      limit_micros: p.limit,
      spent_micros: 0,
      held_micros: 0,
      revision: p.revision,
      last_used_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(["budget_id", "period", "starts_at"]).doUpdateSet((eb) => ({
        limit_micros: eb.ref("excluded.limit_micros"),
        revision: eb.ref("excluded.revision"),
      })),
    )
    .returning("period"),
);

const holdInWindow = statement<{
  budgetId: string;
  period: Period;
  startsAt: number;
  revision: number;
  amount: number;
  now: number;
}>()((db, p) =>
  db
    .updateTable("budget_windows")
    .set((eb) => ({ held_micros: eb("held_micros", "+", p.amount), last_used_at: p.now }))
    .where("budget_id", "=", p.budgetId)
    .where("period", "=", p.period)
    .where("starts_at", "=", p.startsAt)
    .where("revision", "=", p.revision)
    .where((eb) => eb(eb(eb("spent_micros", "+", eb.ref("held_micros")), "+", p.amount), "<=", eb.ref("limit_micros")))
    .returning(["limit_micros", "spent_micros", "held_micros"]),
);

const endInWindow = statement<{ budgetId: string; period: Period; startsAt: number; held: number; cost: number }>()(
  (db, p) =>
    db
      .updateTable("budget_windows")
      .set((eb) => ({ held_micros: eb("held_micros", "-", p.held), spent_micros: eb("spent_micros", "+", p.cost) }))
      .where("budget_id", "=", p.budgetId)
      .where("period", "=", p.period)
      .where("starts_at", "=", p.startsAt)
      .returning("period"),
);

const selectLastUse = statement<{ budgetId: string }>()((db, p) =>
  db
    .selectFrom("budget_windows")
    .select((eb) => eb.fn.max("last_used_at").as("last_used_at"))
    .where("budget_id", "=", p.budgetId),
);

/** The most that may be spent, in micro-dollars, for each period that has a limit. */
export type Limits = Partial<Record<Period, number>>;

export interface Budget {
  id: string;
  limits: Limits;
  /** Goes up with every change of a limit. */
  revision: number;
}

export interface WindowKey {
  budgetId: string;
  period: Period;
  startsAt: number;
}

export interface WindowRow extends Turn {
  period: Period;
  spentMicros: number;
  heldMicros: number;
  revision: number;
}

export async function addBudget(tx: Tx, id: string, limits: Limits): Promise<void> {
  await insertBudget.one(tx, { id, now: tx.clock.now(), ...columnsOf(limits) });
}

export async function findBudget(ctx: Ctx, id: string): Promise<Budget | undefined> {
  const row = await selectBudget.first(ctx, { id });
  return row && budgetOf(row);
}

/** Locks the budget's row until the end of the transaction, as everything that writes limits into windows must. */
export async function lockBudget(tx: Tx, id: string): Promise<Budget> {
  return budgetOf(await touchBudget.one(tx, { id, now: tx.clock.now() }));
}

/** The same lock, with new limits under the next revision. */
export async function rewriteLimits(tx: Tx, id: string, limits: Limits): Promise<Budget> {
  return budgetOf(await updateLimits.one(tx, { id, now: tx.clock.now(), ...columnsOf(limits) }));
}

export async function windowsEndingAfter(ctx: Ctx, budgetId: string, time: number): Promise<WindowRow[]> {
  const rows = await selectWindowsEndingAfter.all(ctx, { budgetId, time });
  return rows.map((row) => ({
    period: row.period,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    spentMicros: row.spent_micros,
    heldMicros: row.held_micros,
    revision: row.revision,
  }));
}

/** The windows that would admit holds, were the limits as they were. */
export async function unclosedWindows(
  tx: Tx,
  budgetId: string,
): Promise<(Turn & { period: Period; revision: number })[]> {
  const rows = await selectUnclosed.all(tx, { budgetId });
  return rows.map((row) => ({
    period: row.period,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    revision: row.revision,
  }));
}

/** From now on no hold goes into it. The budget's row must be locked. */
export async function closeWindow(tx: Tx, { budgetId, period, startsAt }: WindowKey): Promise<void> {
  await updateClosed.one(tx, { budgetId, period, startsAt });
}

/** Creates the window, or gives it this limit and revision. The budget's row must be locked. */
export async function writeWindow(
  tx: Tx,
  window: WindowKey & Turn & { limitMicros: number; revision: number },
): Promise<void> {
  const { budgetId, period, startsAt, endsAt, limitMicros, revision } = window;
  await upsertWindow.one(tx, { budgetId, period, startsAt, endsAt, limit: limitMicros, revision });
}

/** What a window looked like the moment it admitted a hold, under its lock. */
export interface Admission {
  limitMicros: number;
  /** Spent and held together, this hold included. */
  usedMicros: number;
}

/** Undefined when the amount does not fit, or when the limits changed since `revision`, or when there is no window. */
export async function takeFromWindow(
  tx: Tx,
  { budgetId, period, startsAt, revision }: WindowKey & { revision: number },
  amountMicros: number,
  now: number,
): Promise<Admission | undefined> {
  const row = await holdInWindow.first(tx, { budgetId, period, startsAt, revision, amount: amountMicros, now });
  return row && { limitMicros: row.limit_micros, usedMicros: row.spent_micros + row.held_micros };
}

export async function endTakeFromWindow(
  tx: Tx,
  { budgetId, period, startsAt }: WindowKey,
  heldMicros: number,
  costMicros: number,
): Promise<void> {
  await endInWindow.one(tx, { budgetId, period, startsAt, held: heldMicros, cost: costMicros });
}

export async function findLastUse(ctx: Ctx, budgetId: string): Promise<number | null> {
  return (await selectLastUse.one(ctx, { budgetId })).last_used_at;
}

function columnsOf(limits: Limits): LimitColumns {
  return {
    day: limits.day ?? null,
    week: limits.week ?? null,
    month: limits.month ?? null,
    total: limits.total ?? null,
  };
}

function budgetOf(row: {
  id: string;
  limit_day_micros: number | null;
  limit_week_micros: number | null;
  limit_month_micros: number | null;
  limit_total_micros: number | null;
  revision: number;
}): Budget {
  const limits: Limits = {};
  if (row.limit_day_micros !== null) limits.day = row.limit_day_micros;
  if (row.limit_week_micros !== null) limits.week = row.limit_week_micros;
  if (row.limit_month_micros !== null) limits.month = row.limit_month_micros;
  if (row.limit_total_micros !== null) limits.total = row.limit_total_micros;
  return { id: row.id, limits, revision: row.revision };
}
