import { describe, expect, it } from "vitest";
import { readTerms } from "./terms.ts";

const now = Date.UTC(2026, 10, 21, 9);
const form = { amount: "10", period: "month", day: "", until: "" };
const read = (more: Partial<typeof form>, ceilings = {}) => readTerms({ ...form, ...more }, ceilings, now);

describe("the terms of a cap", () => {
  it.each([
    ["10", 10_000_000],
    ["10.5", 10_500_000],
    ["10,50", 10_500_000],
    ["$10", 10_000_000],
    ["0.000001", 1],
  ])("reads the amount %j", (amount, micros) =>
    expect(read({ amount })).toEqual({ ok: true, terms: { limits: { month: micros }, expiresAt: null } }),
  );

  it.each(["", "ten", "-1", "1e3", "1e30", "0x10", "1.0000001", "99999999999", "NaN", "1 000", "1,000"])(
    "[P02] refuses the amount %j",
    (amount) => expect(read({ amount })).toEqual({ ok: false, fault: { field: "amount", kind: "form" } }),
  );

  it("[P02] refuses zero, because refusing to spend has a button of its own", () => {
    expect(read({ amount: "0.00" })).toEqual({ ok: false, fault: { field: "amount", kind: "zero" } });
  });

  it("refuses a period that we do not know", () => {
    for (const period of ["", "year", "constructor"]) expect(read({ period }).ok).toBe(false);
  });

  it("holds every amount against the ceiling of its own period", () => {
    const ceilings = { month: 20_000_000, day: 2_000_000 };
    const above = (field: string, ceilingMicros: number, period: string) => ({
      ok: false,
      fault: { field, kind: "aboveCeiling", ceilingMicros, period },
    });
    expect(read({ amount: "20" }, ceilings).ok).toBe(true);
    expect(read({ amount: "20.01" }, ceilings)).toEqual(above("amount", 20_000_000, "month"));
    expect(read({ amount: "20", day: "2.01" }, ceilings)).toEqual(above("day", 2_000_000, "day"));
    expect(read({ amount: "500", period: "total" }, ceilings).ok).toBe(true);
  });

  it("takes a second cap for each day, which is never above the first", () => {
    expect(read({ day: "1" })).toMatchObject({ terms: { limits: { month: 10_000_000, day: 1_000_000 } } });
    expect(read({ day: "11" })).toEqual({ ok: false, fault: { field: "day", kind: "dayAboveCap" } });
    expect(read({ day: "x" })).toEqual({ ok: false, fault: { field: "day", kind: "form" } });
    expect(read({ period: "day", day: "4" })).toMatchObject({ terms: { limits: { day: 4_000_000 } } });
  });

  it("ends at midnight of a day after today", () => {
    expect(read({ until: "2026-11-22" })).toMatchObject({ terms: { expiresAt: Date.UTC(2026, 10, 22) } });
    expect(read({ until: "2026-11-21" })).toEqual({ ok: false, fault: { field: "until", kind: "past" } });
    for (const until of ["tomorrow", "2026-02-30", "2026-13-01", "22.11.2026", "+099999-01-01"]) {
      expect(read({ until })).toEqual({ ok: false, fault: { field: "until", kind: "date" } });
    }
  });
});
