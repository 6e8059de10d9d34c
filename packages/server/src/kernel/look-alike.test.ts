import { describe, expect, it } from "vitest";
import { looksOf, mixesAlphabets } from "./look-alike.ts";

const lookAlike = (one: string, other: string) => looksOf(one).some((look) => looksOf(other).includes(look));

describe("[T22] texts look alike", () => {
  it.each([
    ["Acme", "Аcmе", "Cyrillic"],
    ["Acme", "АСМЕ", "Cyrillic alone"],
    ["Acme", "Асме", "Cyrillic in small letters"],
    ["Acme", "ᎪᏟᎷᎬ", "Cherokee"],
    ["Acme", "ꓮꓚꓟꓰ", "Lisu"],
    ["Acme", "ＡＣＭＥ", "wide"],
    ["Acme", "𝐀𝖈𝓶𝚎", "of mathematics"],
    ["Acme", "ᴀᴄᴍᴇ", "small capitals"],
    ["Acme", "Ácmè", "accents"],
    ["Acme", "Ac\u200bme", "with what is not seen"],
    ["Acme", "Acrne", "r and n"],
    ["Fieldnotes", "Fieldnоtes", "Cyrillic о"],
    ["Fieldnotes", "Fieldnοtes", "Greek ο"],
    ["Fieldnotes", "Fieldnօtes", "Armenian օ"],
    ["Fieldnotes", "FieIdnotes", "capital I for l"],
    ["Fieldnotes", "Fie1dn0tes", "figures for letters"],
    ["Fieldnotes", "FIELDNOTES", "capitals"],
    ["Field notes", "field_notes", "signs between words"],
    ["Field notes", "Field.Notes", "a dot between words"],
    ["Notes 1.2", "notes 1-2", "signs between figures"],
    ["Straße", "STRAße", "what has no capital"],
    ["Łódź", "Lodz", "a stroke"],
    ["Москва", "МОСКВА", "capitals of another alphabet"],
    ["エコ", "工コ", "Han for Katakana"],
  ])("%s and %s: %s", (one, other) => expect(lookAlike(one, other)).toBe(true));

  it.each([
    ["Mail", "Mall"],
    ["Ila", "Lia"],
    ["Ali", "All"],
    ["Storyteller", "Storyteller 2"],
    ["Notes 1", "Notes 2"],
    ["Run 1-11", "Run 11-1"],
    ["Notes 1.2", "Notes 12"],
    ["कहानी", "कहना"],
    ["かき", "かぎ"],
    ["שיר", "שר"],
    ["Москва", "Masks"],
    ["宿屋", "旅館"],
  ])("but not %s and %s", (one, other) => expect(lookAlike(one, other)).toBe(false));
});

describe("[T22] a word of several alphabets", () => {
  it.each(["Аcme", "Fieldnоtes", "Notes Fieldnοtes", "Pаypal-Notes", "МOCKВА", "Ꭺcme", "Сοсо"])("is in %s", (text) =>
    expect(mixesAlphabets(text)).toBe(true),
  );

  it.each([
    "Storyteller",
    "Москва Notes",
    "React-на-русском",
    "Geschichten_v1.2-β",
    "東京カメラ Notes",
    "iPhoneケース",
    "한국어 Notes",
    "Café Zoë",
    "कहानी",
    "سلام",
    "Ωμέγα 3",
  ])("is not in %s", (text) => expect(mixesAlphabets(text)).toBe(false));
});
