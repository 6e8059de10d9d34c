import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/totp.ts";
import type { Wording } from "../wording.ts";
import { counted } from "./words.ts";

const { dateText } = phrasesIn("de");

export const totp: Wording<typeof en.totp> = {
  title: "Zweiter Faktor",
  back: "Sicherheit",
  app: "Authenticator-App",
  lede: "Zum Anmelden brauchen Sie neben dem Passwort sechs Ziffern aus einer App auf Ihrem Telefon. Wer nur Ihr Passwort kennt, bleibt draußen.",
  off: "Aus",
  on: "Ein",
  onSince: (at) => `Seit ${dateText(at)}`,
  add: "Einrichten",
  fresh: "Zum Einrichten und Entfernen muss Ihre Anmeldung jünger als 30 Minuten sein.",
  signInAgain: "Erneut anmelden",
  scanTitle: "Scannen Sie dies mit Ihrer App",
  scanLede: "Jede Authenticator-App eignet sich. Jedes Bild gilt für ein Konto und eine Stunde.",
  picture: "QR-Code mit dem Schlüssel Ihres Kontos",
  openHere: "In einer App auf diesem Gerät öffnen",
  typeKey: "Oder geben Sie diesen Schlüssel in die App ein",
  keyHelp: "Zeitbasiert, sechs Ziffern, 30 Sekunden, SHA-1: die Voreinstellung der Apps.",
  code: "Code, den die App zeigt",
  turnOn: "Einschalten",
  leave: "So lassen",
  problems: {
    wrong:
      "Das ist nicht der Code. Sehen Sie noch einmal in die App, und prüfen Sie, ob die Uhr Ihres Telefons stimmt.",
    wrongField: "Sechs Ziffern, wie die App sie jetzt zeigt.",
    expired: "Dieses Bild hat zu lange gewartet. Scannen Sie das neue, und löschen Sie das alte aus Ihrer App.",
    enrolled: "Ihr Konto hat schon eine Authenticator-App.",
  },
  codesTitle: "Wiederherstellungscodes",
  codesLede: "Für den Tag, an dem Ihr Telefon weg ist. Jeder meldet Sie einmal an, statt des Codes der App.",
  codesLeft: (codes) => `Noch ${counted(codes, "Code", "Codes")}`,
  noCodes: "Kein Code ist mehr übrig. Erstellen Sie jetzt neue.",
  fewCodes: "Nur wenige Codes sind übrig. Erstellen Sie neue, bevor Sie sie brauchen.",
  renew: "Neue Codes erstellen",
  renewTitle: "Neue Codes erstellen?",
  renewLede: "Ihre bisherigen Codes gelten dann sofort nicht mehr.",
  renewNow: "Jetzt erstellen",
  remove: "Entfernen",
  removeTitle: "Authenticator-App entfernen?",
  removeLede: "Dann meldet Ihr Passwort allein Sie an, und die Wiederherstellungscodes gelten nicht mehr.",
  removeNow: "Jetzt entfernen",
  keep: "Behalten",
  removedNotice: "Die Authenticator-App ist entfernt. Löschen Sie das Konto auch in ihr.",
  onceTitle: "Bewahren Sie diese Wiederherstellungscodes auf",
  onceAdded: "Ihre Authenticator-App ist eingeschaltet. Andere Sitzungen, die ohne sie begonnen wurden, sind beendet.",
  onceLede: "Sie werden jetzt gezeigt und nie wieder. Jeder gilt einmal, wenn Ihr Telefon nicht zur Hand ist.",
  onceKeep: "Wo Sie sie aufbewahren",
  onceRows: ["Auf Papier, wo Ihr Reisepass liegt", "In Ihrem Passwortmanager, außer wenn dort auch Ihr Passwort steht"],
  done: "Ich habe sie aufbewahrt",
};

export const secondFactorNeeded: Wording<typeof en.secondFactorNeeded> = {
  title: "Ein zweiter Faktor ist nötig",
  lede: (app) =>
    html`${app} bittet Sie, sich mit mehr als einem Passwort anzumelden. Ihr Konto hat noch keinen zweiten Faktor.`,
  setUp: "Authenticator-App einrichten",
  setUpHelp: "Es dauert zwei Minuten, dann geht es weiter zur App.",
  passkey: "Mit Ihrem Passkey anmelden",
  deny: "Zurück zur App",
};
