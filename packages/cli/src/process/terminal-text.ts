/**
 * A terminal obeys what is written to it, and much of that is somebody else's: names of apps, sentences of a platform.
 * What moves the cursor, changes a colour, breaks lines or turns the words around becomes a blank.
 */
export function plain(text: string): string {
  return text.replace(unruly, " ");
}

/** The same for a text of several lines. */
export function plainLines(text: string): string {
  return text.split("\n").map(plain).join("\n");
}

/** One line of JSON that means the same and shows nothing that a terminal obeys: JSON itself escapes but some of it. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(unruly, (signs) =>
    Array.from({ length: signs.length }, (_, at) => escaped(signs.charCodeAt(at))).join(""),
  );
}

const unruly = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
