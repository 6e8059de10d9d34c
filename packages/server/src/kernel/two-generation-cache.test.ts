import { expect, it } from "vitest";
import { twoGenerationCache } from "./two-generation-cache.ts";

it("keeps what was used lately and never more than twice its size", () => {
  const cache = twoGenerationCache<number, string>(100);
  for (let key = 0; key < 1000; key++) {
    cache.set(key, `value ${key}`);
    expect(cache.get(0)).toBe("value 0");
  }
  expect(cache.get(999)).toBe("value 999");
  const kept = Array.from({ length: 1000 }, (_, key) => key).filter((key) => cache.get(key) !== undefined);
  expect(kept.length).toBeLessThanOrEqual(200);
});

it("forgets at once what is deleted, also from the old generation", () => {
  const cache = twoGenerationCache<string, number>(2);
  cache.set("a", 1);
  cache.set("b", 2);
  cache.set("c", 3);
  for (const key of ["a", "b", "c"]) {
    cache.delete(key);
    expect(cache.get(key)).toBeUndefined();
  }
});
