/** Money is integer micro-dollars; text is what people and configuration files write. */
import { assert } from "./assert.ts";

const microsPerDollar = 1_000_000;

// A comma separates decimals only before one or two digits: "1,000" could mean a thousand, so it means nothing.
const dollars = /^\$?(\d{1,10})(?:\.(\d{1,6})|,(\d{1,2}))?$/;

/** Micro-dollars of `10`, `10.5`, `10,50` or `$10` (six decimals at most); undefined for anything else. */
export function parseDollars(text: string): number | undefined {
  const match = dollars.exec(text.trim());
  if (!match) return undefined;
  const decimals = match[2] ?? match[3] ?? "";
  const micros = Number(match[1]) * microsPerDollar + Number(decimals.padEnd(6, "0"));
  return Number.isSafeInteger(micros) ? micros : undefined;
}

/** Dollars with two decimals, or up to six where the amount needs them: `5.00`, `0.000012`. */
export function formatDollars(micros: number): string {
  assert(Number.isSafeInteger(micros), "an amount is a safe integer of micro-dollars");
  const amount = Math.abs(micros);
  const decimals = String(amount % microsPerDollar).padStart(6, "0");
  const shown = decimals.replace(/0{1,4}$/, "");
  return `${micros < 0 ? "-" : ""}${Math.floor(amount / microsPerDollar)}.${shown}`;
}

export interface PricedTokens {
  tokens: number;
  microsPerMillion: number;
}

/** The micro-dollars of one call: every part summed exactly, rounded up once. */
export function priceOf(parts: readonly PricedTokens[], callMicros: number): number {
  let picos = BigInt(callMicros) * 1_000_000n;
  for (const { tokens, microsPerMillion } of parts) {
    assert(tokens >= 0 && microsPerMillion >= 0, "tokens and prices are never negative");
    picos += BigInt(tokens) * BigInt(microsPerMillion);
  }
  const micros = Number((picos + 999_999n) / 1_000_000n);
  assert(Number.isSafeInteger(micros), "a price is a safe integer of micro-dollars");
  return micros;
}
