/** Space-separated lists, such as `scope` (RFC 6749 3.3). */

/** Each word once, in the order given. */
export function splitWords(text: string): string[] {
  return [...new Set(text.split(" "))].filter((word) => word !== "");
}

export function joinWords(words: Iterable<string>): string {
  return [...words].join(" ");
}
