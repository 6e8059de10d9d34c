import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/passkeys.ts";
import type { Wording } from "../wording.ts";
import { connected } from "./account.ts";

const { dateText } = phrasesIn("de");

export const passkeys: Wording<typeof en.passkeys> = {
  title: "Passkeys",
  yours: "Ihre Passkeys",
  lede: "Ein Passkey meldet Sie mit Finger, Gesicht oder Geräte-PIN an, ohne Passwort. Er gilt nur auf dieser Website, deshalb kann keine gefälschte Seite ihn Ihnen abnehmen.",
  signIn: "Mit Passkey anmelden",
  signInRefused: "Ihr Gerät hat keinen Passkey gegeben. Versuchen Sie es noch einmal, oder melden Sie sich anders an.",
  refused: "Dieser Passkey öffnet hier kein Konto. Versuchen Sie es noch einmal, oder melden Sie sich anders an.",
  createdOn: (at) => `Hinzugefügt am ${dateText(at)}`,
  lastUsed: connected.lastUsed,
  notUsed: connected.notUsed,
  synced: "Synchronisiert",
  syncedMeans: "Wer ihn für Sie aufbewahrt, hat eine Kopie für Ihre anderen Geräte.",
  add: "Passkey hinzufügen",
  addLede:
    "Ihr Gerät fragt nach Finger, Gesicht oder PIN und behält den Passkey. Wir behalten nur, was ihn prüft, und nichts von Ihnen.",
  addNow: "Passkey erstellen",
  addAbsent:
    "Dieser Browser erstellt hier keine Passkeys: Er ist zu alt, oder seine Skripte sind ausgeschaltet. Fügen Sie einen in einem anderen Browser oder auf einem anderen Gerät hinzu.",
  addRefused: "Ihr Gerät hat keinen Passkey erstellt. Versuchen Sie es noch einmal, wenn Sie so weit sind.",
  addKnown: "Dieses Gerät hat schon einen Passkey für Ihr Konto.",
  fresh: "Zum Hinzufügen und Entfernen muss Ihre Anmeldung jünger als 30 Minuten sein.",
  signInAgain: "Erneut anmelden",
  leave: "Abbrechen",
  rename: "Umbenennen",
  renameOf: (name) => `Umbenennen: ${name}`,
  name: "Name",
  nameHelp: "Damit Sie ihn erkennen, zum Beispiel Laptop.",
  save: "Namen speichern",
  remove: "Entfernen",
  removeOf: (name) => `Entfernen: ${name}`,
  removeTitle: (name) => `${name} entfernen?`,
  removeLede:
    "Er meldet nicht mehr an, und andere Sitzungen, die mit einem Passkey seiner Art begonnen wurden, enden sofort. Löschen Sie ihn auch auf Ihrem Gerät, damit er dort nicht mehr angeboten wird.",
  removeNow: "Jetzt entfernen",
  keep: "Behalten",
  emptyTitle: "Sie haben keine Passkeys",
  empty: "Fügen Sie einen hinzu: Dann melden Finger, Gesicht oder Geräte-PIN Sie an.",
  addedNotice: (name) => `${name} ist hinzugefügt und meldet Sie ab jetzt an.`,
  renamedNotice: (name) => `Der Passkey heißt jetzt ${name}.`,
  removedNotice: "Der Passkey ist entfernt.",
  back: "Sicherheit",
  newName: "Passkey",
  problems: {
    refused:
      "Dieser Passkey wurde nicht hinzugefügt: Er hat zu lange gewartet, wurde schon gesendet oder für eine andere Seite erstellt. Versuchen Sie es noch einmal.",
    known: "Dieser Passkey ist schon bekannt.",
    too_many: "Sie haben so viele Passkeys, wie ein Konto haben darf. Entfernen Sie zuerst einen.",
    last: "Das ist Ihr letzter Weg zur Anmeldung. Legen Sie zuerst ein Passwort fest, oder fügen Sie einen weiteren Passkey hinzu.",
    name: "Verwenden Sie höchstens 64 Zeichen, in einer Zeile.",
  },
};
