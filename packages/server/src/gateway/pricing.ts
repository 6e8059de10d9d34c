import type { Prices } from "../config/config.ts";
import { assert } from "../kernel/assert.ts";
import { priceOf } from "../kernel/money.ts";
import type { Bound } from "./endpoints/endpoint.ts";

/** What one call used, as the upstream reported it; `estimated` when it did not and we counted. */
export interface Usage {
  inputTokens: number;
  /** Part of `inputTokens`. */
  cachedInputTokens: number;
  outputTokens: number;
  estimated: boolean;
}

/** Micro-dollars of one call at the prices of its admission. */
export function costOf(usage: Usage, prices: Prices): number {
  assert(usage.cachedInputTokens <= usage.inputTokens, "cached input is part of the input");
  return priceOf(
    [
      { tokens: usage.inputTokens - usage.cachedInputTokens, microsPerMillion: prices.input },
      { tokens: usage.cachedInputTokens, microsPerMillion: prices.cachedInput },
      { tokens: usage.outputTokens, microsPerMillion: prices.output },
    ],
    prices.call,
  );
}

/** The most a call of this bound can cost, in micro-dollars. */
export function costOfBound(bound: Bound, prices: Prices, outputTokens = bound.outputTokens): number {
  return priceOf(
    [
      { tokens: bound.inputTokens, microsPerMillion: Math.max(prices.input, prices.cachedInput) },
      { tokens: bound.choices * outputTokens, microsPerMillion: prices.output },
    ],
    prices.call,
  );
}

/** How many tokens each answer may have so that the whole call stays within `micros`; zero if not even one. */
export function affordableOutput(bound: Bound, prices: Prices, micros: number): number {
  if (costOfBound(bound, prices, 0) > micros) return 0;
  if (prices.output === 0) return bound.outputTokens;
  const input = BigInt(bound.inputTokens) * BigInt(Math.max(prices.input, prices.cachedInput));
  const left = BigInt(micros - prices.call) * 1_000_000n - input;
  const tokens = left / (BigInt(prices.output) * BigInt(bound.choices));
  return tokens > BigInt(bound.outputTokens) ? bound.outputTokens : Number(tokens);
}

/** About four bytes of text stand for one token. For answers whose upstream reports nothing. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
