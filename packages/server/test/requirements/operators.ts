import type { Row } from "./row.ts";

/** The people who run a platform. */
export const operators: Row[] = [
  ["Y01", "shown", "each page and deed of operation is there for its roles and for nobody else", "ASVS 8.2.1"],
  ["Y02", "shown", "credit is whole micro-dollars above zero, once for each form or reference", "ledger"],
  ["Y03", "shown", "nobody changes himself, and the last operator cannot be taken away", "operation"],
  ["Y04", "shown", "what an operator changes takes a sign-in of the last 30 minutes", "ASVS 7.5.3"],
  ["Y05", "shown", "nobody becomes somebody else: impersonation does not exist", "operation"],
  [
    "Y06",
    "shown",
    "a key that runs the platform is made by an operator in person, alone, and is worth what its owner is",
    "CVE-2026-41427",
  ],
];
