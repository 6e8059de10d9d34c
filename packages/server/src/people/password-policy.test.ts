import { describe, expect, it } from "vitest";
import { judgePassword } from "./password-policy.ts";

describe("judgePassword", () => {
  it.each([
    ["elevenchars", "too_short"],
    ["passwordpassword", "too_common"],
    ["123456789012", "too_common"],
    ["aaaaaaaaaaaaaaaa", "too_common"],
    ["Password1234!", "too_common"],
    ["maya.fennick.22", "too_personal"],
    ["x".repeat(300), "too_long"],
  ])("refuses %s: %s", async (password, fault) => {
    expect(await judgePassword(password, ["maya.fennick", null])).toBe(fault);
  });

  it.each(["correct horse battery", "tulips in the attic 4", "ЖдёмВесныИСолнца7"])("takes %s", async (password) => {
    expect(await judgePassword(password, ["maya", "maya@fennick.example"])).toBeUndefined();
  });

  it("[V11] refuses every one of the 30,000 most common passwords that is long enough, and what is built on the others", async () => {
    const { dictionary } = await import("@zxcvbn-ts/language-common");
    const known = dictionary.passwords.map(String);
    expect(known.length).toBeGreaterThan(30_000);
    // In the order of how often they leaked.
    expect(known.slice(0, 6)).toEqual(expect.arrayContaining(["123456", "password", "qwerty"]));
    const most = known.slice(0, 30_000);
    const long = most.filter((password) => [...password.normalize("NFKC")].length >= 12);
    expect(long.length).toBeGreaterThan(100);
    const judged = await Promise.all(long.map((password) => judgePassword(password, [])));
    expect(long.filter((_, index) => judged[index] !== "too_common")).toEqual([]);
    const doubled = most.filter((password) => password.length >= 6 && password.length <= 8).slice(0, 2000);
    const twice = await Promise.all(doubled.map((password) => judgePassword(password + password, [])));
    expect(twice.filter((fault) => fault !== "too_common" && fault !== "too_long")).toEqual([]);
  });
});
