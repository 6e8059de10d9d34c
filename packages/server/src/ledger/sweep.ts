import type { Ctx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { expire } from "./end-hold.ts";
import { listOpenHolds } from "./holds.sql.ts";

const batchSize = 100;

/**
 * Ends the holds whose deadline is over: their process died, or never heard from the upstream. To be called twice a
 * minute or more. Answers how many it ended.
 */
export async function sweep(ctx: Ctx): Promise<number> {
  return expireBefore(ctx, ctx.clock.now());
}

/** At the start of a process that has the database for itself: every open hold belonged to a dead one. */
export async function expireAll(ctx: Ctx): Promise<number> {
  assert(ctx.db.singleProcess, "other processes may have calls in flight");
  return expireBefore(ctx, Number.MAX_SAFE_INTEGER);
}

/** Each in a transaction of its own: holds share windows, and several at once would lock them out of order. */
async function expireBefore(ctx: Ctx, deadline: number): Promise<number> {
  for (let expired = 0; ; ) {
    const holds = await listOpenHolds(ctx, deadline, batchSize);
    const verdicts = await Promise.all(holds.map((hold) => expire(ctx, hold)));
    expired += verdicts.filter(({ ok }) => ok).length;
    if (holds.length < batchSize) return expired;
  }
}
