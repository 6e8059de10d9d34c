import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manualClock } from "../testing/clock.ts";
import { decodeBase32, encodeBase32 } from "./base32.ts";
import { systemClock } from "./clock.ts";
import { idFloor, idTime, seededRandom, systemRandom } from "./random.ts";

describe("ids", () => {
  it("are UUIDs of version 7 behind a prefix", () => {
    const id = systemRandom(systemClock).id("usr");
    expect(id).toMatch(/^usr_[0-9a-hjkmnp-tv-z]{26}$/);
    const bytes = decodeBase32(id.slice(4))!;
    expect(bytes[6]! >> 4).toBe(7);
    expect(bytes[8]! >> 6).toBe(2);
  });

  it("sort in the order in which they were made, whatever the clock does", () => {
    const steps = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(steps, (moves) => {
        const clock = manualClock();
        const random = seededRandom(1, clock);
        const ids = moves.map((move) => {
          clock.setNow(clock.now() + move);
          return random.id("hld");
        });
        expect(ids.toSorted()).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it("stay in order when one millisecond has more of them than the counter", () => {
    const random = systemRandom(manualClock());
    const ids = Array.from({ length: 10_000 }, () => random.id("x"));
    expect(new Set(ids).size).toBe(10_000);
    expect(ids.toSorted()).toEqual(ids);
  });

  it("tell their time, and the floor parts the millisecond from earlier ones", () => {
    const times = fc.integer({ min: 1, max: 2 ** 47 });
    fc.assert(
      fc.property(times, (time) => {
        const id = seededRandom(7, manualClock(time)).id("usr");
        const earlier = seededRandom(7, manualClock(time - 1)).id("usr");
        expect(idTime(id)).toBe(time);
        expect(idFloor("usr", time) <= id).toBe(true);
        expect(idFloor("usr", time) > earlier).toBe(true);
      }),
    );
    expect(() => idTime("usr_short")).toThrow("not an id");
  });

  it("have one spelling", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(decodeBase32(encodeBase32(bytes))).toEqual(bytes);
      }),
    );
    const good = "0".repeat(26);
    expect(decodeBase32(good)).toEqual(new Uint8Array(16));
    for (const bad of ["", `${good}0`, good.slice(1), `8${good.slice(1)}`, `${good.slice(1)}u`, `${good.slice(1)}é`]) {
      expect(decodeBase32(bad), bad).toBeUndefined();
    }
  });
});

describe("chance", () => {
  it("gives bytes that later calls leave alone", () => {
    const random = systemRandom(systemClock);
    const first = random.bytes(32);
    const copy = first.slice();
    for (let round = 0; round < 300; round++) random.bytes(32);
    expect(first).toEqual(copy);
    expect(random.bytes(32)).not.toEqual(first);
    expect(random.bytes(5000)).toHaveLength(5000);
  });

  it("spreads text evenly over letters and digits", () => {
    const text = systemRandom(systemClock).text(72_000);
    expect(text).toMatch(/^[a-z0-9]{72000}$/);
    const counts = Map.groupBy(text, (symbol) => symbol);
    expect(counts.size).toBe(36);
    // 2,000 expected each, deviation 44: seven deviations never happen by chance.
    for (const found of counts.values()) expect(Math.abs(found.length - 2000)).toBeLessThan(310);
  });

  it("repeats itself for the same seed and for no other", () => {
    const made = (seed: number) => {
      const random = seededRandom(seed, manualClock());
      return [random.id("usr"), random.text(20), ...random.bytes(8)];
    };
    expect(made(1)).toEqual(made(1));
    expect(made(1)).not.toEqual(made(2));
  });
});
