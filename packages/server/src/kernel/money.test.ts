import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDollars, parseDollars, priceOf } from "./money.ts";

describe("parseDollars", () => {
  it.each([
    ["10", 10_000_000],
    ["10.5", 10_500_000],
    ["10,50", 10_500_000],
    ["10,5", 10_500_000],
    ["$10", 10_000_000],
    [" 5.00 ", 5_000_000],
    ["0", 0],
    ["0.000001", 1],
    ["9007199254.740991", Number.MAX_SAFE_INTEGER],
  ])("reads %j", (text, micros) => expect(parseDollars(text)).toBe(micros));

  it.each([
    ..."-1|+1|1e3|1E3|0x10||  |.|.5|5.|5,|1,000|1.000.000|1,000.00|1 000|1_000|0.0000001|NaN|Infinity|$|$$5|5$|€5|١".split(
      "|",
    ),
    "9007199254.740992",
    "99999999999",
    "1".repeat(100_000),
  ])("refuses %j", (text) => expect(parseDollars(text)).toBeUndefined());

  it("is undone by formatDollars and back", () => {
    fc.assert(fc.property(fc.maxSafeNat(), (micros) => parseDollars(formatDollars(micros)) === micros));
  });
});

describe("formatDollars", () => {
  it.each([
    [0, "0.00"],
    [5_000_000, "5.00"],
    [5_500_000, "5.50"],
    [1_234_000, "1.234"],
    [12, "0.000012"],
    [100_000_000, "100.00"],
    [-1_500_000, "-1.50"],
  ])("writes %d", (micros, text) => expect(formatDollars(micros)).toBe(text));

  it("refuses what is no integer", () => {
    for (const micros of [0.5, Number.NaN, 2 ** 53]) expect(() => formatDollars(micros)).toThrow("safe integer");
  });
});

describe("priceOf", () => {
  const parts = fc.array(
    fc.record({ tokens: fc.integer({ min: 0, max: 10_000_000 }), microsPerMillion: fc.integer({ min: 0, max: 1e9 }) }),
    { maxLength: 5 },
  );

  it("is the exact sum rounded up once", () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 1_000_000 }), (tokens, call) => {
        const exact = tokens.reduce((sum, part) => sum + BigInt(part.tokens) * BigInt(part.microsPerMillion), 0n);
        const micros = BigInt(priceOf(tokens, call)) - BigInt(call);
        expect(micros * 1_000_000n >= exact).toBe(true);
        expect((micros - 1n) * 1_000_000n < exact).toBe(true);
      }),
    );
  });

  it("does not round each part", () => {
    const part = { tokens: 1, microsPerMillion: 400_000 };
    expect(priceOf([part, part], 0)).toBe(1);
    expect(priceOf([part, part, part], 10)).toBe(12);
    expect(priceOf([], 0)).toBe(0);
  });

  it("refuses negative, broken and boundless figures", () => {
    expect(() => priceOf([{ tokens: -1, microsPerMillion: 1 }], 0)).toThrow("never negative");
    expect(() => priceOf([{ tokens: 1.5, microsPerMillion: 1 }], 0)).toThrow();
    expect(() => priceOf([{ tokens: 1e15, microsPerMillion: 1e15 }], 0)).toThrow("safe integer");
  });
});
