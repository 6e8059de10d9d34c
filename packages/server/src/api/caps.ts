import { z } from "zod";
import { periods } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { formatDollars } from "../kernel/money.ts";
import { budgetStatus } from "../ledger/index.ts";

/** An amount in decimal dollars, with two to six decimals. */
export const dollars = z.string().meta({ description: "Dollars, with two to six decimals", examples: ["5.00"] });

/** One limit, and how much of it is used. */
export const cap = z
  .object({
    period: z.enum(periods),
    limit: dollars,
    spent: dollars,
    held: dollars.meta({ description: "Taken by calls in flight" }),
    remaining: dollars,
    resets_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "Cap" });

/** The limits of a budget, the shortest period first, and when a call last took from it. */
export async function readCaps(
  ctx: Ctx,
  budgetId: string | null,
): Promise<{ caps: z.input<typeof cap>[]; lastUsedAt: number | null }> {
  const windows = budgetId === null ? [] : await budgetStatus(ctx, budgetId);
  return {
    caps: windows.map(({ period, limitMicros, spentMicros, heldMicros, remainingMicros, resetsAt }) => ({
      period,
      limit: formatDollars(limitMicros),
      spent: formatDollars(spentMicros),
      held: formatDollars(heldMicros),
      remaining: formatDollars(remainingMicros),
      resets_at: resetsAt === null ? null : new Date(resetsAt).toISOString(),
    })),
    lastUsedAt: windows[0]?.lastUsedAt ?? null,
  };
}
