import type { Row } from "./row.ts";

/** What passkeys promise (Web Authentication, Level 3). */
export const passkeys: Row[] = [
  [
    "W01",
    "shown",
    "passkeys are made and used with ES256, EdDSA and RS256, several for each user",
    "WebAuthn 7.1, 7.2",
  ],
  [
    "W02",
    "shown",
    "another origin, host, type, challenge, account or key is refused, and changes nothing",
    "WebAuthn 7.1, 7.2",
  ],
  ["W03", "shown", "a challenge is good once, for minutes, for one session or one browser", "WebAuthn 13.4.3"],
  ["W04", "shown", "one use of a passkey counts once, over all processes", "WebAuthn 13.4.3"],
  ["W05", "shown", "a counter that went back signs nobody in, unless the key may be copied", "WebAuthn 6.1.1"],
  [
    "W06",
    "shown",
    "a removed passkey and a disabled user are refused at once, also with a proof made before",
    "own goal",
  ],
  ["W07", "shown", "whatever is wrong with a passkey, the answer is the same", "WebAuthn 14.6.2"],
  [
    "W08",
    "shown",
    "a passkey that knows its user is two factors: amr, acr, and no question for a second one",
    "RFC 8176",
  ],
  ["W09", "shown", "adding and removing take a recent sign-in, are written down and told", "ASVS 7.5.1"],
  ["W10", "shown", "an attestation with certificates is refused before they are read", "own goal"],
  ["W11", "shown", "the script shows the button; without a script there is no dead one", "ASVS 3.4"],
];
