import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/account-deletion.ts";
import type { Wording } from "../wording.ts";

const { dateText } = phrasesIn("de");

export const accountDeletion: Wording<typeof en.accountDeletion> = {
  exportTitle: "Ihre Daten mitnehmen",
  exportLede:
    "Alles, was über Sie gespeichert ist, in einer JSON-Datei: Konto, Anmeldewege, Apps, Schlüssel und jeder Aufruf.",
  exportNow: "Alles herunterladen",
  title: "Konto löschen",
  lede: (days) =>
    `Sie werden sofort überall abgemeldet, und Apps, Schlüssel und Token stoppen. ${days === 1 ? "Einen Tag" : `${days} Tage`} lang können Sie es zurücknehmen, indem Sie sich anmelden.`,
  immediateLede:
    "Sie werden sofort überall abgemeldet, und Apps, Schlüssel und Token stoppen. Das lässt sich nicht zurücknehmen.",
  start: "Konto löschen …",
  question: (username) => `Das Konto ${username} löschen?`,
  consequences: [
    "Ihre Sitzungen, Schlüssel und Token enden jetzt. Apps, die Sie erlaubt haben, erfahren, dass Sie gegangen sind, und müssen neu fragen, wenn Sie zurückkommen.",
    "Wenn die Frist um ist, werden Name, Adressen, Bild, Anmeldewege und Ereignisse entfernt, und Ihr Benutzername ist frei.",
    "Apps, die Ihnen gehören, werden dann gelöscht, für alle, die sie benutzen.",
    "Was Sie bezahlt haben, bleibt unter Ihrer Kontonummer in den Büchern, die dann niemanden mehr nennt. Ein restliches Guthaben verfällt.",
  ],
  password: "Ihr Passwort",
  confirm: "Mein Konto löschen",
  keep: "Behalten",
  fresh: "Um das Konto zu löschen, melden Sie sich zuerst erneut an.",
  signInAgain: "Erneut anmelden",
  wait: "Zu viele Versuche. Bitte warten Sie einen Moment.",
  problems: {
    wrong: "Das ist nicht Ihr Passwort.",
    last_operator: "Sie sind der letzte Betreiber, der handeln kann. Machen Sie zuerst jemand anderen zum Betreiber.",
  },
  doneTitle: "Ihr Konto wird gelöscht",
  done: (at) =>
    `Sie sind überall abgemeldet. Bis zum ${dateText(at)} können Sie es zurücknehmen, indem Sie sich anmelden.`,
  leavingTitle: "Konto behalten?",
  leavingLede: (username, at) => html`Das Konto ${username} wird am ${dateText(at)} gelöscht. Bis dahin tut es nichts.`,
  leavingNote:
    "Was geendet hat, lebt dadurch nicht wieder auf: Apps müssen Sie neu fragen, und Schlüssel erstellen Sie neu.",
  takeBack: "Mein Konto behalten",
  leave: "Löschen lassen",
  late: "Es ist zu spät: Das Konto wird gerade gelöscht.",
  farewell: (platform) => ({
    subject: `Ihr Konto bei ${platform} ist gelöscht`,
    lines: [
      "Die Frist, in der Sie es zurücknehmen konnten, ist um. Ihr Name, Ihre Adressen und Anmeldewege sind entfernt.",
      "Was Sie bezahlt haben, bleibt unter einer Nummer in den Büchern, die niemanden mehr nennt.",
    ],
  }),
};
