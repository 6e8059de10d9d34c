import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import { clockSecondsText, clockText, isSameDay } from "../../time-text.ts";
import type * as en from "../en/account.ts";
import type { Wording } from "../wording.ts";
import { money } from "./money.ts";
import { counted, list } from "./words.ts";

const { countText, dateText, lastUseText, leftText, monthName, monthText, plainDateText, shortDateText, spentText } =
  phrasesIn("de");

export const connected: Wording<typeof en.connected> = {
  title: "Verbundene Apps",
  summary: (apps, spentMicros, now) =>
    `${counted(apps, "App", "Apps")}, ${spentText(spentMicros)} im ${monthName(now)}`,
  knowsWords: {
    openid: "Sie",
    profile: "Ihren Namen",
    email: "Ihre E-Mail-Adresse",
    phone: "Ihre Telefonnummer",
    address: "Ihre Anschrift",
  },
  knows: (words) => `Kennt ${list(words)}.`,
  uses: (payer) => `Nutzt alle Modelle, bezahlt von ${payer}.`,
  spendsNothing: "Darf nichts ausgeben.",
  also: (titles) => `Darf außerdem: ${titles.join("; ")}.`,
  allowed: (at) => `Erlaubt am ${dateText(at)}`,
  lastUsed: (at, now) => `, zuletzt verwendet ${lastUseText(at, now)}`,
  notUsed: ", noch nicht verwendet",
  ends: (at) => `. Endet am ${dateText(at)}`,
  changeCap: "Limit ändern",
  changeCapOf: (app) => `Limit ändern: ${app}`,
  revoke: "Widerrufen",
  revokeOf: (app) => `Widerrufen: ${app}`,
  mostOf: (app) => `So viel darf ${app} höchstens ausgeben`,
  stopsBelow: (usedMicros, at) =>
    `${spentText(usedMicros)} sind ausgegeben oder reserviert. Ein niedrigeres Limit stoppt die Aufrufe sofort${at === null ? "" : `, bis zum ${plainDateText(at)}`}.`,
  save: "Limit speichern",
  revokeTitle: (app) => `${app} den Zugriff entziehen?`,
  revokeLede: (spentMicros, now) =>
    spentMicros > 0
      ? `Schlüssel und Token werden binnen einer Sekunde ungültig. Was die App im ${monthName(now)} ausgegeben hat (${spentText(spentMicros)}), bleibt auf Ihrer Rechnung.`
      : "Schlüssel und Token werden binnen einer Sekunde ungültig.",
  revokeNow: "Jetzt widerrufen",
  keep: "Behalten",
  note: "Ein Widerruf stoppt eine App überall binnen einer Sekunde. Was sie schon ausgegeben hat, bleibt auf Ihrer Rechnung.",
  revokedApps: (apps) => counted(apps, "widerrufene App", "widerrufene Apps"),
  revokedTitle: "Widerrufen",
  revokedOn: (at) => `Widerrufen am ${dateText(at)}. Die Belege finden Sie weiterhin unter Verbrauch.`,
  emptyTitle: "Keine App hat einen Schlüssel zu Ihrem Konto",
  empty: (platform) =>
    `Wenn Sie sich mit ${platform} bei einer App anmelden, erscheint sie hier mit ihrem Limit und ihrer Rechnung.`,
  revokedNotice: (app, receipts) => html`${app} hat keinen Zugriff mehr. ${receipts}.`,
  receiptsStay: "Die Belege bleiben hier",
  capNotice: (app, limitMicros, period) => `${app} darf jetzt ${money.cap(limitMicros, period)} ausgeben.`,
};

export const usage: Wording<typeof en.usage> = {
  title: "Verbrauch",
  month: "Monat",
  monthName: monthText,
  monthOption: monthText,
  show: "Anzeigen",
  byDay: "Nach Tagen",
  days: (days, calls) => `${counted(days, "Tag", "Tage")}, ${counted(calls, "Aufruf", "Aufrufe")}`,
  chart: (month) => `Ausgaben nach Tagen im ${month}, nach Apps gestapelt. Die Zahlen stehen in der Tabelle darunter.`,
  bar: (at, app, micros) => `${plainDateText(at)}, ${app}: ${spentText(micros)}`,
  apps: "Apps",
  asTable: "Als Tabelle anzeigen",
  day: "Tag",
  sum: "Summe",
  byApp: "Nach Apps",
  soFar: (from, until) => `${new Date(from).getUTCDate()}. bis ${dateText(until)}, bisher`,
  wholeMonth: (from, until) => `${new Date(from).getUTCDate()}. bis ${dateText(until)}`,
  ownKeys: "Ihre eigenen Schlüssel",
  otherApps: "Andere Apps",
  calls: "Aufrufe",
  caption: "Aufrufe, neueste zuerst, Zeiten in UTC",
  time: "Zeit, UTC",
  callTime: (at, now) => (isSameDay(at, now) ? clockSecondsText(at) : `${shortDateText(at)} ${clockSecondsText(at)}`),
  callShort: (at, now, model) =>
    isSameDay(at, now) ? `${clockText(at)}, ${model}` : `${shortDateText(at)} ${clockText(at)}, ${model}`,
  receiptTime: (at) => `${dateText(at)}, ${clockSecondsText(at)} Uhr UTC`,
  app: "App",
  model: "Modell",
  tokensIn: "Ein",
  tokensOut: "Aus",
  price: "Preis",
  receipt: "Beleg",
  receiptOf: (id) => `Beleg ${id}`,
  position: (first, last, total) => `Aufrufe ${countText(first)} bis ${countText(last)} von ${countText(total)}`,
  newest: "Neueste",
  older: "Ältere",
  emptyTitle: "Keine Aufrufe in diesem Monat",
  empty: "Jeder Aufruf einer App oder eines Ihrer Schlüssel erscheint hier mit seinem Beleg.",
  tokensInCount: (tokens) => `${countText(tokens)} Token ein`,
  tokensCachedCount: (tokens) => `${countText(tokens)} Token ein, aus dem Zwischenspeicher`,
  tokensOutCount: (tokens) => `${countText(tokens)} Token aus`,
  aMillion: (price) => `zu ${price} je Million`,
  perCall: "Für den Aufruf selbst",
  roundedUp: "Einmal aufgerundet",
  held: "Vor dem Aufruf reserviert",
  givenBack: "Zurückgegeben",
  carried: (platform) => `Von ${platform} getragen`,
  paidBy: (payer) => `Bezahlt von ${payer}.`,
  paidInside: (payer, limitMicros, period) =>
    `Bezahlt von ${payer}, innerhalb des Limits von ${money.cap(limitMicros, period)}.`,
  reported: "Gezählt nach den Angaben des Modellanbieters.",
  estimated:
    "Der Modellanbieter hat nichts gemeldet, deshalb haben wir gezählt: höchstens so viel, wie reserviert war.",
};

