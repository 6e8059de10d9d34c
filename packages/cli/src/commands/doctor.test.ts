import { expect, it } from "vitest";
import { describeFinding } from "./doctor.ts";

it("indents every line of its advice below the check", () => {
  const advice = "The configuration has 2 mistakes:\n  - PORT: is wrong\n  - issuer: is wrong";
  expect(describeFinding({ check: "configuration", ok: false, advice }).split("\n")).toEqual([
    "BAD   configuration",
    "      The configuration has 2 mistakes:",
    "        - PORT: is wrong",
    "        - issuer: is wrong",
  ]);
  expect(describeFinding({ check: "ledger", ok: true })).toBe("good  ledger");
});
