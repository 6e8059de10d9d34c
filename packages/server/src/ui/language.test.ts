import { describe, expect, it } from "vitest";
import { chooseLanguage, findLanguage } from "./language.ts";

describe("the language of a page", () => {
  const all = { uiLocales: "ja en", locale: "de", chosen: "en", accepted: "de" };

  it("[D01] is what the app asked for, else the account's, else the browser's choice, else what it accepts", () => {
    expect(chooseLanguage(all)).toBe("ja");
    expect(chooseLanguage({ ...all, uiLocales: null })).toBe("de");
    expect(chooseLanguage({ ...all, uiLocales: null, locale: null })).toBe("en");
    expect(chooseLanguage({ accepted: "de" })).toBe("de");
    expect(chooseLanguage({})).toBe("en");
  });

  it("passes over languages that there are not, and over nonsense", () => {
    expect(chooseLanguage({ ...all, uiLocales: "tlh xx-YY" })).toBe("de");
    expect(chooseLanguage({ uiLocales: "fr de-AT", accepted: "ja" })).toBe("de");
    expect(chooseLanguage({ locale: "constructor", chosen: "__proto__", accepted: ";;;,,q=9" })).toBe("en");
    expect(chooseLanguage({ accepted: `${"x,".repeat(100_000)}de` })).toBe("en");
  });

  it.each([
    ["de-DE,de;q=0.9,en;q=0.8", "de"],
    ["en;q=0.5, ja;q=0.9, de;q=0.7", "ja"],
    ["fr, nl;q=0.9, DE-ch;q=0.3", "de"],
    ["ja;q=0, de;q=0.1", "de"],
    ["de;q=nonsense, ja", "ja"],
    ["*", "en"],
    ["fr", "en"],
  ])("answers Accept-Language: %s in %s", (accepted, language) => {
    expect(chooseLanguage({ accepted })).toBe(language);
  });

  it("finds by the first part of a tag", () => {
    expect([findLanguage(["ja-JP"]), findLanguage(["deu"]), findLanguage([""]), findLanguage(undefined)]).toEqual([
      "ja",
      undefined,
      undefined,
      undefined,
    ]);
  });
});
