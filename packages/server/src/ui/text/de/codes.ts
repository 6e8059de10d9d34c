import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/codes.ts";
import type { Wording } from "../wording.ts";
import { signIn } from "./doors.ts";

const { momentText } = phrasesIn("de");

const code = {
  code: "Code aus der E-Mail",
  codeHelp: "Sechs Ziffern. Die E-Mail kann eine Minute brauchen; sehen Sie auch im Spam-Ordner nach.",
  sendAgain: "Neuen Code senden",
  wait: signIn.wait,
  problems: {
    wrong: "Das ist nicht der Code. Sehen Sie in die neueste E-Mail, oder fordern Sie einen neuen Code an.",
    dead: "Dieser Code gilt nicht mehr. Fordern Sie einen neuen an.",
    address: "Geben Sie eine Adresse wie maya@fennick.example ein.",
  },
};

export const emailCode: Wording<typeof en.emailCode> = {
  ...code,
  use: "Mit Code per E-Mail anmelden",
  title: "Mit Code per E-Mail anmelden",
  lede: "Wir senden einen Code an die bestätigte Adresse Ihres Kontos.",
  email: "E-Mail",
  send: "Code senden",
  sentTitle: "Sehen Sie in Ihr Postfach",
  sentLede: (address) =>
    html`Wenn ein Konto ${address} bestätigt hat, ist ein Code dorthin unterwegs. Geben Sie ihn hier ein, in diesem Browser.`,
  submit: "Anmelden",
  other: "Andere Adresse verwenden",
  usePassword: "Mit Passwort anmelden",
};

export const passwordReset: Wording<typeof en.passwordReset> = {
  ...code,
  forgot: "Passwort vergessen?",
  title: "Neues Passwort wählen",
  lede: "Wir senden einen Code an die bestätigte Adresse Ihres Kontos. Damit wählen Sie ein neues Passwort.",
  email: emailCode.email,
  send: emailCode.send,
  sentLede: emailCode.sentLede,
  password: "Neues Passwort",
  passwordHelp: "Mindestens 12 Zeichen. Ein kurzer Satz ist gut, Ihr Passwortmanager auch.",
  submit: "Passwort ändern",
  other: emailCode.other,
  back: "Zurück zur Anmeldung",
  doneTitle: "Ihr Passwort ist geändert",
  doneLede: "Sie sind überall abgemeldet, auch hier. Apps behalten, was Sie ihnen erlaubt haben.",
  signIn: "Anmelden",
};

export const accountPassword: Wording<typeof en.accountPassword> = {
  title: "Passwort",
  lede: "Wer anderswo mit dem alten Passwort angemeldet ist, wird abgemeldet. Apps behalten, was Sie ihnen erlaubt haben.",
  firstLede: "Ihr Konto hat noch kein Passwort. Mit einem können Sie sich auch damit anmelden.",
  current: "Bisheriges Passwort",
  password: passwordReset.password,
  passwordHelp: passwordReset.passwordHelp,
  submit: "Passwort ändern",
  set: "Passwort festlegen",
  leave: "So lassen",
  wait: signIn.wait,
  fresh: "Um ein Passwort festzulegen, melden Sie sich zuerst erneut an.",
  signInAgain: "Erneut anmelden",
  stale: "Das Passwort wurde inzwischen anderswo geändert. Hier wurde nichts geändert.",
  changed: "Ihr Passwort ist geändert. Alle anderen sind abgemeldet.",
  problems: { wrong: "Das ist nicht Ihr bisheriges Passwort.", missing: "Geben Sie ein Passwort ein." },
};

export const accountEmail: Wording<typeof en.accountEmail> = {
  ...code,
  title: "E-Mail-Adresse",
  lede: "Mit einer bestätigten Adresse melden Sie sich an, kommen wieder herein, wenn Sie Ihr Passwort vergessen, und erfahren, was mit Ihrem Konto geschieht.",
  none: "Sie haben noch keine Adresse.",
  verified: "Bestätigt",
  notVerified: "Nicht bestätigt",
  send: "Code senden",
  sendTo: (address) =>
    html`Wir senden einen Code an ${address}. Geben Sie ihn hier ein, um zu bestätigen, dass die Adresse Ihnen gehört.`,
  sentTo: (address) => html`Ein Code ist unterwegs an ${address}.`,
  confirm: "Bestätigen",
  confirmed: (address) => `${address} ist bestätigt.`,
  addTitle: "Adresse hinzufügen",
  confirmTitle: "Adresse bestätigen",
  changeTitle: "Adresse ändern",
  changeLede: "Die bisherige Adresse bleibt, bis die neue bestätigt ist, und wird dann benachrichtigt.",
  email: "Neue Adresse",
  change: "Code dorthin senden",
  fresh: "Um die Adresse zu ändern, melden Sie sich zuerst erneut an.",
  signInAgain: "Erneut anmelden",
  taken: "Inzwischen hat ein anderes Konto diese Adresse bestätigt. Nichts wurde geändert.",
  later: "Später",
};

export const outbox: Wording<typeof en.outbox> = {
  title: "Postausgang",
  lede: "Diese Plattform hat keinen Mailserver, deshalb landen ihre E-Mails hier. Niemand sonst kann sie lesen: Diese Seite gibt es nur auf dem Rechner selbst.",
  empty: "Noch keine E-Mails",
  emptyLede: "Fordern Sie einen Code an, oder bestätigen Sie eine Adresse.",
  to: (address) => html`an ${address}`,
  sent: momentText,
  asHtml: "So sieht sie aus",
};
