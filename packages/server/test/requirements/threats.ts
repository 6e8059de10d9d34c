import type { Row } from "./row.ts";

/** What must hold against people who attack accounts, beyond the checklist: see SECURITY.md. */
export const threats: Row[] = [
  ["T01", "shown", "whatever people call themselves is text on every page, and turns no words around it", "ASVS 1.2.1"],
  ["T02", "shown", "looking at a page changes nothing, whoever led the browser to it", "RFC 9110 9.2.1, ASVS 3.5.3"],
  ["T03", "shown", "no page of an account or of operation is there without a session", "ASVS 8.2.1"],
  ["T04", "shown", "a letter gets no header and no reader from what strangers write", "CWE-93"],
  [
    "T05",
    "shown",
    "the export is given to its owner in person, after a recent sign-in: no key and no token may ask",
    "GDPR 15, ASVS 8.2.2",
  ],
  ["T06", "shown", "deleting an account takes its password, or a recent sign-in where there is none", "ASVS 7.5.1"],
  ["T07", "shown", "whoever looks at an account for the operator sees none of its secrets", "ASVS 8.2.2"],
  [
    "T08",
    "shown",
    "a session that has lain open sets no first password, and neither deletes an account nor takes that back",
    "ASVS 7.5.1, 7.5.3",
  ],
  ["T23", "shown", "a key made on the pages takes a recent sign-in, is shown once, and a form makes one", "ASVS 7.5.3"],
  ["T21", "shown", "nobody gives himself the name of whoever runs the platform; only the operator does", "RFC 2142"],
  [
    "T22",
    "shown",
    "no app has the name of the platform, nor one that looks like another app's; only the operator gives the first",
    "UTS 39",
  ],
  [
    "T20",
    "shown",
    "whatever is written into a form or an address of an account, no error of ours answers",
    "ASVS 2.2.1",
  ],
];
