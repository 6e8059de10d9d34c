import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { affordableOutput, type Bound, costOf, costOfBound, readUsage } from "./pricing.ts";

const perMillion = fc.oneof(fc.constant(0), fc.nat(2_000), fc.nat(2_000_000_000));
const prices = fc.record({ input: perMillion, cachedInput: perMillion, output: perMillion, call: fc.nat(5_000_000) });
const bounds: fc.Arbitrary<Bound> = fc.record({
  inputTokens: fc.nat(2_000_000),
  choices: fc.integer({ min: 1, max: 128 }),
  outputTokens: fc.integer({ min: 1, max: 1_000_000 }),
});
/** A part of a whole, its ends included. */
const share = fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));

describe("the price of a call", () => {
  it("[O14] is never above what was held for its bound, in 10,000 random priced requests", () => {
    fc.assert(
      fc.property(prices, bounds, fc.tuple(share, share, share), (prices, bound, [input, cached, output]) => {
        const inputTokens = Math.floor(bound.inputTokens * input);
        const usage = {
          inputTokens,
          cachedInputTokens: Math.floor(inputTokens * cached),
          outputTokens: Math.floor(bound.outputTokens * bound.choices * output),
          estimated: false,
        };
        expect(costOf(usage, prices)).toBeLessThanOrEqual(costOfBound(bound, prices));
      }),
      { numRuns: 10_000 },
    );
  });

  it("is rounded up once for all its parts", () => {
    const tiny = { input: 1, cachedInput: 1, output: 1, call: 0 };
    expect(costOf({ inputTokens: 2, cachedInputTokens: 1, outputTokens: 1, estimated: false }, tiny)).toBe(1);
    expect(costOf({ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, estimated: false }, tiny)).toBe(0);
  });
});

it("[R32] finds the longest answer that can be paid: one token more cannot", () => {
  fc.assert(
    fc.property(prices, bounds, fc.nat(10_000_000_000), (prices, bound, micros) => {
      const outputTokens = affordableOutput(bound, prices, micros);
      expect(outputTokens).toBeLessThanOrEqual(bound.outputTokens);
      if (outputTokens > 0) expect(costOfBound({ ...bound, outputTokens }, prices)).toBeLessThanOrEqual(micros);
      if (outputTokens < bound.outputTokens) {
        expect(costOfBound({ ...bound, outputTokens: outputTokens + 1 }, prices)).toBeGreaterThan(micros);
      }
    }),
    { numRuns: 10_000 },
  );
});

it("reads what was metered back from the bill, and nothing else", () => {
  const usage = { inputTokens: 3, cachedInputTokens: 1, outputTokens: 0, estimated: true };
  expect(readUsage(JSON.parse(JSON.stringify(usage)))).toEqual(usage);
  for (const other of [null, {}, { ...usage, inputTokens: -1 }]) expect(readUsage(other)).toBeUndefined();
});
