import fc from "fast-check";
import { expect, it } from "vitest";
import { joinWords, splitWords } from "./words.ts";

it("keeps each word once, in order", () => {
  expect(splitWords("openid  profile openid email ")).toEqual(["openid", "profile", "email"]);
  expect(splitWords("")).toEqual([]);
  expect(joinWords(new Set(["a", "b"]))).toBe("a b");
});

it("reads back what it joined", () => {
  const words = fc.uniqueArray(fc.stringMatching(/^[a-z:._]{1,12}$/));
  fc.assert(
    fc.property(words, (list) => {
      expect(splitWords(joinWords(list))).toEqual(list);
    }),
  );
});
