import { describe, expect, it } from "vitest";
import { type Cap, capsOf, covers, lowerToCeiling, readProposal } from "./caps.ts";

describe("a proposed budget", () => {
  it("is decimal dollars and a period, by default the operator's", () => {
    expect(readProposal("5.00", "day", "month")).toEqual({
      ok: true,
      proposal: { limitMicros: 5_000_000, period: "day" },
    });
    expect(readProposal("5", undefined, "week")).toEqual({
      ok: true,
      proposal: { limitMicros: 5_000_000, period: "week" },
    });
    expect(readProposal(undefined, undefined, "month")).toEqual({ ok: true, proposal: null });
  });

  it.each([["0"], ["0.00"], ["-1"], ["1e3"], ["1e30"], ["5,00"], ["$5"], ["0.0000001"], ["99999999999"], ["five"]])(
    "[P02] cannot be %j",
    (limit) => expect(readProposal(limit, "month", "month").ok).toBe(false),
  );

  it("needs a period that we know, and an amount", () => {
    expect(readProposal("5", "year", "month").ok).toBe(false);
    expect(readProposal(undefined, "month", "month").ok).toBe(false);
  });
});

describe("a cap", () => {
  const cap = (limit: number, period: Cap["period"]): Cap => ({ limitMicros: limit * 1_000_000, period });

  it.each([
    [cap(10, "month"), cap(10, "month"), true],
    [cap(10, "month"), cap(11, "month"), false],
    [cap(10, "day"), cap(10, "month"), true],
    [cap(10, "month"), cap(5, "day"), false],
    [cap(10, "month"), cap(10, "total"), true],
    [cap(10, "total"), cap(1, "month"), false],
  ])("%j covers %j: %s", (one, other, covered) => expect(covers(one, other)).toBe(covered));

  it("is lowered to the ceiling of its period", () => {
    expect(lowerToCeiling(cap(50, "month"), { month: 20_000_000 })).toEqual(cap(20, "month"));
    expect(lowerToCeiling(cap(10, "month"), { month: 20_000_000 })).toEqual(cap(10, "month"));
    expect(lowerToCeiling(cap(50, "total"), { month: 20_000_000 })).toEqual(cap(50, "total"));
  });

  it("with the longest period comes first", () => {
    expect(capsOf({ day: 1, month: 2 })).toEqual([
      { limitMicros: 2, period: "month" },
      { limitMicros: 1, period: "day" },
    ]);
    expect(capsOf({})).toEqual([]);
  });
});
