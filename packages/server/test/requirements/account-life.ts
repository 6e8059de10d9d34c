import type { Row } from "./row.ts";

/** Sessions, what happened to an account, guessing, the profile, leaving. */
export const accountLife: Row[] = [
  ["X01", "shown", "nobody can lock anybody out by guessing, from wherever and however often", "ASVS 6.3.1"],
  ["X02", "shown", "a browser that was signed in to an account has its own budget of attempts there", "ASVS 6.3.1"],
  ["X03", "shown", "a new device is told to the owner of the account, a known one is not", "ASVS 6.3.5"],
  ["X04", "shown", "sessions are shown and ended, one or all others, by their owner only", "ASVS 7.5.2"],
  ["X05", "shown", "what happened is listed to its owner, and mailed to a proven address only", "ASVS 6.3.7"],
  ["X06", "shown", "pictures of people are drawn anew and served by us; nothing else is taken", "ASVS 5.2.2"],
  ["X07", "shown", "the export holds everything that is known of somebody, and no secret", "GDPR 15, 20"],
  ["X08", "shown", "an account that waits for its deletion does nothing but be taken back", "GDPR 17"],
  ["X09", "shown", "a deleted account leaves the bill under its number, and nothing that names a person", "GDPR 17"],
  ["X10", "shown", "of deletion and taking it back exactly one happens, in all processes", "GDPR 17"],
  [
    "X11",
    "shown",
    "many failed attempts are told to the owner once a day, and tell nobody who has an account",
    "ASVS 6.3.7",
  ],
  [
    "X12",
    "shown",
    "a postal address is told to whom its owner allowed it, as it is now, and to nobody else",
    "OIDC Core 5.1.1",
  ],
  ["X15", "shown", "an app that changed its face is asked about again, and the page says why", "RFC 9700"],
  [
    "X13",
    "shown",
    "no removal of a way in, whichever and however many at once, leaves an account that nobody can enter",
    "OWASP",
  ],
  [
    "X14",
    "shown",
    "whoever leaves or is taken away, and however many at once, somebody runs the platform",
    "operation",
  ],
  ["X16", "shown", "whoever has a whole IPv6 site has not the attempts of all its networks", "ASVS 6.3.1"],
  [
    "X17",
    "shown",
    "a deletion that meets calls under way leaves each billed once and the ledger in order, in all processes",
    "ledger",
  ],
];
