import { describe, expect, it } from "vitest";
import { isOrdinaryLine, isOrdinaryText } from "./ordinary-line.ts";

describe("a name is one line that is seen as it is", () => {
  it.each([
    "Maya Fennick",
    "O’Hara-Müller",
    "Łukasz",
    "山田 太郎",
    "ひらがな",
    "다해",
    "محمد",
    "نامه‌ای",
    "क्‍ष",
    "Nguyễn",
    "👩‍👩‍👧",
    "👩🏽‍💻 Kim",
    "Maya ❤️",
    "1️⃣ Kim",
  ])("%j", (name) => expect(isOrdinaryLine(name)).toBe(true));

  it.each([
    ["nothing", ""],
    ["blanks", " \u00a0"],
    ["a Hangul filler", "\u3164"],
    ["the blank of Braille", "\u2800"],
    ["a mark on nothing", "\u0301"],
    ["soft hyphens", "Ma\u00adya"],
    ["zero width", "Ma\u200bya"],
    ["a joiner where nothing joins", "Ma\u200dya"],
    ["a non-joiner at the end", "محمد\u200c"],
    ["a word joiner", "Ma\u2060ya"],
    ["a byte order mark", "\ufeffMaya"],
    ["a selector of forms", "Maya\ufe0f"],
    ["a grapheme joiner", "Ma\u034fya"],
    ["letters of tags", "Maya\u{e0041}"],
    ["an override of the direction", "Maya \u202egpj"],
    ["an isolate of the direction", "Maya \u2066x"],
    ["a mark of the direction", "Maya\u200f"],
    ["the Arabic mark of the direction", "Maya\u061c"],
    ["a line end", "Ma\nya"],
    ["a line end of Unicode", "Ma\u2028ya"],
    ["a control", "Ma\u0085ya"],
    ["half a sign", "Ma\ud800ya"],
    ["a private sign", "Ma\ue000ya"],
    ["a tower of marks", `M${"\u0300".repeat(20)}aya`],
  ])("and not %s", (_what, name) => expect(isOrdinaryLine(name)).toBe(false));
});

describe("a text of several lines is seen as it is", () => {
  it.each(["", "Tells stories.", "One\n\nTwo\r\n  - three\n\t- four", "محمد\nنامه‌ای", "👩‍👩‍👧\n❤️"])("%j", (text) =>
    expect(isOrdinaryText(text)).toBe(true),
  );

  it.each([
    ["an override of the direction in any line", "Tells stories.\nby \u202egpj"],
    ["an isolate that is open at the end", "One\u2068\nTwo"],
    ["zero width", "One\nTw\u200bo"],
    ["a line of signs that nobody sees", "One\n\u3164\nTwo"],
    ["a byte order mark", "One\n\ufeff\nTwo"],
    ["a line end of Unicode", "One\u2028Two"],
    ["a lone carriage return", "One\rTwo"],
    ["a control", "One\n\u001b[2J"],
    ["a tower of marks", `One\nT${"\u0300".repeat(20)}wo`],
  ])("and not with %s", (_what, text) => expect(isOrdinaryText(text)).toBe(false));
});
