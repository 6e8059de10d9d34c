import type { Row } from "./row.ts";

/** What a second factor promises (RFC 6238, RFC 9470, OpenID Connect Core). */
export const secondFactor: Row[] = [
  ["S01", "shown", "no single factor opens a session of somebody with two, whatever the way in", "ASVS 6.3.3"],
  ["S02", "shown", "a code of an authenticator app counts once, over all processes", "RFC 6238 5.2, ASVS 6.5.1"],
  ["S03", "shown", "a phone may be one step of 30 seconds off, and no more", "RFC 6238 5.2, ASVS 6.5.5"],
  ["S04", "shown", "a recovery code is shown once, stored as a hash, and counts once", "ASVS 6.5.1, 6.5.2"],
  ["S05", "shown", "the secret has 160 bits, is stored sealed, and only after a code of it was seen", "RFC 4226 4"],
  [
    "S06",
    "shown",
    "wrong codes are limited for each account over all processes; recovery codes stay open, and no stranger gets so far",
    "RFC 4226 7.3, ASVS 6.3.1",
  ],
  [
    "S07",
    "shown",
    "a sign-in that waits for its second factor is stored nowhere, bound to its browser, and ends after ten minutes or with a change of a first factor",
    "ASVS 7.2",
  ],
  [
    "S08",
    "shown",
    "what takes a recent sign-in takes the second factor in it, on pages, by API and by signed call",
    "ASVS 7.5.1, 7.5.3",
  ],
  ["S09", "shown", "setting one up ends the sessions of one factor, and removing it wakes none", "ASVS 7.4.3"],
  [
    "S10",
    "shown",
    "acr, amr and auth_time are right in ID tokens, access tokens and introspection",
    "OIDC Core 2, RFC 9470 6",
  ],
  ["S11", "shown", "acr_values leads to a second factor, to setting one up, or back with an error", "RFC 9470 5"],
  ["S12", "shown", "an operator can take a second factor away, and it stands in the audit log", "ASVS 6.4.4"],
  ["S13", "shown", "nothing about a code shows in the time that refusing it takes", "ASVS 11.2.4"],
];
