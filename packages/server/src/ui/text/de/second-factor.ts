import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/second-factor.ts";
import type { Wording } from "../wording.ts";

const { waitText } = phrasesIn("de");

export const secondFactor: Wording<typeof en.secondFactor> = {
  title: "Code eingeben",
  lede: (platform) => `Ihre Authenticator-App zeigt sechs Ziffern für ${platform}.`,
  code: "Code",
  submit: "Weiter",
  useRecovery: "Stattdessen einen Wiederherstellungscode verwenden",
  recoveryTitle: "Wiederherstellungscode verwenden",
  recoveryLede: "Einer der Codes, die Sie beim Einrichten Ihrer Authenticator-App aufbewahrt haben. Jeder gilt einmal.",
  recoveryCode: "Wiederherstellungscode",
  useTotp: "Stattdessen die Authenticator-App verwenden",
  startAgain: "Als jemand anderes anmelden",
  lost: (help) => html`Beides verloren? ${help}.`,
  help: "Um Hilfe bitten",
  wrong: "Das ist nicht der Code. Sehen Sie noch einmal in die App: Sie zeigt alle 30 Sekunden einen neuen.",
  wrongField: "Sechs Ziffern, wie die App sie jetzt zeigt.",
  used: "Dieser Code wurde schon verwendet. Warten Sie, bis die App den nächsten zeigt.",
  wrongRecovery: "Das ist keiner Ihrer Wiederherstellungscodes, oder er wurde schon verwendet.",
  wrongRecoveryField: "16 Buchstaben und Ziffern.",
  wait: (milliseconds) =>
    html`Zu viele falsche Codes. Warten Sie <strong>${waitText(milliseconds)}</strong>, oder verwenden Sie einen Wiederherstellungscode.`,
  waitAll: (milliseconds) =>
    html`Zu viele Versuche. Warten Sie <strong>${waitText(milliseconds)}</strong>, und versuchen Sie es dann erneut.`,
};
