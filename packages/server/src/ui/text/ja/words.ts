import { countText } from "../../money-text.ts";

/** `a、b、c`. */
export function list(words: readonly string[]): string {
  return words.join("、");
}

/** A count with its counter: `3件`. */
export function counted(number: number, counter: string): string {
  return countText(number, "ja") + counter;
}
