import { z } from "zod";
import type { Prices } from "../config/config.ts";
import { priceOf } from "../kernel/money.ts";

/** What one call used, as the upstream reported it; `estimated` when it did not and we counted. */
export interface Usage {
  inputTokens: number;
  /** Part of `inputTokens`. */
  cachedInputTokens: number;
  outputTokens: number;
  estimated: boolean;
}

const count = z.int().min(0);
const storedUsage = z.object({
  inputTokens: count,
  cachedInputTokens: count,
  outputTokens: count,
  estimated: z.boolean(),
});

/** What was metered, as it stands on the bill; undefined for a call that came to nothing. */
export function readUsage(stored: unknown): Usage | undefined {
  return storedUsage.safeParse(stored).data;
}

/** Micro-dollars of one call. */
export function costOf({ inputTokens, cachedInputTokens, outputTokens }: Usage, prices: Prices): number {
  return priceOf(
    [
      { tokens: inputTokens - cachedInputTokens, microsPerMillion: prices.input },
      { tokens: cachedInputTokens, microsPerMillion: prices.cachedInput },
      { tokens: outputTokens, microsPerMillion: prices.output },
    ],
    prices.call,
  );
}

/** The most that a call can use. */
export interface Bound {
  /** Never below what the upstream will count. */
  inputTokens: number;
  /** Answers asked for at once. */
  choices: number;
  /** The most tokens of one answer. */
  outputTokens: number;
}

/** The most that a call of this bound can cost, in micro-dollars. */
export function costOfBound({ inputTokens, choices, outputTokens }: Bound, prices: Prices): number {
  return priceOf(
    [
      { tokens: inputTokens, microsPerMillion: dearestInput(prices) },
      { tokens: choices * outputTokens, microsPerMillion: prices.output },
    ],
    prices.call,
  );
}

/** How many tokens each answer may have so that the whole call stays within `micros`; zero if not even one. */
export function affordableOutput(bound: Bound, prices: Prices, micros: number): number {
  const input = BigInt(bound.inputTokens) * BigInt(dearestInput(prices));
  const left = BigInt(micros - prices.call) * 1_000_000n - input;
  if (left < 0n) return 0;
  if (prices.output === 0) return bound.outputTokens;
  const tokens = left / (BigInt(prices.output) * BigInt(bound.choices));
  return Math.min(bound.outputTokens, Number(tokens));
}

function dearestInput({ input, cachedInput }: Prices): number {
  return Math.max(input, cachedInput);
}
