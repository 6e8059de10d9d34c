import { describe, expect, it } from "vitest";
import { affordable, type Bound, judge, judgeBusy } from "./refusal.ts";

const bound = (facts: Partial<Bound>): Bound => ({
  source: "budget",
  budgetId: "bud_1",
  period: "month",
  limitMicros: 100,
  spentMicros: 0,
  heldMicros: 0,
  resetsAt: null,
  ...facts,
});
const wallet = (limitMicros: number, heldMicros = 0) =>
  bound({ source: "wallet", budgetId: null, period: null, limitMicros, heldMicros });

describe("a refusal", () => {
  it("is none while every bound has room", () => {
    expect(judge([bound({ spentMicros: 40, heldMicros: 50 }), wallet(10)], 10)).toBeUndefined();
  });

  it("names the cap when what is spent stands in the way", () => {
    const verdict = judge([bound({ spentMicros: 91 }), wallet(1000)], 10);
    expect(verdict).toMatchObject({ why: "cap", refusal: { limitMicros: 100, spentMicros: 91, affordableMicros: 9 } });
  });

  it("names the balance when the wallet does not reach", () => {
    const verdict = judge([bound({}), wallet(9)], 10);
    expect(verdict).toMatchObject({ why: "balance", refusal: { source: "wallet", affordableMicros: 9 } });
  });

  it("is in flight when it would fit without the calls under way", () => {
    const verdict = judge([bound({ spentMicros: 50, heldMicros: 45 }), wallet(1000)], 10);
    expect(verdict).toMatchObject({ why: "in_flight", refusal: { heldMicros: 45, affordableMicros: 5 } });
    expect(judge([bound({}), wallet(20, 15)], 10)).toMatchObject({ why: "in_flight", refusal: { source: "wallet" } });
  });

  it("names what waiting does not cure before what it does", () => {
    const bounds = [
      bound({ period: "day", heldMicros: 100 }),
      bound({ period: "month", spentMicros: 95 }),
      wallet(1000),
    ];
    expect(judge(bounds, 10)).toMatchObject({ why: "cap", refusal: { period: "month", affordableMicros: 0 } });
  });

  it("names the tightest of several", () => {
    const bounds = [bound({ period: "day", spentMicros: 95 }), bound({ period: "week", spentMicros: 97 }), wallet(4)];
    expect(judge(bounds, 10)).toMatchObject({ why: "cap", refusal: { period: "week", affordableMicros: 3 } });
  });

  it("affords nothing under a cap lowered below what is spent", () => {
    expect(affordable([bound({ limitMicros: 10, spentMicros: 30 }), wallet(1000)])).toBe(0);
  });

  it("is in flight for a call that lost its room again and again", () => {
    const verdict = judgeBusy([bound({ period: "day", spentMicros: 30 }), bound({ spentMicros: 60 }), wallet(1000)]);
    expect(verdict).toMatchObject({ why: "in_flight", refusal: { period: "month", affordableMicros: 40 } });
  });
});
