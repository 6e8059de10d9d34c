import { describe, expect, it } from "vitest";
import { isWithin, turnAt } from "./window.ts";

const utc = (text: string) => Date.parse(`${text}Z`);

describe("the turn a moment falls into", () => {
  it.each([
    ["day", "2026-01-15T12:00:00", "2026-01-15T00:00:00", "2026-01-16T00:00:00"],
    ["day", "2026-01-15T00:00:00", "2026-01-15T00:00:00", "2026-01-16T00:00:00"],
    ["day", "2026-01-15T23:59:59.999", "2026-01-15T00:00:00", "2026-01-16T00:00:00"],
    ["week", "2026-01-15T12:00:00", "2026-01-12T00:00:00", "2026-01-19T00:00:00"],
    ["week", "2026-01-18T23:59:59.999", "2026-01-12T00:00:00", "2026-01-19T00:00:00"],
    ["week", "2026-01-19T00:00:00", "2026-01-19T00:00:00", "2026-01-26T00:00:00"],
    ["week", "2026-01-01T00:00:00", "2025-12-29T00:00:00", "2026-01-05T00:00:00"],
    ["month", "2026-01-31T23:59:59.999", "2026-01-01T00:00:00", "2026-02-01T00:00:00"],
    ["month", "2028-02-29T12:00:00", "2028-02-01T00:00:00", "2028-03-01T00:00:00"],
    ["month", "2026-12-01T00:00:00", "2026-12-01T00:00:00", "2027-01-01T00:00:00"],
  ] as const)("%s at %s is in UTC", (period, now, startsAt, endsAt) => {
    expect(turnAt(period, utc(now))).toEqual({ startsAt: utc(startsAt), endsAt: utc(endsAt) });
  });

  it("never ends for a total", () => {
    expect(turnAt("total", utc("2026-01-15T12:00:00"))).toEqual({ startsAt: 0, endsAt: null });
    expect(isWithin({ startsAt: 0, endsAt: null }, Number.MAX_SAFE_INTEGER)).toBe(true);
  });

  it("has its first moment and not the last", () => {
    const turn = turnAt("day", utc("2026-01-15T12:00:00"));
    expect(
      [turn.startsAt - 1, turn.startsAt, turn.endsAt! - 1, turn.endsAt!].map((now) => isWithin(turn, now)),
    ).toEqual([false, true, true, false]);
  });
});
