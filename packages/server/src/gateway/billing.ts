import type { Model } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import type { Hold, Ledger } from "../ledger/index.ts";
import { costOf, type Usage } from "./pricing.ts";

/** A call that was admitted and must end exactly once: in a bill or in nothing. */
export interface Call {
  hold: Hold;
  model: Model;
  /** Length of the request body: our own count of the input, if nobody reports one. */
  requestBytes: number;
  inputTokensBound: number;
  requestId: string;
}

/** The database may be away for a moment when a call ends; its answer waits rather than going out unbilled. */
const pausesMs = [50, 250, 1_000, 3_000];

/** Bills what was used, and answers what the user pays after the commit: at most what was held. */
export async function settleCall(ctx: Ctx, ledger: Ledger, call: Call, usage: Usage): Promise<number> {
  const reported = costOf(usage, call.model.prices);
  const costMicros = usage.estimated ? Math.min(reported, call.hold.amountMicros) : reported;
  const settled = await insist(ctx, call, () => ledger.settle(ctx, call.hold, { costMicros, usage }));
  return settled.costMicros;
}

/** Gives everything back: the call came to nothing. */
export async function releaseCall(ctx: Ctx, ledger: Ledger, call: Call): Promise<void> {
  await insist(ctx, call, () => ledger.release(ctx, call.hold));
}

/** When every try fails, the hold stays until the sweep releases and lists it. */
async function insist<T>(ctx: Ctx, call: Call, work: () => Promise<T>): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await work();
    } catch (error) {
      ctx.log.warn(
        { holdId: call.hold.id, requestId: call.requestId, error: String(error) },
        "a call could not be closed yet",
      );
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return work();
}

/** Our own count, where the upstream reported none. */
export function estimatedUsage(call: Call, outputTokens: number): Usage {
  const inputTokens = Math.min(Math.ceil(call.requestBytes / 4), call.inputTokensBound);
  return { inputTokens, cachedInputTokens: 0, outputTokens, estimated: true };
}
