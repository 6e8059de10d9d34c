import { type Ctx, inTx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { type Cache, twoGenerationCache } from "../kernel/two-generation-cache.ts";
import { findBudget, lockBudget, type WindowKey, windowsEndingAfter, writeWindow } from "./budgets.sql.ts";
import { turnsOf } from "./budgets.ts";
import { isWithin, type Turn } from "./window.ts";

/** A window into which a hold goes, and the revision of the limits under which it was found. */
export interface OpenWindow extends WindowKey, Turn {
  revision: number;
}

/**
 * Remembers the windows of budgets, so that a hold need not look for them. Memory only says where to try: the row's own
 * limit and revision decide, so what is remembered too long is refused, never admitted.
 */
export class OpenWindows {
  readonly #known: Cache<string, readonly OpenWindow[]> = twoGenerationCache(10_000);

  /** Of all these budgets, in the one order in which everybody locks windows. Creates what is missing. */
  async of(ctx: Ctx, budgetIds: readonly string[]): Promise<OpenWindow[]> {
    const ids = [...new Set(budgetIds)].sort();
    const windows = await Promise.all(ids.map((id) => this.#ofBudget(ctx, id)));
    return windows.flat();
  }

  forget(budgetIds: readonly string[]): void {
    for (const id of budgetIds) this.#known.delete(id);
  }

  async #ofBudget(ctx: Ctx, budgetId: string): Promise<readonly OpenWindow[]> {
    const now = ctx.clock.now();
    const known = this.#known.get(budgetId);
    if (known?.every((window) => isWithin(window, now))) return known;
    const windows = (await findAll(ctx, budgetId, now)) ?? (await openAll(ctx, budgetId, now));
    this.#known.set(budgetId, windows);
    return windows;
  }
}

/** Undefined unless all windows of the budget stand ready under its present revision. */
async function findAll(ctx: Ctx, budgetId: string, now: number): Promise<OpenWindow[] | undefined> {
  const budget = await findBudget(ctx, budgetId);
  assert(budget, `there is a budget ${budgetId}`);
  const rows = await windowsEndingAfter(ctx, budgetId, now);
  const { revision } = budget;
  const windows = inLockOrder(turnsOf(budget, now)).map((turn) => ({ ...turn, budgetId, revision }));
  const ready = windows.every((window) =>
    rows.some((row) => row.period === window.period && row.startsAt === window.startsAt && row.revision === revision),
  );
  return ready ? windows : undefined;
}

/** Under the budget's lock, so that a cap changed meanwhile cannot be written over. */
function openAll(ctx: Ctx, budgetId: string, now: number): Promise<OpenWindow[]> {
  return inTx(ctx, async (tx) => {
    const budget = await lockBudget(tx, budgetId);
    const { revision } = budget;
    const windows = inLockOrder(turnsOf(budget, now)).map((turn) => ({ ...turn, budgetId, revision }));
    for (const window of windows) await writeWindow(tx, window);
    return windows;
  });
}

function inLockOrder<T extends { period: string }>(turns: T[]): T[] {
  return turns.sort((a, b) => (a.period < b.period ? -1 : 1));
}
