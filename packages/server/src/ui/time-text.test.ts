import { describe, expect, it } from "vitest";
import {
  clockSecondsText,
  dateText,
  isoDate,
  isSameDay,
  lastUseText,
  monthText,
  plainDateText,
  resetText,
  shortDateText,
  shortFullDateText,
  waitText,
} from "./time-text.ts";

const now = Date.UTC(2026, 10, 21, 14, 44, 7);

describe("dates", () => {
  it("writes day, month and year in the order people say them", () => {
    expect(dateText(now)).toBe("21 November 2026");
    expect(plainDateText(now)).toBe("21 November");
    expect(shortDateText(now)).toBe("21 Nov");
    expect(shortFullDateText(now)).toBe("21 Nov 2026");
    expect(monthText(now)).toBe("November 2026");
    expect(clockSecondsText(now)).toBe("14:44:07");
    expect(isoDate(now)).toBe("2026-11-21");
  });

  it("knows the day by UTC", () => {
    expect(isSameDay(Date.UTC(2026, 10, 21), now)).toBe(true);
    expect(isSameDay(Date.UTC(2026, 10, 20, 23, 59, 59, 999), now)).toBe(false);
  });
});

describe("when a cap starts again", () => {
  it("gives time and zone, and the days under a week", () => {
    expect(resetText(Date.UTC(2026, 11, 1), now)).toBe("1 December, 00:00 UTC");
    expect(resetText(Date.UTC(2026, 11, 1), Date.UTC(2026, 10, 27, 8))).toBe("1 December, 00:00 UTC, in 4 days");
    expect(resetText(Date.UTC(2026, 10, 22), now)).toBe("22 November, 00:00 UTC");
    expect(resetText(Date.UTC(2027, 0, 1), now)).toBe("1 January 2027, 00:00 UTC");
  });
});

describe("last use", () => {
  it.each([
    [now - 5_000, "just now"],
    [now + 3_000, "just now"],
    [now - 60_000, "1 minute ago"],
    [now - 12 * 60_000, "12 minutes ago"],
    [Date.UTC(2026, 10, 21, 10, 15), "today at 10:15"],
    [Date.UTC(2026, 10, 20, 23), "on 20 November"],
    [Date.UTC(2025, 10, 20), "on 20 November 2025"],
  ])("%s is %s", (at, words) => {
    expect(lastUseText(at, now)).toBe(words);
  });
});

describe("waiting", () => {
  it.each([
    [0, "1 second"],
    [19_200, "20 seconds"],
    [60_000, "1 minute"],
    [181_000, "4 minutes"],
  ])("%s ms is %s", (milliseconds, words) => {
    expect(waitText(milliseconds)).toBe(words);
  });
});
