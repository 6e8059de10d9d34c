import { type Ctx, inTx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { type Cache, twoGenerationCache } from "../kernel/two-generation-cache.ts";
import { type Budget, findBudget, lockBudget, type WindowKey, windowsEndingAfter } from "./budgets.sql.ts";
import { inLockOrder, openTurns, turnsOf } from "./turns.ts";
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
  const windows = windowsOf(budget, now);
  const ready = windows.every(({ period, startsAt, revision }) =>
    rows.some((row) => row.period === period && row.startsAt === startsAt && row.revision === revision),
  );
  return ready ? windows : undefined;
}

/** Under the budget's lock, so that a cap changed meanwhile cannot be written over. */
function openAll(ctx: Ctx, budgetId: string, now: number): Promise<OpenWindow[]> {
  return inTx(ctx, async (tx) => {
    const budget = await lockBudget(tx, budgetId);
    await openTurns(tx, budget, now);
    return windowsOf(budget, now);
  });
}

function windowsOf(budget: Budget, now: number): OpenWindow[] {
  return turnsOf(budget, now)
    .map((turn) => ({ ...turn, revision: budget.revision }))
    .sort(inLockOrder);
}
