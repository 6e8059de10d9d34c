import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/apps.ts";
import type { Wording } from "../wording.ts";
import { counted } from "./words.ts";

const { dateText, lastUseText, resetText } = phrasesIn("de");

export const apps: Wording<typeof en.apps> = {
  title: "Ihre Apps",
  summary: (number) => counted(number, "App", "Apps"),
  create: "App registrieren",
  emptyTitle: "Sie haben keine App registriert",
  empty: (platform) =>
    `Registrieren Sie eine: Menschen melden sich bei ihr mit ihrem Konto bei ${platform} an und zahlen ihre eigenen Aufrufe.`,
  mayNot: {
    email_unverified: "Bestätigen Sie zuerst Ihre E-Mail-Adresse: Erst dann dürfen Sie Apps registrieren.",
    phone_unverified: "Bestätigen Sie zuerst Ihre Telefonnummer: Erst dann dürfen Sie Apps registrieren.",
    operators_only: "Hier registrieren nur Betreiber Apps. Fragen Sie jemanden dort.",
    too_many: "Sie besitzen so viele Apps, wie eine Person haben darf. Löschen Sie eine, um eine neue zu registrieren.",
  },
  open: "Öffnen",
  openOf: (app) => `Öffnen: ${app}`,
  roles: { owner: "Ihre", manager: "Zum Verwalten geteilt", viewer: "Zum Ansehen geteilt" },
  sharedBy: (owner) => `von ${owner}`,
  inactive: "Abgeschaltet",
  listed: "Im Verzeichnis",
  unlisted: "Nicht im Verzeichnis",
  people: (number) =>
    number === 0 ? "Noch von niemandem erlaubt" : `Von ${counted(number, "Person", "Personen")} erlaubt`,
  registered: (at) => `Registriert am ${dateText(at)}`,
  note: (link) => html`Eingetragene Apps findet man im ${link}.`,
  directory: "App-Verzeichnis",
  deleted: (app) => `${app} ist gelöscht. Die Token sind ungültig, und der Name ist frei.`,
  newer: "Neuere",
  older: "Ältere",

  pages: "Seiten dieser App",
  tabs: {
    app: "Übersicht",
    edit: "Angaben",
    redirects: "Weiterleitungen",
    secrets: "Geheimnisse",
    trust: "Domain und Logo",
    webhook: "Webhook",
    people: "Personen",
    preview: "Vorschau",
  },
  pageTitle: (app, tab) => `${app}: ${tab}`,
  viewing: (owner) => `${owner} lässt Sie diese App ansehen. Ändern können sie nur Verwalter.`,
  inactiveNotice: "Diese App ist abgeschaltet: Niemand kann sich bei ihr anmelden, und ihre Token sind ungültig.",
  saved: "Gespeichert.",
  signInAgain: "Ihre Anmeldung ist älter als eine halbe Stunde. Um hier etwas zu ändern,",
  signInNow: "melden Sie sich erneut an",
};

