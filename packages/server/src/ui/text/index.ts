import type { Language } from "../language.ts";
import { de } from "./de/index.ts";
import { en } from "./en/index.ts";
import { ja } from "./ja/index.ts";
import type { Text } from "./text.ts";

export type { ScopeFacts } from "./en/scopes.ts";
export type { Text };

/** The English sentences, for what is read by programs and kept in tables. Pages get theirs by `textIn`. */
export const text: Text = en;

export const texts: Readonly<Record<Language, Text>> = { en, de, ja };

export function textIn(language: Language): Text {
  return texts[language];
}

/** What can happen to an account, as its owner reads it. */
export type SecurityEventKind = keyof Text["securityEvents"]["kinds"];
