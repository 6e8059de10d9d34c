import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  amountInput,
  billTexts,
  callParts,
  callText,
  countText,
  exactText,
  leftText,
  shareOf,
  spentOfText,
  spentText,
} from "./money-text.ts";

const amounts = fc.integer({ min: 0, max: 5_000_000_000_000 });
const numberIn = (text: string) => Number(text.replace(/[$,]/g, ""));

describe("amounts", () => {
  it("has two decimals and grouped thousands", () => {
    expect(spentText(1_204_500_000)).toBe("$1,204.50");
    expect(leftText(1_204_318_070_000)).toBe("$1,204,318.07");
    expect(spentText(0)).toBe("$0.00");
  });

  it("rounds what is spent up and what is left down", () => {
    expect(spentText(8_301_001)).toBe("$8.31");
    expect(leftText(8_309_999)).toBe("$8.30");
  });

  it("never shows more spent than a limit that is finer than cents", () => {
    expect(spentOfText(10_011, 20_000)).toBe("$0.02");
    expect(spentOfText(10_011, 10_500)).toBe("$0.010011");
  });

  it("never shows something as nothing", () => {
    expect(spentText(1)).toBe("under $0.01");
    expect(leftText(9_999)).toBe("under $0.01");
    expect(leftText(10_000)).toBe("$0.01");
  });

  it("puts a real minus before the sign", () => {
    expect(leftText(-1_230_000)).toBe("−$1.23");
    expect(leftText(-1)).toBe("−$0.01");
  });

  it("shows a cap as it was written", () => {
    expect(exactText(10_000_000)).toBe("$10.00");
    expect(exactText(10_500_000)).toBe("$10.50");
    expect(exactText(150_000)).toBe("$0.15");
    expect(exactText(12)).toBe("$0.000012");
    expect(exactText(-1_230_000)).toBe("−$1.23");
    expect(amountInput(1_200_500_000)).toBe("1200.50");
  });

  it("never promises a cent that is not there, nor hides one that was spent", () => {
    fc.assert(
      fc.property(amounts, (micros) => {
        if (micros < 10_000) return;
        expect(numberIn(leftText(micros)) * 1_000_000).toBeLessThanOrEqual(micros + 0.001);
        expect(numberIn(spentText(micros)) * 1_000_000).toBeGreaterThanOrEqual(micros - 0.001);
      }),
    );
  });
});

describe("the price of one call", () => {
  it("has six decimals, with the zeros before its first figure apart", () => {
    expect(callText(11_130)).toBe("$0.011130");
    expect(callParts(11_130)).toEqual(["$0.0", "11130"]);
    expect(callParts(895)).toEqual(["$0.000", "895"]);
    expect(callParts(1_200_000)).toEqual(["", "$1.200000"]);
    expect(callParts(0)).toEqual(["$0.000000", ""]);
  });
});

describe("a bill", () => {
  it("adds up in cents where it can", () => {
    expect(billTexts([11_200_000, 8_310_000])).toEqual({ rows: ["$11.20", "$8.31"], sum: "$19.51" });
    expect(billTexts([8_301_001])).toEqual({ rows: ["$8.31"], sum: "$8.31" });
  });

  it("shows more decimals rather than a sum that is wrong or a row that is nothing", () => {
    expect(billTexts([1_001_000, 1_001_000])).toEqual({ rows: ["$1.0010", "$1.0010"], sum: "$2.0020" });
    expect(billTexts([11_130, 895])).toEqual({ rows: ["$0.0112", "$0.0009"], sum: "$0.0121" });
    expect(billTexts([11_130, 5_001])).toEqual({ rows: ["$0.011130", "$0.005001"], sum: "$0.016131" });
    expect(billTexts([])).toEqual({ rows: [], sum: "$0.00" });
  });

  it("always adds up as shown", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50_000_000 }), { maxLength: 8 }), (amountsOfRows) => {
        const { rows, sum } = billTexts(amountsOfRows);
        const total = rows.reduce((micros, row) => micros + Math.round(numberIn(row) * 1_000_000), 0);
        expect(total).toBe(Math.round(numberIn(sum) * 1_000_000));
      }),
    );
  });
});

describe("counts and shares", () => {
  it("groups a count", () => {
    expect([0, 999, 1_000, 4_714, 1_234_567].map((count) => countText(count))).toEqual([
      "0",
      "999",
      "1,000",
      "4,714",
      "1,234,567",
    ]);
  });

  it("ends a meter at the cap, also when the cap is nothing", () => {
    expect(shareOf(8_310_000, 10_000_000)).toBe(83.1);
    expect(shareOf(12_000_000, 10_000_000)).toBe(100);
    expect(shareOf(0, 0)).toBe(100);
  });
});
