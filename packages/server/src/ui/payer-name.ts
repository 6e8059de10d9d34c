import { text as english, type Text } from "./text/index.ts";

/** Who pays. The workspace that everybody is born with was named in English; each reads it in their own words. */
export function payerName(text: Text, name: string): string {
  return name === english.money.personal ? text.money.personal : name;
}
