import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/doors.ts";
import type { Wording } from "../wording.ts";

const { waitText } = phrasesIn("de");

export const signIn: Wording<typeof en.signIn> = {
  title: "Anmelden",
  goOn: (app) => html`um bei ${app} weiterzumachen`,
  login: "Benutzername oder E-Mail",
  password: "Passwort",
  submit: "Anmelden",
  newHere: (platform) => `Neu bei ${platform}?`,
  createAccount: "Konto erstellen",
  madeElsewhere: (app, host) =>
    html`${app} wird von jemand anderem hergestellt, auf ${host}. Ihr Passwort bekommt die App nie zu sehen.`,
  policies: (privacy, terms) => html`Hier sind ${privacy} und ${terms} der App.`,
  policy: (link) => html`Von der App: ${link}.`,
  privacy: "Datenschutzerklärung",
  terms: "Nutzungsbedingungen",
  wrong: "Name und Passwort passen nicht zusammen. Versuchen Sie es noch einmal.",
  wrongField: "Stimmt nicht. Der Name oben bleibt stehen.",
  wait: (milliseconds) =>
    html`Zu viele Versuche. Warten Sie <strong>${waitText(milliseconds)}</strong>, und versuchen Sie es dann erneut.`,
  expired:
    "Diese Seite hat zu lange gewartet und wurde zu Ihrer Sicherheit geschlossen. Nichts wurde gesendet. Versuchen Sie es noch einmal.",
};

export const signUp: Wording<typeof en.signUp> = {
  title: "Konto erstellen",
  lede: (platform) =>
    `Ein Konto für ${platform} und jede App, bei der Sie sich damit anmelden. Es kostet nichts, bis Sie ein Modell nutzen.`,
  name: "Name",
  nameHelp: "Sehen nur Apps, denen Sie es erlauben.",
  username: "Benutzername",
  usernameHelp: "Damit melden Sie sich an.",
  email: "E-Mail",
  emailHelp: "Eine App sieht sie nur, wenn Sie es erlauben.",
  password: "Passwort",
  passwordHelp: "Mindestens 12 Zeichen. Ein kurzer Satz ist gut, Ihr Passwortmanager auch.",
  acceptBoth: (terms, privacy) => html`Ich akzeptiere die ${terms} und die ${privacy}.`,
  acceptTerms: (terms) => html`Ich akzeptiere die ${terms}.`,
  terms: "Nutzungsbedingungen",
  privacy: "Datenschutzerklärung",
  submit: "Konto erstellen",
  haveAccount: "Haben Sie schon ein Konto?",
  signIn: "Anmelden",
  expired: signIn.expired,
  wait: signIn.wait,
  errors: {
    name: {
      missing: "Geben Sie den Namen ein, den Apps sehen dürfen.",
      form: "Verwenden Sie höchstens 64 Zeichen, in einer Zeile.",
    },
    username: {
      missing: "Wählen Sie einen Benutzernamen.",
      form: "Verwenden Sie 3 bis 32 Buchstaben, Ziffern, Punkte, Binde- und Unterstriche, mit einem Buchstaben oder einer Ziffer an beiden Enden.",
      taken: "Diesen Benutzernamen hat schon jemand. Wählen Sie einen anderen.",
      reserved: "Dieser Benutzername ist denen vorbehalten, die diese Plattform betreiben. Wählen Sie einen anderen.",
    },
    email: {
      missing: "Geben Sie Ihre E-Mail-Adresse ein.",
      form: "Geben Sie eine Adresse wie maya@fennick.example ein.",
    },
    password: {
      missing: "Wählen Sie ein Passwort.",
      short: "Verwenden Sie mindestens 12 Zeichen.",
      long: "Verwenden Sie höchstens 256 Zeichen.",
      common: "Dieses Passwort steht auf jeder Liste zum Erraten. Wählen Sie ein anderes; ein kurzer Satz ist gut.",
    },
    terms: { missing: "Setzen Sie das Häkchen, um fortzufahren." },
  },
};

export const signOut: Wording<typeof en.signOut> = {
  title: (platform) => `Von ${platform} abmelden?`,
  lede: (person) =>
    html`Sie sind als ${person} angemeldet. Apps behalten, was Sie ihnen erlaubt haben; um eine zu stoppen, widerrufen Sie sie.`,
  stay: "Bleiben",
  submit: "Abmelden",
  doneTitle: "Sie sind abgemeldet",
  donePage: "Abgemeldet",
  doneLede: "Ihr Schlüssel hängt wieder am Haken.",
  shared: "Schließen Sie auf einem gemeinsam genutzten Computer auch dieses Fenster.",
  again: "Erneut anmelden",
  apps: "Apps, die Sie erlaubt haben, behalten ihren Schlüssel und ihr Limit. Um eine zu stoppen, melden Sie sich an und widerrufen Sie sie.",
};
