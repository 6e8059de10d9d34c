import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/hotkeys.ts";
import type { Wording } from "../wording.ts";
import { connected } from "./account.ts";

const { dateText } = phrasesIn("de");

export const hotkeys: Wording<typeof en.hotkeys> = {
  signInTitle: "Mit Hotkey anmelden",
  signInLede:
    "Signieren Sie den Text unten mit Ihrem Schlüssel, und fügen Sie die Signatur ein. Der Schlüssel selbst verlässt Sie nie.",
  textToSign: "Zu signierender Text",
  textHelp: "Kopieren Sie alles. Der Text gilt fünf Minuten, einmal.",
  hotkey: "Hotkey",
  hotkeyHelp: "Die Adresse Ihres Schlüssels: SS58 oder 64 hexadezimale Ziffern.",
  signature: "Signatur",
  signatureHelp: "128 hexadezimale Ziffern, wie Ihr Wallet oder Programm sie ausgibt.",
  signIn: "Anmelden",
  usePassword: "Stattdessen mit Passwort anmelden",
  useHotkey: "Stattdessen mit Hotkey anmelden",
  wallet: "Mit {wallet} signieren",
  walletAccount: "{account} verwenden",
  walletEmpty: "Ihr Wallet zeigt kein Konto, das hier signieren kann.",
  walletRefused: "Ihr Wallet hat nicht signiert. Versuchen Sie es noch einmal, oder fügen Sie eine Signatur ein.",
  wrongField: "Passt nicht zu Text und Hotkey oben.",
  problems: {
    wrong:
      "Diese Signatur gehört nicht zu diesem Text und diesem Hotkey. Signieren Sie ihn erneut, ganz und unverändert.",
    unknown:
      "Kein Konto hat diesen Hotkey. Melden Sie sich mit Ihrem Passwort an, und verknüpfen Sie ihn unter Sicherheit.",
    expired:
      "Dieser Text hat zu lange gewartet, wurde schon verwendet oder in einem anderen Browser gezeigt. Signieren Sie den neuen.",
  },
  cli: {
    title: (address) => `Als ${address} anmelden?`,
    heading: (address) => html`Als ${address} anmelden?`,
    lede: (username) => html`Dieser Hotkey gehört zum Konto ${username}.`,
    caution: "Fahren Sie nur fort, wenn Sie das gerade selbst gestartet haben, in einem Ihrer Programme.",
    replaces: (person) => html`Die Anmeldung von ${person} in diesem Browser endet damit.`,
    leave: "Abbrechen",
    submit: "Anmelden",
  },
};

export const security: Wording<typeof en.security> = {
  title: "Sicherheit",
  hotkeys: "Hotkeys",
  lede: "Ein verknüpfter Hotkey meldet Sie ohne Passwort an, hier und in Ihren eigenen Programmen. Wir behalten nur seine Adresse.",
  linkedOn: (at) => `Verknüpft am ${dateText(at)}`,
  lastUsed: connected.lastUsed,
  notUsed: connected.notUsed,
  link: "Hotkey verknüpfen",
  linkLede:
    "Signieren Sie den Text unten mit dem Schlüssel, den Sie verknüpfen. Wer ihn hat, kann sich als Sie anmelden.",
  name: "Name",
  nameHelp: "Damit Sie ihn erkennen, zum Beispiel Laptop.",
  linkNow: "Diesen Hotkey verknüpfen",
  leave: "Abbrechen",
  unlink: "Trennen",
  unlinkOf: (name) => `Trennen: ${name}`,
  unlinkTitle: (name) => `${name} trennen?`,
  unlinkLede: "Er meldet nicht mehr an. Andere Sitzungen, die mit einem Hotkey begonnen wurden, enden sofort.",
  unlinkNow: "Jetzt trennen",
  keep: "Behalten",
  fresh: "Zum Verknüpfen und Trennen muss Ihre Anmeldung jünger als 30 Minuten sein.",
  signInAgain: "Erneut anmelden",
  emptyTitle: "Sie haben keine Hotkeys",
  empty: "Verknüpfen Sie den Schlüssel eines Wallets oder eines Programms, und seine Signatur meldet Sie an.",
  linkedNotice: (name) => `${name} ist verknüpft. Ab jetzt meldet die Signatur dieses Hotkeys Sie an.`,
  unlinkedNotice: "Der Hotkey ist getrennt.",
  lastNotice:
    "Das ist Ihr letzter Weg zur Anmeldung. Legen Sie zuerst ein Passwort fest, oder verknüpfen Sie einen weiteren Hotkey.",
  problems: {
    wrong: hotkeys.problems.wrong,
    expired: "Dieser Text hat zu lange gewartet oder wurde schon verwendet. Signieren Sie den neuen.",
    linked: "Dieser Hotkey ist schon mit Ihrem Konto verknüpft.",
    taken: "Dieser Hotkey gehört zu einem anderen Konto. Trennen Sie ihn zuerst dort.",
    too_many: "Sie haben so viele Hotkeys, wie ein Konto haben darf. Trennen Sie zuerst einen.",
    name: "Verwenden Sie höchstens 64 Zeichen, in einer Zeile.",
  },
};
