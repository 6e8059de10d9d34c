import { type Content, html } from "../../markup.ts";
import { countText, type Period } from "../../money-text.ts";
import { dateText, monthName, monthText, shortFullDateText } from "../../time-text.ts";
import { money } from "./money.ts";

function people(count: number): string {
  if (count === 0) return "no users yet";
  return count === 1 ? "1 person" : `${countText(count)} people`;
}

export const consent = {
  title: (app: string) => `Allow ${app}?`,
  moreTitle: (app: string) => `Allow ${app} more?`,
  wantsAccount: (app: string, platform: string) => `${app} wants to use your ${platform} account`,
  wantsIdentity: (app: string) => `${app} wants to know it is you`,
  asksForMore: (app: string, count: number) =>
    count === 1 ? `${app} asks for one thing more` : `${app} asks for ${countText(count)} things more`,

  faceChanged: (app: string, at: number) =>
    `You allowed ${app} before. On ${dateText(at)} its name, picture or an address changed, so we ask you again.`,

  answerGoesTo: "Answer goes to",
  yourDevice: (code: Content) => html`the device that shows ${code}`,
  thisComputer: (host: Content) => html`this computer (${host})`,
  asksToSpend: "Asks to spend",
  upTo: (limitMicros: number, period: Period) => `up to ${money.cap(limitMicros, period)}`,
  asMuchAsYouAllow: "as much as you allow",
  madeBy: "Made by",
  saysTheApp: (maker: string) => `“${maker}”, says the app`,
  onPlatform: (platform: string) => `On ${platform}`,
  sincePeople: (since: number, count: number) => `since ${shortFullDateText(since)}, ${people(count)}`,
  onPlatformSince: (platform: string, since: number, count: number) =>
    `On ${platform} since ${monthText(since)}, ${people(count)}`,

  unverified: (app: string, host: Content) =>
    html`We do not know who makes ${app}. Go on only if you came here from ${host} and trust it.`,
  localProgram: (host: Content) =>
    html`The answer goes to a program on <strong>this computer</strong> (${host}). Go on only if you just started it.`,
  deviceWaits: (code: Content) =>
    html`You sign in the device that shows <strong>${code}</strong>, and whoever holds it. Go on only if it is yours and you asked it for this code a moment ago.`,

  mayKnow: "What it may know",
  mayKnowAndDo: "What it may know and do",
  maySpend: "What it may spend",
  optional: "Optional",
  isNew: "New",
  stays: (count: number, at: number) =>
    count === 1
      ? `1 thing you allowed on ${dateText(at)} stays as it is`
      : `${countText(count)} things you allowed on ${dateText(at)} stay as they are`,

  whoPays: "Who pays",
  payer: (name: string, left: string) => `${name} (${left})`,
  suggests: (app: string, limitMicros: number, period: Period) =>
    `${app} suggests ${money.cap(limitMicros, period)}. At the cap its calls stop; you never pay more.`,
  suggestsNone: (app: string, limitMicros: number, period: Period) =>
    `${app} suggests no cap. We start with ${money.cap(limitMicros, period)}; write your own.`,
  readBack: (caps: readonly { limitMicros: number; period: Period }[], until: number | null) => {
    const limits = caps.map(({ limitMicros, period }) => money.cap(limitMicros, period)).join(" and ");
    const end = until !== null && html`, until <strong>${dateText(until)}</strong>`;
    return html`The cap is <strong>${limits}</strong>${end}. Nothing is allowed yet: press Allow to agree.`;
  },
  more: "Add a second cap or an end date",

  billStays: "Your bill does not change",
  cap: "Cap",
  spentIn: (at: number) => `Spent in ${monthName(at)}`,

  deny: "Deny",
  allow: "Allow",
  identityOnly: "Sign me in, but no spending",
  check: "Check",
  goBack: (host: Content) => html`You go back to ${host}.`,
  deviceGoesOn: "Your device goes on by itself.",
  eitherWay: (host: Content) => html`Either way you go back to ${host}, and what you allowed before stays.`,
  changeLater: (link: Content) => html`Change the cap or revoke at any time under ${link}.`,
  revokeLater: (link: Content) => html`Revoke at any time under ${link}.`,
  connectedApps: "Connected apps",
};

export const staleConsent = {
  title: "You signed in again meanwhile",
  lede: "This page was opened before that, in another tab or window, so we did not take its answer. Nothing was allowed and nothing was refused.",
  again: "Show the question again",
};
