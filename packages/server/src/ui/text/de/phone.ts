import { html } from "../../markup.ts";
import type * as en from "../en/phone.ts";
import type { Wording } from "../wording.ts";
import { signIn } from "./doors.ts";

export const accountPhone: Wording<typeof en.accountPhone> = {
  title: "Telefonnummer",
  lede: "Apps sehen Ihre Nummer nur, wenn Sie es erlauben. Niemand kann sich damit anmelden.",
  none: "Sie haben noch keine Nummer.",
  verified: "Bestätigt",
  remove: "Nummer entfernen",
  removed: "Ihre Nummer ist entfernt.",
  addTitle: "Nummer hinzufügen",
  changeTitle: "Nummer ändern",
  changeLede: "Die bisherige Nummer bleibt, bis die neue bestätigt ist.",
  number: "Telefonnummer",
  numberHelp: "Mit Ländervorwahl, zum Beispiel +49 30 901820.",
  send: "Code dorthin senden",
  fresh: "Um eine Nummer hinzuzufügen, zu ändern oder zu entfernen, melden Sie sich zuerst erneut an.",
  signInAgain: "Erneut anmelden",
  sentTo: (number) => html`Ein Code ist unterwegs an ${number}. Er gilt zehn Minuten, in diesem Browser.`,
  revealed: (code) =>
    html`Diese Plattform wird gerade entwickelt, deshalb wird niemandem eine Nachricht gesendet. Der Code ist ${code}.`,
  code: "Code aus der Nachricht",
  codeHelp: "Ein paar Ziffern. Eine Nachricht kann eine Minute brauchen.",
  confirm: "Bestätigen",
  sendAgain: "Neuen Code senden",
  cancel: "Abbrechen",
  confirmed: (number) => `${number} ist bestätigt.`,
  wait: signIn.wait,
  problems: {
    number: "Geben Sie eine Nummer mit Ländervorwahl ein, die Nachrichten empfängt, zum Beispiel +49 30 901820.",
    wrong: "Das ist nicht der Code. Sehen Sie in die neueste Nachricht, oder fordern Sie einen neuen Code an.",
    dead: "Dieser Code gilt nicht mehr. Fordern Sie einen neuen an.",
    taken: "Ein anderes Konto hat diese Nummer bestätigt. Nichts wurde geändert.",
    limit: "Heute werden keine weiteren Codes gesendet. Versuchen Sie es morgen noch einmal.",
    crowded:
      "Diese Plattform hat alle Codes gesendet, die sie in einer Stunde sendet. Nichts wurde geändert. Versuchen Sie es in einer Stunde noch einmal.",
    busy: "Der Dienst, der die Codes sendet, bittet um Geduld. Versuchen Sie es in zehn Minuten noch einmal.",
    unavailable: "Der Dienst, der die Codes sendet, antwortet nicht. Versuchen Sie es in ein paar Minuten noch einmal.",
  },
};
