import type { Prices } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import type { Hold, Ledger } from "../ledger/index.ts";
import { costOf, type Usage } from "./pricing.ts";

/** A call that was admitted and must end exactly once: in a bill or in nothing. */
export interface Call {
  requestId: string;
  /** Bills what was used, and answers what the user pays, in micro-dollars, after the commit: at most what was held. */
  settle(usage: Usage): Promise<number>;
  /** Gives everything back: the call came to nothing. */
  release(): Promise<void>;
  /** Our own count, where the upstream reported none. */
  estimate(outputTokens: number): Usage;
}

/** @param inputBytes the length of the body for the upstream */
export function openCall(ctx: Ctx, ledger: Ledger, hold: Hold, prices: Prices, inputBytes: number): Call {
  const { requestId } = hold;
  return {
    requestId,
    async settle(usage) {
      const cost = costOf(usage, prices);
      const costMicros = usage.estimated ? Math.min(cost, hold.amountMicros) : cost;
      const settled = await insist(ctx, hold, () => ledger.settle(ctx, hold, { costMicros, usage: { ...usage } }));
      return settled.costMicros;
    },
    async release() {
      await insist(ctx, hold, () => ledger.release(ctx, hold));
    },
    estimate: (outputTokens) => ({
      inputTokens: Math.ceil(inputBytes / bytesOfUsualToken),
      cachedInputTokens: 0,
      outputTokens,
      estimated: true,
    }),
  };
}

const bytesOfUsualToken = 4;

/** The database may be away for a moment when a call ends; its answer waits rather than going out unbilled. */
const pausesMs = [50, 250, 1_000, 3_000];

/** When every try fails, the hold stays until the sweep releases and lists it. */
async function insist<T>(ctx: Ctx, { id: holdId, requestId }: Hold, work: () => Promise<T>): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await work();
    } catch (error) {
      ctx.log.warn({ holdId, requestId, error: String(error) }, "a call could not be closed yet");
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return work();
}
