import type { Language } from "../language.ts";
import { units as de } from "./de/units.ts";
import { units as en } from "./en/units.ts";
import { units as ja } from "./ja/units.ts";

/** What amounts and times need to be said. Apart from the other sentences, which are made with them. */
export const unitsOf: Readonly<Record<Language, typeof en>> = { en, de, ja };
