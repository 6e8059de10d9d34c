import type { Language } from "../language.ts";
import { en } from "./en/index.ts";
import type { Wording } from "./wording.ts";

/** Every sentence of the pages. Every language is an object of this type, so that none can lack a sentence. */
export type Text = Wording<typeof en>;

/** The English sentences, for what is read by programs and kept in tables. Pages get theirs by `textIn`. */
export const text: Text = en;

export const texts: Readonly<Record<Language, Text>> = { en, de: en, ja: en };

export function textIn(language: Language): Text {
  return texts[language];
}

/** What can happen to an account, as its owner reads it. */
export type SecurityEventKind = keyof Text["securityEvents"]["kinds"];