export const appOverview: Wording<typeof en.appOverview> = {
  people: "Personen",
  peopleNote: "erlauben sie zurzeit",
  active: "Aktiv",
  activeNote: "in den letzten 30 Tagen",
  spent: "Ausgegeben",
  spentNote: "von ihren Nutzern in 30 Tagen",
  errors: "Fehlgeschlagene Aufrufe",
  errorsNote: "in den letzten 30 Tagen",
  connect: "Ihre App verbinden",
  connectLede: "Damit kommt jede OpenID-Connect-Bibliothek zurecht. Den Rest findet sie selbst.",
  clientId: "Client-ID",
  issuer: "Aussteller",
  discovery: "Konfiguration",
  about: "Über die App",
  type: "Art",
  types: {
    confidential: "Mit einem Server, der ein Geheimnis wahrt",
    public: "Ohne Geheimnis: Browser, Telefon oder Computer",
  },
  owner: "Eigentümer",
  registered: "Registriert",
  registeredOn: dateText,
  changed: "Zuletzt geändert",
  changedAt: lastUseText,
  appId: "App-Nummer",
  scopes: "Darf bitten um",
  state: "Abschalten oder löschen",
  stateOff: "Einschalten oder löschen",
  activeLede:
    "Abgeschaltet kann sich niemand bei ihr anmelden, und ihre Token werden binnen einer Sekunde ungültig. Wieder eingeschaltet beginnt sie von vorn: Man meldet sich einmal neu an, die Limits bleiben.",
  deactivate: "Abschalten",
  deactivateTitle: (app) => `${app} abschalten?`,
  deactivateLede: (people) =>
    people === 0
      ? "Niemand kann sich bei ihr anmelden, bis Sie sie wieder einschalten."
      : people === 1
        ? "1 Person kann sie nicht benutzen, bis Sie sie wieder einschalten. Ihre Token werden binnen einer Sekunde ungültig und kommen nie zurück."
        : `${counted(people, "Person", "Personen")} können sie nicht benutzen, bis Sie sie wieder einschalten. Ihre Token werden binnen einer Sekunde ungültig und kommen nie zurück.`,
  deactivateNow: "Jetzt abschalten",
  activate: "Einschalten",
  activated: "Die App ist eingeschaltet. Man kann sich bei ihr anmelden.",
  deactivated: "Die App ist abgeschaltet. Ihre Token sind binnen einer Sekunde ungültig.",
  keep: "Eingeschaltet lassen",
  remove: "App löschen",
};

export const appDelete: Wording<typeof en.appDelete> = {
  title: (app) => `${app} löschen?`,
  lede: "Das lässt sich nicht rückgängig machen.",
  ends: "Was endet",
  endTokens: "Token und Codes werden überall binnen einer Sekunde ungültig.",
  endPeople: (people) =>
    people === 0
      ? "Niemand erlaubt sie, also bemerkt es niemand."
      : people === 1
        ? "1 Person kann sich nicht mehr bei ihr anmelden."
        : `${counted(people, "Person", "Personen")} können sich nicht mehr bei ihr anmelden.`,
  endSecrets: "Client-ID und Geheimnisse gelten nicht mehr. Eine neue App bekommt andere.",
  endShares: (shares) =>
    shares === 1
      ? "1 Person, mit der Sie sie geteilt haben, verliert sie auch."
      : `${counted(shares, "Person", "Personen")}, mit denen Sie sie geteilt haben, verlieren sie auch.`,
  endName: "Der Name ist frei: Jemand anderes kann ihn registrieren.",
  stays: "Was über sie ausgegeben wurde, bleibt auf den Rechnungen ihrer Nutzer.",
  confirm: "Geben Sie zur Bestätigung den Namen ein",
  mismatch: (app) => `Geben Sie ${app} ein, Zeichen für Zeichen.`,
  submit: "Endgültig löschen",
  keep: "Behalten",
};

export const appSecrets: Wording<typeof en.appSecrets> = {
  title: "Client-Geheimnisse",
  lede: "Mit einem davon weist Ihr Server nach, dass er diese App ist. Diese alle gelten jetzt.",
  none: "Zurzeit gilt kein Geheimnis. Erstellen Sie eines, sonst kann die App ihre Codes nicht einlösen.",
  hint: (hint) => `csc_…${hint}`,
  made: (at, now) => `Erstellt ${madeWhen(at, now)}`,
  ends: (at, now) => `Endet: ${resetText(at, now)}`,
  stays: "Bleibt, bis Sie es ersetzen",
  newest: "In Gebrauch",
  ending: "Läuft aus",
  kill: "Sperren",
  killOf: (hint) => `Geheimnis sperren, das auf ${hint} endet`,
  killTitle: (hint) => `csc_…${hint} sperren?`,
  killLede: "Wer es benutzt, wird binnen einer Sekunde abgewiesen. Es kommt nie zurück.",
  killLast: "Es ist das einzige. Ihre App kann niemanden anmelden, bis Sie ein neues erstellen.",
  killNow: "Jetzt sperren",
  keep: "Behalten",
  killed: "Das Geheimnis ist gesperrt.",
  rotate: "Neues Geheimnis erstellen",
  rotateLede:
    "Die alten gelten so lange weiter, wie Sie sagen, damit Sie das neue vorher einsetzen können. Wählen Sie „sofort“, wenn eines bekannt geworden ist.",
  overlap: "Die alten enden",
  overlaps: { 0: "Sofort", 3600: "In 1 Stunde", 86400: "In 1 Tag", 604800: "In 7 Tagen" },
  submit: "Neues Geheimnis erstellen",
  publicTitle: "Diese App hat kein Geheimnis",
  publicLede:
    "Sie läuft in einem Browser, auf einem Telefon oder Computer, wo kein Geheimnis sicher ist. Jede Anmeldung ist stattdessen durch PKCE geschützt.",
};

