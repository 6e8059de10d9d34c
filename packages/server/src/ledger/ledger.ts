import type { Ctx } from "../context.ts";
import { type EndVerdict, release, type Settlement, settle } from "./end-hold.ts";
import { type HoldRequest, type HoldVerdict, hold } from "./hold.ts";
import type { Hold } from "./holds.sql.ts";
import { OpenWindows } from "./open-windows.ts";
import { affordable, type Purse, readBounds } from "./refusal.ts";
import { expireAll, sweep } from "./sweep.ts";

/** What spending goes through. One per process, because it remembers which windows are open. */
export interface Ledger {
  /** Sets money aside for a call, in all its budgets and in the wallet, or says what stands in the way. */
  hold(ctx: Ctx, request: HoldRequest): Promise<HoldVerdict>;
  /** The most that could be held now, in micro-dollars; by the time of the hold it may be less. */
  room(ctx: Ctx, purse: Purse): Promise<{ affordableMicros: number }>;
  /** Charges what the call cost, at most what was held; the rest of the cost is the platform's loss. */
  settle(ctx: Ctx, hold: Hold, settlement: Settlement): Promise<EndVerdict>;
  /** Gives everything back. */
  release(ctx: Ctx, hold: Hold): Promise<EndVerdict>;
  /** Ends holds past their deadline, unbilled. Answers how many. */
  sweep(ctx: Ctx): Promise<number>;
  /** Ends every open hold, unbilled: for the start of a process that has the database for itself. */
  expireAll(ctx: Ctx): Promise<number>;
}

export function createLedger(): Ledger {
  const windows = new OpenWindows();
  return {
    hold: (ctx, request) => hold(ctx, windows, request),
    room: async (ctx, purse) => ({ affordableMicros: affordable(await readBounds(ctx, purse)) }),
    settle,
    release,
    sweep,
    expireAll,
  };
}