export const keys: Wording<typeof en.keys> = {
  title: "Schlüssel",
  summary: (number) => counted(number, "Schlüssel", "Schlüssel"),
  make: "Schlüssel erstellen",
  againNotice:
    "Dieses Formular hat seinen Schlüssel bereits erstellt, und ein Schlüssel wird nur einmal angezeigt. Wenn Sie ihn nicht kopiert haben, widerrufen Sie ihn und erstellen Sie einen neuen.",
  made: (at) => `Erstellt am ${dateText(at)}`,
  madeFor: (app, at) => `Für ${app}, erstellt am ${dateText(at)}`,
  lastUsed: connected.lastUsed,
  notUsed: connected.notUsed,
  ends: connected.ends,
  noCap: "Kein eigenes Limit. Es endet mit Ihrem Guthaben.",
  revoke: connected.revoke,
  revokeOf: connected.revokeOf,
  revokeTitle: (name) => `${name} widerrufen?`,
  revokeLede:
    "Programme, die ihn verwenden, stoppen binnen einer Sekunde. Ein widerrufener Schlüssel kommt nie zurück.",
  revokeNow: connected.revokeNow,
  keep: connected.keep,
  note: "Ein Schlüssel wird nur einmal angezeigt: wenn er erstellt wird. Wir behalten nur seinen Fingerabdruck.",
  revokedNotice: (name) => `${name} ist widerrufen.`,
  emptyTitle: "Sie haben keine Schlüssel",
  empty: (platform) =>
    `Mit einem Schlüssel nutzen Ihre eigenen Programme die Modelle von ${platform} auf Ihre Rechnung.`,
};

export const profile: Wording<typeof en.profile> = {
  title: "Profil",
  you: "Sie",
  name: "Name",
  username: "Benutzername",
  email: "E-Mail",
  noEmail: "keine",
  verified: "Bestätigt",
  notVerified: "Nicht bestätigt",
  number: "Kontonummer",
  since: "Dabei seit",
  sinceDate: dateText,
  emailNote: "Mit einer Adresse, die nicht bestätigt ist, kann man sich nicht anmelden.",
  balance: "Guthaben",
  held: "Für laufende Aufrufe reserviert",
  left: "Noch verfügbar",
  workspace: "Arbeitsbereich",
  workspaceNote: "Jede App, die Sie erlauben, wird von hier bezahlt, jede bis zu ihrem Limit.",
  low: (balanceMicros) =>
    html`Ihr Guthaben beträgt <strong>${leftText(balanceMicros)}</strong>. Aufrufe stoppen, bis Sie es aufladen.`,
};

export const limit: Wording<typeof en.limit> = {
  title: (app) => `Limit erhöhen: ${app}`,
  reached: (app) => `${app} hat das Limit erreicht`,
  reachedLede:
    "Der letzte Aufruf wurde abgelehnt, bevor er etwas gekostet hat. Erhöhen Sie das Limit oder lassen Sie es; Ihre Rechnung stimmt in jedem Fall.",
  open: (app) => `${app} liegt innerhalb des Limits`,
  openLede:
    "Aufrufe, die in den Rest passen, werden ausgeführt. Erhöhen Sie das Limit oder lassen Sie es; Ihre Rechnung stimmt in jedem Fall.",
  appCap: "Limit dieser App",
  capReached: "erreicht",
  capOpen: "offen",
  balance: (payer) => `Guthaben von ${payer}`,
  newCap: {
    day: "Neues Limit pro Tag",
    week: "Neues Limit pro Woche",
    month: "Neues Limit pro Monat",
    total: "Neues Limit insgesamt",
  },
  other: "Oder ein anderer Betrag",
  stopsAtBalance: (balanceMicros) => `Die App stoppt auch bei Ihrem Guthaben von ${leftText(balanceMicros)}.`,
  notHigher: (limitMicros, period) =>
    `Geben Sie mehr als ${money.cap(limitMicros, period)} ein, oder lassen Sie das Limit, wie es ist.`,
  leave: "So lassen",
  raise: "Limit erhöhen",
  goBack: (link, host) => html`Wenn Sie fertig sind: ${link}, auf ${host}.`,
  backTo: (app) => `zurück zu ${app}`,
};
