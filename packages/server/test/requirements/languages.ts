import type { Row } from "./row.ts";

/** In which language people are spoken to. */
export const languages: Row[] = [
  [
    "D01",
    "shown",
    "a page is in the language that the app asked for, else the account's, else the one chosen in its foot, else the browser's",
    "OIDC Core 3.1.2.1",
  ],
  ["D02", "shown", "every sentence stands in one object, and every language says all of them", "pages"],
  ["D03", "shown", "amounts, counts and dates are written by the habits of the language", "pages"],
  [
    "D04",
    "shown",
    "choosing a language leads to no other site, and changes an account only by a form shown to it",
    "ASVS 3.5.1",
  ],
];
