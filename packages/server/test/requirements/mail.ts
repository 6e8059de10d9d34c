import type { Row } from "./row.ts";

/** Mail, the codes that come by it, and what they open. */
export const mail: Row[] = [
  ["V01", "shown", "what a mail says is sealed while it waits, and forgotten once it was sent", "mail"],
  ["V02", "shown", "no two processes send one mail at the same time", "mail"],
  ["V03", "shown", "a dead mail server is tried for a day, and no log tells an address", "mail"],
  ["V04", "shown", "no mail and no password of the mail server travels in clear where encryption is due", "RFC 8314"],
  [
    "V05",
    "shown",
    "asking for a code tells nobody whether an address has an account, by page or by time",
    "ASVS 6.3.8",
  ],
  ["V06", "shown", "a code works once, for five attempts, ten minutes and one browser, in every process", "ASVS 6.6.2"],
  ["V07", "shown", "nobody fills a mailbox or uses up the codes of others", "ASVS 6.3.1"],
  ["V08", "shown", "an address is confirmed by a code typed in; nothing in a mailed link opens anything", "ASVS 6.4"],
  ["V09", "shown", "an address that somebody has proven is nobody else's", "OIDC Core 5.7"],
  [
    "V10",
    "shown",
    "a new password ends all sessions and codes, keeps what apps were allowed, and is told",
    "ASVS 7.4.3",
  ],
  ["V11", "shown", "the 30,000 most common passwords are refused, without asking anybody", "ASVS 6.2.4"],
  ["V12", "shown", "the outbox exists on a development machine only, for whoever sits at it", "mail"],
  [
    "V13",
    "shown",
    "an address is changed after a recent sign-in, by a code that went to the new one; the old one is told",
    "ASVS 7.5.1",
  ],
  ["V14", "shown", "a changed address ends the sessions that mailed codes began", "ASVS 7.4.3"],
  ["V15", "shown", "after a new password every other browser is a new one, with no attempts of its own", "ASVS 7.4.3"],
];
