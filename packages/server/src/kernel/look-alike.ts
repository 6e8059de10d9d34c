import unhomoglyph from "unhomoglyph";

/** Between words, and what is drawn as nothing. Between figures it counts: 1-11 is not 11-1. */
const unlettered = /(?!(?<=\p{Nd}) (?=\p{Nd}))[^\p{L}\p{M}\p{N}]|\p{Default_Ignorable_Code_Point}/gu;
const betweenFigures = /(?<=\p{Nd})[^\p{L}\p{M}\p{N}]+(?=\p{Nd})/gu;

/** Over and under letters of the alphabets. Elsewhere marks are vowels, and a word is another without them. */
const accents = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*)\p{M}/gu;

/** Unicode tells small capitals from small letters, and has к, т, в look like those only; people see the letter. */
const smallCapitals: Readonly<Record<string, string>> = {
  ...{ ᴀ: "a", ʙ: "b", ᴅ: "d", ᴇ: "e", ɢ: "g", ʜ: "h", ᴊ: "j", ĸ: "k", ʟ: "l", ʍ: "m", ɴ: "n", ᴘ: "p", ʀ: "r" },
  ...{ ꜱ: "s", ᴛ: "t", ᴜ: "u", ʏ: "y" },
};

/** Letters of one are drawn as those of another. Kana, Han and Hangul stand in a word with Latin, and look like none of it. */
const alphabets = ["Latin", "Greek", "Cyrillic", "Armenian", "Coptic", "Cherokee", "Lisu"].map(
  (script) => new RegExp(`\\p{Script=${script}}`, "u"),
);

/**
 * What a text looks like (UTS 39, skeletons): texts look alike when they have one of both in common. Letters that are
 * drawn alike are one, in any letter case, without accents and without whatever parts words; so are 0 and o, 1 and l,
 * rn and m. A capital I is drawn as a small l, and is a small i all the same: so there are two.
 */
export function looksOf(text: string): [read: string, drawn: string] {
  return [skeletonOf(text.toLowerCase()), skeletonOf(text)];
}

function skeletonOf(text: string): string {
  const letters = unhomoglyph(text.normalize("NFKD").replace(betweenFigures, " ").replace(unlettered, ""))
    .normalize("NFD")
    .replace(accents, "");
  const small = letters.toLowerCase().replace(/\p{Script=Latin}/gu, (letter) => smallCapitals[letter] ?? letter);
  // The table has rn for m, but nothing for M.
  return small.replaceAll("rn", "m");
}

/** Whether one word has letters of several alphabets: what nobody writes who does not mean to mislead. */
export function mixesAlphabets(text: string): boolean {
  const words = text.split(/[^\p{L}\p{M}\p{N}]+/u);
  return words.some((word) => alphabets.filter((alphabet) => alphabet.test(word)).length > 1);
}
