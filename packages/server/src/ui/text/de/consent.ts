import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/consent.ts";
import type { Wording } from "../wording.ts";
import { money } from "./money.ts";
import { counted, list } from "./words.ts";

const { dateText, monthName, monthText, shortFullDateText } = phrasesIn("de");

function people(count: number): string {
  return count === 0 ? "noch von niemandem genutzt" : counted(count, "Person", "Personen");
}

export const consent: Wording<typeof en.consent> = {
  title: (app) => `${app} erlauben?`,
  moreTitle: (app) => `${app} mehr erlauben?`,
  wantsAccount: (app, platform) => `${app} möchte Ihr Konto bei ${platform} verwenden`,
  wantsIdentity: (app) => `${app} möchte wissen, dass Sie es sind`,
  asksForMore: (app, count) => `${app} bittet um ${count === 1 ? "eine weitere Sache" : `${count} weitere Dinge`}`,

  faceChanged: (app, at) =>
    `Sie haben ${app} schon einmal erlaubt. Am ${dateText(at)} haben sich Name, Bild oder eine Adresse der App geändert, deshalb fragen wir Sie erneut.`,

  answerGoesTo: "Die Antwort geht an",
  yourDevice: (code) => html`das Gerät, das ${code} anzeigt`,
  thisComputer: (host) => html`diesen Computer (${host})`,
  asksToSpend: "Möchte ausgeben",
  upTo: (limitMicros, period) => `bis zu ${money.cap(limitMicros, period)}`,
  asMuchAsYouAllow: "so viel, wie Sie erlauben",
  madeBy: "Hergestellt von",
  saysTheApp: (maker) => `„${maker}“, sagt die App`,
  onPlatform: (platform) => `Bei ${platform}`,
  sincePeople: (since, count) => `seit ${shortFullDateText(since)}, ${people(count)}`,
  onPlatformSince: (platform, since, count) => `Bei ${platform} seit ${monthText(since)}, ${people(count)}`,

  unverified: (app, host) =>
    html`Wir wissen nicht, wer ${app} herstellt. Fahren Sie nur fort, wenn Sie von ${host} kommen und dieser Adresse vertrauen.`,
  localProgram: (host) =>
    html`Die Antwort geht an ein Programm auf <strong>diesem Computer</strong> (${host}). Fahren Sie nur fort, wenn Sie es gerade gestartet haben.`,
  deviceWaits: (code) =>
    html`Sie melden das Gerät an, das <strong>${code}</strong> anzeigt, und damit jeden, der es in der Hand hat. Fahren Sie nur fort, wenn es Ihres ist und Sie diesen Code gerade selbst angefordert haben.`,

  mayKnow: "Was sie wissen darf",
  mayKnowAndDo: "Was sie wissen und tun darf",
  maySpend: "Was sie ausgeben darf",
  optional: "Optional",
  isNew: "Neu",
  stays: (count, at) =>
    count === 1
      ? `1 Sache, die Sie am ${dateText(at)} erlaubt haben, bleibt, wie sie ist`
      : `${count} Dinge, die Sie am ${dateText(at)} erlaubt haben, bleiben, wie sie sind`,

  whoPays: "Wer bezahlt",
  payer: (name, left) => `${name} (${left})`,
  suggests: (app, limitMicros, period) =>
    `${app} schlägt ${money.cap(limitMicros, period)} vor. Am Limit stoppen die Aufrufe; mehr zahlen Sie nie.`,
  suggestsNone: (app, limitMicros, period) =>
    `${app} schlägt kein Limit vor. Wir beginnen mit ${money.cap(limitMicros, period)}; geben Sie Ihr eigenes ein.`,
  readBack: (caps, until) => {
    const limits = list(caps.map(({ limitMicros, period }) => money.cap(limitMicros, period)));
    const end = until !== null && html`, bis zum <strong>${dateText(until)}</strong>`;
    return html`Das Limit ist <strong>${limits}</strong>${end}. Noch ist nichts erlaubt: Drücken Sie „Erlauben“, um zuzustimmen.`;
  },
  more: "Zweites Limit oder Enddatum hinzufügen",

  billStays: "Ihre Rechnung ändert sich nicht",
  cap: "Limit",
  spentIn: (at) => `Ausgegeben im ${monthName(at)}`,

  deny: "Ablehnen",
  allow: "Erlauben",
  identityOnly: "Anmelden, aber ohne Ausgaben",
  check: "Prüfen",
  goBack: (host) => html`Sie kehren zu ${host} zurück.`,
  deviceGoesOn: "Ihr Gerät macht von selbst weiter.",
  eitherWay: (host) => html`In jedem Fall kehren Sie zu ${host} zurück, und was Sie schon erlaubt haben, bleibt.`,
  changeLater: (link) => html`Das Limit ändern oder widerrufen können Sie jederzeit unter ${link}.`,
  revokeLater: (link) => html`Widerrufen können Sie jederzeit unter ${link}.`,
  connectedApps: "Verbundene Apps",
};

export const staleConsent: Wording<typeof en.staleConsent> = {
  title: "Sie haben sich inzwischen neu angemeldet",
  lede: "Diese Seite wurde vorher geöffnet, in einem anderen Tab oder Fenster. Deshalb haben wir ihre Antwort nicht angenommen. Nichts wurde erlaubt und nichts abgelehnt.",
  again: "Die Frage noch einmal zeigen",
};
