import { phrasesIn } from "../../phrases.ts";
import { clockText } from "../../time-text.ts";
import type * as en from "../en/sessions.ts";
import type { Wording } from "../wording.ts";

const { dateText, lastUseText, shortFullDateText } = phrasesIn("de");

export const sessions: Wording<typeof en.sessions> = {
  title: "Sitzungen",
  devices: "Wo Sie angemeldet sind",
  lede: "Jede Zeile ist ein Browser. Was Sie hier beenden, wird ab seiner nächsten Seite abgewiesen.",
  unknownDevice: "Unbekannter Browser",
  current: "Dieser",
  place: (place) => `Nahe ${place}`,
  signedIn: (at) => `Angemeldet am ${dateText(at)}`,
  lastUsed: (at, now) => `, zuletzt verwendet ${lastUseText(at, now)}`,
  end: "Abmelden",
  endOf: (device) => `Abmelden: ${device}`,
  endOthers: "Überall sonst abmelden",
  endedNotice: "Dieser Browser ist abgemeldet.",
  othersEndedNotice: "Sie sind überall sonst abgemeldet.",
  onlyThis: "Sie sind nirgendwo sonst angemeldet.",
  events: "Was geschehen ist",
  eventsLede:
    "Wenn eine Zeile nicht von Ihnen stammt, beenden Sie alle anderen Sitzungen, wählen Sie ein neues Passwort, und sehen Sie Ihre Anmeldewege durch.",
  noEvents: "Noch ist nichts geschehen.",
  eventTime: (at) => `${shortFullDateText(at)}, ${clockText(at)} Uhr UTC`,
  older: "Ältere",
  newest: "Neueste",
};
