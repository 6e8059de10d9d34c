import { describe, expect, it } from "vitest";
import { readPhoneNumber, showPhoneNumber } from "./phone-number.ts";

describe("a phone number", () => {
  it.each([
    ["+49 1511 2345678", "+4915112345678"],
    ["0049 (1511) 234-5678", "+4915112345678"],
    ["＋４９１５１１２３４５６７８", "+4915112345678"],
    [" +81 90-1234-5678 ", "+819012345678"],
    ["+1 (202) 555-0123", "+12025550123"],
    ["+44 20 7946 0958", "+442079460958"],
  ])("is read as it is written: %j", async (text, number) => {
    expect(await readPhoneNumber(text)).toBe(number);
  });

  it.each([
    "",
    "maya",
    // Whose country?
    "030 901820",
    "1511 2345678",
    "+",
    "+++++++++",
    "+49",
    "+49 1511 2345678 ext. 5",
    "+49 1511 2345678;ext=5",
    "tel:+4915112345678",
    "+49 1511 23456789012345",
    "+999 123456789",
    "+4915112345678\n+4915112345679",
    "+4915112345678, +4915112345679",
    `+49${"1".repeat(100_000)}`,
  ])("[Z07] is not read from %j", async (text) => {
    expect(await readPhoneNumber(text)).toBeUndefined();
  });

  it.each([
    ["at a premium, in Germany", "+49 900 1234567"],
    ["at a premium, in the United States", "+1 900 234 5678"],
    ["at a premium, in Britain", "+44 909 879 0000"],
    ["free of charge", "+49 800 1234567"],
    ["of shared cost", "+44 843 555 0000"],
    ["of many persons at once", "+44 55 1234 5678"],
    ["of a ship", "+870 773 111 632"],
    ["of a satellite", "+8816 3241 0000"],
    ["of a network of no country", "+882 16 12345678"],
    ["of another network of no country", "+883 5100 12345678"],
  ])("[Z07] is not taken when it is one %s", async (_, text) => {
    expect(await readPhoneNumber(text)).toBeUndefined();
  });

  it("[Z11] is taken from the operator's own countries only, where he names them", async () => {
    expect(await readPhoneNumber("+49 1511 2345678", ["AT", "DE"])).toBe("+4915112345678");
    expect(await readPhoneNumber("+49 1511 2345678", ["AT"])).toBeUndefined();
    // One code, many countries.
    expect(await readPhoneNumber("+1 (202) 555-0123", ["US"])).toBe("+12025550123");
    expect(await readPhoneNumber("+1 876 555 0100", ["US"])).toBeUndefined();
  });

  it("is shown in groups", async () => {
    expect(await showPhoneNumber("+442079460958")).toBe("+44 20 7946 0958");
    expect(await showPhoneNumber("not one")).toBe("not one");
  });
});
