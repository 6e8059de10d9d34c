import { clockText, dateText, lastUseText, shortFullDateText } from "../../time-text.ts";

/** Where somebody is signed in, and what happened to the account. */
export const sessions = {
  title: "Sessions",
  devices: "Where you are signed in",
  lede: "Each line is one browser. What you end here is refused from its next page on.",
  unknownDevice: "Unknown browser",
  current: "This one",
  place: (place: string) => `Near ${place}`,
  signedIn: (at: number) => `Signed in on ${dateText(at)}`,
  lastUsed: (at: number, now: number) => `, last used ${lastUseText(at, now)}`,
  end: "Sign out",
  endOf: (device: string) => `Sign out ${device}`,
  endOthers: "Sign out everywhere else",
  endedNotice: "That browser is signed out.",
  othersEndedNotice: "You are signed out everywhere else.",
  onlyThis: "You are signed in nowhere else.",
  events: "What happened",
  eventsLede:
    "If a line is not yours, end all other sessions, choose a new password and look through your ways to sign in.",
  noEvents: "Nothing happened yet.",
  eventTime: (at: number) => `${shortFullDateText(at)}, ${clockText(at)} UTC`,
  older: "Older",
  newest: "Newest",
};
