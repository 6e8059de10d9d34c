import { describe, expect, it } from "vitest";
import { normaliseEmail, normaliseUsername } from "./users.ts";

describe("normaliseUsername", () => {
  it.each([
    ["Maya", "maya"],
    [" maya.fennick ", "maya.fennick"],
    ["ｍａｙａ", "maya"],
  ])("%j becomes %j", (text, key) => expect(normaliseUsername(text)).toBe(key));

  it.each(["ma", "maya@fennick", "-maya", "maya ", "may a", "mаya", "m".repeat(40), ""])("%j is %s", (text) => {
    expect(normaliseUsername(text)).toBe(text === "maya " ? "maya" : undefined);
  });
});

describe("normaliseEmail", () => {
  it.each([
    ["Maya@Fennick.Example", "maya@fennick.example"],
    ["maya＠fennick.example", "maya@fennick.example"],
    ["maya@bücher.example", "maya@xn--bcher-kva.example"],
  ])("normalises %j first, then judges it", (text, key) => expect(normaliseEmail(text)).toBe(key));

  it.each([
    "maya",
    "@fennick.example",
    "maya@",
    "maya@localhost",
    "a b@c.example",
    "maya@fennick.example@",
    `${"x".repeat(65)}@a.example`,
    "maya@fennick.example/path",
    "maya@fennick.example:80",
    "maya@fennick.example?to=kit@larkin.example",
    "maya@fennick.example#kit",
    "maya@fennick%2eexample",
    "maya@fennick\\.example",
    "maya@fennick\n.example",
    "maya@fen\u00adnick.example",
    "maya@fennick.example\u0001",
    "ma\u0001ya@fennick.example",
    "ma\u202eya@fennick.example",
    "ma\u034fya@fennick.example",
    "maya\u2800@fennick.example",
    "\u3164@fennick.example",
    "maya@fen\u034fnick.example",
    "maya@fennick\ufe0f.example",
    "maya@\u180bfennick.example",
    "maya@10.0.0.10",
    "maya@0x0a.0.0.10",
    "maya@fennick.42",
    "maya@fennick.e-",
  ])("[H13] %j is not an address", (text) => expect(normaliseEmail(text)).toBeUndefined());
});
