import type { Random } from "../../kernel/random.ts";

/** RFC 8628 6.1: no vowels, so that no words appear, and no digits that look like letters. 20 of them. */
const letters = "BCDFGHJKLMNPQRSTVWXZ";
const length = 8;
const shape = new RegExp(`^[${letters}]{${length}}$`);
/** Nobody types more around eight letters. */
const longest = 64;

/** Eight letters, each equally likely: 20^8, or 25.6 thousand million codes. */
export function newUserCode(random: Random): string {
  let code = "";
  while (code.length < length) {
    for (const byte of random.bytes(length - code.length)) {
      // 240 is the largest multiple of 20 in a byte; what lies above would favour the first letters.
      if (byte < 240) code += letters[byte % letters.length];
    }
  }
  return code;
}

/** As devices show it: two halves are read and compared more easily than eight letters. */
export function formatUserCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** The letters of what a person typed, whatever the case, dashes and blanks; undefined when it cannot be a code. */
export function readUserCode(typed: string): string | undefined {
  if (typed.length > longest) return undefined;
  const code = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "");
  return shape.test(code) ? code : undefined;
}