export const appSecretOnce: Wording<typeof en.appSecretOnce> = {
  titles: {
    created: (app) => `${app} ist registriert`,
    rotated: (app) => `Ein neues Geheimnis für ${app}`,
    webhook: (app) => `Ein neues Signaturgeheimnis für ${app}`,
  },
  copyNow: "Kopieren Sie es jetzt. Wir behalten nur den Fingerabdruck und können es nicht noch einmal zeigen.",
  secret: "Client-Geheimnis",
  clientId: "Client-ID",
  webhookSecret: "Signaturgeheimnis",
  keep: "So bewahren Sie es auf",
  verify:
    "Prüfen Sie damit jeden Anruf, wie Standard Webhooks es beschreibt; für die meisten Sprachen gibt es eine Bibliothek.",
  keepRows: [
    "Legen Sie es in den Geheimnisspeicher oder die Umgebung Ihres Servers.",
    "Nie in Quelltext, eine Seite, eine App auf einem Telefon oder einen Chat.",
    "Wenn es bekannt wird, erstellen Sie ein neues und lassen Sie dieses sofort enden.",
  ],
  oldEnd: (at, now) => `Die alten Geheimnisse enden: ${resetText(at, now)}.`,
  oldEndedNow: "Die alten Geheimnisse gelten nicht mehr.",
  publicLede: "Sie braucht kein Geheimnis. Geben Sie Ihrem Programm die Client-ID, und es kann Menschen anmelden.",
  done: "Ich habe es aufbewahrt",
  go: "Zur App",
  preview: "Ansehen, was Menschen sehen werden",
};

export const appPeople: Wording<typeof en.appPeople> = {
  title: "Wer daran arbeitet",
  owner: "Eigentümer",
  ownerLede: "Darf alles. Nur der Eigentümer teilt und löscht.",
  roles: { manager: "Verwaltet", viewer: "Sieht an" },
  roleLedes: { manager: "Ändert alles außer dieser Liste und kann nicht löschen.", viewer: "Sieht und ändert nichts." },
  since: (at) => `Seit ${dateText(at)}`,
  empty: "Noch mit niemandem geteilt.",
  takeBack: "Zurücknehmen",
  takeBackOf: (name) => `Zurücknehmen: ${name}`,
  add: "Teilen",
  username: "Benutzername",
  role: "Darf",
  roleChoices: { manager: "verwalten", viewer: "ansehen" },
  submit: "Teilen",
  errors: {
    missing: "Geben Sie den Benutzernamen der Person ein.",
    unknown: "Niemand hier hat diesen Benutzernamen.",
    self: "Sie gehört Ihnen schon.",
    already: "Sie ist mit dieser Person schon geteilt. Nehmen Sie es erst zurück, um zu ändern, was die Person darf.",
  },
  shared: (name) => `Mit ${name} geteilt.`,
  takenBack: "Zurückgenommen. Die Person sieht die App nicht mehr.",
};

function madeWhen(at: number, now: number): string {
  const days = Math.floor((now - at) / 86_400_000);
  return days < 1 ? lastUseText(at, now) : `am ${dateText(at)}, vor ${counted(days, "Tag", "Tagen")}`;
}
