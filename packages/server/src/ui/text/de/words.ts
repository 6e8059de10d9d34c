import { countText } from "../../money-text.ts";

/** `a, b und c`. */
export function list(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} und ${last}`;
}

export function counted(number: number, one: string, several: string): string {
  return number === 1 ? `1 ${one}` : `${countText(number, "de")} ${several}`;
}
