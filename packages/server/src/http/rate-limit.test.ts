import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manualClock } from "../testing/clock.ts";
import { createRateLimiter, rateLimited } from "./rate-limit.ts";

describe("a rate limiter", () => {
  it("lets a number of attempts through and then says how long to wait", () => {
    const clock = manualClock();
    const limiter = createRateLimiter({ clock, attempts: 10, seconds: 900 });
    for (let attempt = 0; attempt < 10; attempt++) expect(limiter.attempt("ada")).toBe(0);
    expect(limiter.attempt("ada")).toBe(90);
    expect(limiter.attempt("bob")).toBe(0);
    clock.advance(89_000);
    expect(limiter.attempt("ada")).toBe(1);
    clock.advance(1000);
    expect(limiter.attempt("ada")).toBe(0);
    expect(limiter.attempt("ada")).toBe(90);
    clock.advance(900_000);
    for (let attempt = 0; attempt < 10; attempt++) expect(limiter.attempt("ada")).toBe(0);
  });

  it("starts anew after a success", () => {
    const limiter = createRateLimiter({ clock: manualClock(), attempts: 1, seconds: 60 });
    expect([limiter.attempt("ada"), limiter.attempt("ada")]).toEqual([0, 60]);
    limiter.forget("ada");
    expect(limiter.attempt("ada")).toBe(0);
  });

  it("does not notice when somebody sets the wall clock", () => {
    const clock = manualClock();
    const limiter = createRateLimiter({ clock, attempts: 1, seconds: 60 });
    limiter.attempt("ada");
    for (const time of [0, Date.UTC(2040, 0, 1)]) {
      clock.setNow(time);
      expect(limiter.attempt("ada")).toBe(60);
    }
  });

  it("always lets exactly the number through at once, and never more than twice it in one period", () => {
    const cases = fc.record({
      attempts: fc.integer({ min: 1, max: 50 }),
      seconds: fc.integer({ min: 1, max: 3600 }),
      start: fc.integer({ min: 0, max: 1e9 }),
      pauses: fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }),
    });
    fc.assert(
      fc.property(cases, ({ attempts, seconds, start, pauses }) => {
        const clock = manualClock();
        clock.advance(start / 7);
        const limiter = createRateLimiter({ clock, attempts, seconds });
        const atOnce = Array.from({ length: attempts + 1 }, () => limiter.attempt("x"));
        expect(atOnce.filter((wait) => wait === 0)).toHaveLength(attempts);
        let passed = attempts;
        const begun = clock.monotonic();
        for (const pause of pauses) {
          clock.advance(pause);
          if (clock.monotonic() - begun > seconds * 1000) break;
          if (limiter.attempt("x") === 0) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(2 * attempts);
      }),
    );
  });

  it("refuses as 429 with Retry-After", () => {
    expect(rateLimited(90)).toMatchObject({ code: "rate_limited", status: 429, headers: { "retry-after": "90" } });
  });
});
