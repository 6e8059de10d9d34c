import { z } from "zod";
import type { Usage } from "./pricing.ts";

/** More than any model has ever read or written at once: whoever says so is broken. */
const mostTokens = 1_000_000_000;

const tokens = z.int().min(0).max(mostTokens);

const report = z.looseObject({
  prompt_tokens: tokens,
  completion_tokens: tokens,
  prompt_tokens_details: z.looseObject({ cached_tokens: tokens.nullish() }).nullish(),
});

/** The upstream's own report, or undefined if it is none. A reported zero stays zero. */
export function readReport(value: unknown): Usage | undefined {
  const parsed = report.safeParse(value);
  if (!parsed.success) return undefined;
  const { prompt_tokens, completion_tokens, prompt_tokens_details } = parsed.data;
  return {
    inputTokens: prompt_tokens,
    cachedInputTokens: Math.min(prompt_tokens_details?.cached_tokens ?? 0, prompt_tokens),
    outputTokens: completion_tokens,
    estimated: false,
  };
}
