import type * as en from "../en/app-form.ts";
import type { Wording } from "../wording.ts";

const address = "Geben Sie eine Adresse ein, die mit https:// oder http:// beginnt.";

export const appForm: Wording<typeof en.appForm> = {
  createTitle: "App registrieren",
  createLede: (platform) =>
    `Menschen melden sich bei ihr mit ihrem Konto bei ${platform} an und zahlen ihre eigenen Aufrufe.`,
  submitCreate: "App registrieren",
  submitSave: "Speichern",
  preview: "In der Vorschau zeigen",
  about: "Über die App",
  aboutLede: "Das lesen Menschen, bevor sie etwas erlauben.",
  name: "Name",
  nameHelp: "Wie man sie kennt. Keine andere App hier darf so heißen.",
  description: "Beschreibung",
  descriptionHelp: "Ein oder zwei Sätze für das Verzeichnis.",
  homepage: "Website",
  homepageHelp: "Wo man die App findet.",
  privacy: "Datenschutzerklärung",
  terms: "Nutzungsbedingungen",
  type: "Art der App",
  typeLede: "Sie lässt sich später nicht ändern.",
  types: {
    confidential: {
      label: "Sie hat einen Server",
      detail: "Eine Web-App. Der Server bewahrt ein Client-Geheimnis auf.",
    },
    public: {
      label: "Sie hat keinen",
      detail:
        "Eine Seite im Browser, eine App auf Telefon oder Computer, ein Befehl. Kein Geheimnis; PKCE schützt sie.",
    },
  },
  redirects: "Weiterleitungsadressen",
  redirectsHelp:
    "Eine je Zeile, höchstens 10: https, oder http auf diesem Computer. Verglichen wird Zeichen für Zeichen.",
  logoutRedirects: "Nach dem Abmelden",
  logoutRedirectsHelp:
    "Eine je Zeile. Wohin Menschen geschickt werden dürfen, nachdem Ihre App sie abgemeldet hat. Lassen Sie das Feld leer, wenn sie das nie tut.",
  redirectsTitle: "Wohin Antworten gehen",
  redirectsLede: "An diese Adressen schicken wir Menschen und ihre Codes, an keine anderen.",
  redirectsChange:
    "Wer eine dieser Adressen beherrscht, kann sich als jeder Nutzer Ihrer App anmelden. Nach einer Änderung werden alle neu gefragt.",
  submitRedirects: "Adressen speichern",
  scopes: "Worum sie bitten darf",
  scopesLede: "Menschen sehen jedes als Satz. Bitten Sie um so wenig wie möglich; mehr geht später immer.",
  money: "Welche Ausgaben sie vorschlägt",
  moneyLede: "Damit beginnt die Zustimmungsseite, wenn Ihre App selbst nichts vorschlägt. Menschen können es ändern.",
  budget: "Vorgeschlagenes Limit",
  budgetHelp: "Lassen Sie das Feld leer, um nichts vorzuschlagen.",
  identityOnly: "Sie gibt nie etwas aus",
  identityOnlyDetail: "Sie darf Menschen wiedererkennen, und keines ihrer Token erreicht je ein Modell.",
  shelf: "Verzeichnis",
  listed: "Im App-Verzeichnis zeigen",
  listedDetail: "Dort kann sie jeder finden. Ohne Eintrag funktioniert sie genauso.",
  tokens: "Für Entwickler",
  lifetime: "Eine Anmeldung gilt, in Tagen",
  lifetimeHelp: "Für Refresh-Token, ab jeder Verwendung. 1 bis 365.",
  alg: "ID-Token werden signiert mit",
  algs: { RS256: "RS256, das jede Bibliothek kennt", ES256: "ES256, kürzer" },
  format: "Zugriffstoken sind",
  formats: {
    sealed: "versiegelt: am kürzesten, und nur wir können sie lesen",
    jwt: "JWTs (RFC 9068): Ihre eigenen Server können sie prüfen",
  },
  nameless: "Ihre App",
  sample: "So werden Menschen sie sehen",
  sampleNote: "Ein Muster mit Ihrem eigenen Namen und Guthaben. Nichts darin lässt sich drücken.",
  samplePage: "In voller Größe ansehen",
  previewTitle: "Was Menschen sehen werden",
  previewLede: "Die Zustimmungsseite der ersten Anmeldung, mit Ihnen als Gast.",
  face: "Ein neuer Name oder eine neue Adresse erscheint allen, die die App schon erlaubt haben, auf der Zustimmungsseite: Sie werden neu gefragt.",
  problem: (fields) =>
    fields === 1 ? "Ein Feld braucht noch einen Blick." : `${fields} Felder brauchen noch einen Blick.`,
  errors: {
    name: "Verwenden Sie 3 bis 64 Buchstaben, Ziffern, Leerzeichen und die Zeichen _ - und Punkt.",
    spends: "Sie gibt nie etwas aus, also kann sie nicht um die Modelle bitten. Entfernen Sie eines der Häkchen.",
    taken: "Eine andere App hier heißt schon so oder zum Verwechseln ähnlich. Wählen Sie einen anderen Namen.",
    mixed: "Ein Wort mischt ähnlich aussehende Buchstaben mehrerer Alphabete. Bleiben Sie je Wort bei einem Alphabet.",
    platform: "So darf nur diese Plattform selbst heißen. Setzen Sie ein eigenes Wort dazu.",
    description: "Verwenden Sie höchstens 1.000 Zeichen gewöhnlichen Textes.",
    redirect_uris: "Geben Sie 1 bis 10 Adressen ein.",
    redirect_line: (line) =>
      `Zeile ${line}: https, oder http auf diesem Computer; kein Fragment, kein Sternchen, kein Benutzername.`,
    post_logout_redirect_uris: "Geben Sie höchstens 10 Adressen ein.",
    homepage_url: address,
    privacy_policy_url: address,
    terms_url: address,
    webhook_url: "Geben Sie eine Adresse ein, die mit https:// beginnt.",
    allowed_scopes: "Setzen Sie mindestens ein Häkchen.",
    budget_proposal: "Geben Sie einen Betrag wie 10 oder 10,50 ein, oder lassen Sie das Feld leer.",
    refresh_token_lifetime_days: "Geben Sie eine ganze Zahl von 1 bis 365 ein.",
    other: "So lässt sich das nicht speichern.",
  },
};
