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
});
