import type { Row } from "./row.ts";

/** Phone numbers, and the messages that prove them. */
export const phone: Row[] = [
  [
    "Z01",
    "shown",
    "a number becomes an account's own by a code that was sent to it, and by nothing else",
    "OIDC Core 5.1",
  ],
  ["Z02", "shown", "a code is shown on a development machine only; the service's password travels encrypted", "phone"],
  ["Z03", "shown", "a number that somebody has proven is nobody else's, however many try at once", "OIDC Core 5.7"],
  ["Z04", "shown", "adding, changing and removing a number asks for a fresh sign-in, and is told", "ASVS 7.5.1"],
  ["Z05", "shown", "a code works once, for five attempts, ten minutes and one session, in every process", "ASVS 6.6.2"],
  [
    "Z06",
    "shown",
    "messages are counted by user, number, network and altogether before they cost anything",
    "ASVS 6.6.3",
  ],
  ["Z07", "shown", "numbers at a premium, and what is no number, are never sent anything", "ASVS 2.2"],
  [
    "Z08",
    "shown",
    "a service that refuses, is slow or talks nonsense changes nothing, and no log tells a number",
    "phone",
  ],
  [
    "Z09",
    "shown",
    "phone and address are told to apps that were allowed to see them, and offered where they exist",
    "OIDC Core 5.4",
  ],
  [
    "Z10",
    "shown",
    "a number signs nobody in and resets nothing: whoever takes it over has gained nothing",
    "ASVS 6.6.1",
  ],
  ["Z11", "shown", "an operator can name the countries whose numbers are sent anything", "toll fraud"],
];
