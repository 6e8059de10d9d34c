/** Line ends, signs without a picture, halves of signs, and every sign that turns or joins the words around it unseen. */
const unruly = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** A tower of marks reaches into the lines above. */
const tower = /\p{M}{5}/u;
/** The blank of Braille is a sign, and nobody sees it. */
const visible = /[^\s\p{M}\u2800]/u;

/** Where unseen joiners belong to how a word is written (UTS 39, 3.1.1): between letters of scripts that join. */
const joining = [
  "Arab",
  "Syrc",
  "Mong",
  "Deva",
  "Beng",
  "Guru",
  "Gujr",
  "Orya",
  "Taml",
  "Telu",
  "Knda",
  "Mlym",
  "Sinh",
];
const letters = `[${joining.map((script) => `\\p{Script=${script}}`).join("")}]`;
const betweenLetters = new RegExp(`(?<=${letters})[\\u200c\\u200d](?=${letters})`, "gu");
/** And inside of emoji, which are made of others: families, and figures in a box. */
const insideEmoji =
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})\ufe0f|(?<=[\d#*])\ufe0f(?=\u20e3)/gu;

/** Whether a text is seen as it is: one line of any script, in which nothing misleads about the words in or beside it. */
export function isOrdinaryLine(text: string): boolean {
  const seen = text.replace(insideEmoji, "").replace(betweenLetters, "");
  return visible.test(seen) && !unruly.test(seen) && !tower.test(seen);
}

/** The same of a text of several lines, which may be empty and indented. */
export function isOrdinaryText(text: string): boolean {
  return text.split(/\r?\n/).every((line) => /^[ \t]*$/.test(line) || isOrdinaryLine(line.replaceAll("\t", " ")));
}
