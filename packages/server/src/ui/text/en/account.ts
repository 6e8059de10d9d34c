import type { Content } from "../../markup.ts";
import { html } from "../../markup.ts";
import { countText, leftText, type Period, spentText } from "../../money-text.ts";
import {
  clockSecondsText,
  clockText,
  dateText,
  isSameDay,
  lastUseText,
  monthName,
  monthText,
  plainDateText,
  shortDateText,
} from "../../time-text.ts";
import { money } from "./money.ts";

function list(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function count(number: number, one: string, several: string): string {
  return number === 1 ? `1 ${one}` : `${countText(number)} ${several}`;
}

export const connected = {
  title: "Connected apps",
  summary: (apps: number, spentMicros: number, now: number) =>
    `${count(apps, "app", "apps")}, ${spentText(spentMicros)} in ${monthName(now)}`,
  knowsWords: {
    openid: "you",
    profile: "your name",
    email: "e-mail",
    phone: "your phone number",
    address: "your address",
  } as Readonly<Record<string, string>>,
  knows: (words: readonly string[]) => `Knows ${list(words)}.`,
  uses: (payer: string) => `Uses all models, paid by ${payer}.`,
  spendsNothing: "May not spend.",
  also: (titles: readonly string[]) => `May also ${list(titles.map(lowerFirst))}.`,
  allowed: (at: number) => `Allowed on ${dateText(at)}`,
  lastUsed: (at: number, now: number) => `, last used ${lastUseText(at, now)}`,
  notUsed: ", not used yet",
  ends: (at: number) => `. Ends on ${dateText(at)}`,
  changeCap: "Change cap",
  changeCapOf: (app: string) => `Change cap of ${app}`,
  revoke: "Revoke",
  revokeOf: (app: string) => `Revoke ${app}`,
  mostOf: (app: string) => `The most ${app} may spend`,
  stopsBelow: (usedMicros: number, at: number | null) =>
    `${spentText(usedMicros)} is spent or held. A cap below that stops its calls at once${at === null ? "" : `, until ${plainDateText(at)}`}.`,
  save: "Save cap",
  revokeTitle: (app: string) => `Revoke ${app}?`,
  revokeLede: (spentMicros: number, now: number) =>
    spentMicros > 0
      ? `Its keys and tokens stop within a second. What it spent, ${spentText(spentMicros)} in ${monthName(now)}, stays on your bill.`
      : "Its keys and tokens stop within a second.",
  revokeNow: "Revoke now",
  keep: "Keep it",
  note: "Revoking stops an app within a second, everywhere. What it already spent stays on your bill.",
  revokedApps: (apps: number) => count(apps, "revoked app", "revoked apps"),
  revokedTitle: "Revoked",
  revokedOn: (at: number) => `Revoked on ${dateText(at)}. Its receipts stay under Usage.`,
  emptyTitle: "No app has a key to your account",
  empty: (platform: string) =>
    `When you sign in to an app with ${platform}, it appears here with its cap and its bill.`,
  revokedNotice: (app: string, receipts: Content) => html`${app} is revoked. ${receipts}.`,
  receiptsStay: "Receipts stay here",
  capNotice: (app: string, limitMicros: number, period: Period) =>
    `${app} may now spend ${money.cap(limitMicros, period)}.`,
};

export const usage = {
  title: "Usage",
  month: "Month",
  monthName: (at: number) => monthText(at),
  monthOption: (at: number) => `${monthName(at).slice(0, 3)} ${new Date(at).getUTCFullYear()}`,
  show: "Show",
  byDay: "By day",
  days: (days: number, calls: number) => `${count(days, "day", "days")}, ${count(calls, "call", "calls")}`,
  chart: (month: string) => `Spend by day in ${month}, stacked by app. The table below holds the numbers.`,
  bar: (at: number, app: string, micros: number) => `${plainDateText(at)}, ${app}: ${spentText(micros)}`,
  apps: "Apps",
  asTable: "Show as a table",
  day: "Day",
  sum: "Sum",
  byApp: "By app",
  soFar: (from: number, until: number) => `${new Date(from).getUTCDate()} to ${dateText(until)}, so far`,
  wholeMonth: (from: number, until: number) => `${new Date(from).getUTCDate()} to ${dateText(until)}`,
  ownKeys: "Your own keys",
  otherApps: "Other apps",
  calls: "Calls",
  caption: "Calls, newest first, times in UTC",
  time: "Time, UTC",
  callTime: (at: number, now: number) =>
    isSameDay(at, now) ? clockSecondsText(at) : `${shortDateText(at)} ${clockSecondsText(at)}`,
  callShort: (at: number, now: number, model: string) =>
    isSameDay(at, now) ? `${clockText(at)}, ${model}` : `${shortDateText(at)} ${clockText(at)}, ${model}`,
  receiptTime: (at: number) => `${dateText(at)}, ${clockSecondsText(at)} UTC`,
  app: "App",
  model: "Model",
  tokensIn: "In",
  tokensOut: "Out",
  price: "Price",
  receipt: "Receipt",
  receiptOf: (id: string) => `Receipt ${id}`,
  position: (first: number, last: number, total: number) =>
    `Calls ${countText(first)} to ${countText(last)} of ${countText(total)}`,
  newest: "Newest",
  older: "Older",
  emptyTitle: "No calls in this month",
  empty: "Every call an app or a key of yours makes appears here, with its receipt.",
  tokensInCount: (tokens: number) => `${countText(tokens)} tokens in`,
  tokensCachedCount: (tokens: number) => `${countText(tokens)} tokens in, from the cache`,
  tokensOutCount: (tokens: number) => `${countText(tokens)} tokens out`,
  aMillion: (price: string) => `at ${price} a million`,
  perCall: "For the call itself",
  roundedUp: "Rounded up once",
  held: "Held before the call",
  givenBack: "Given back",
  carried: (platform: string) => `Carried by ${platform}`,
  paidBy: (payer: string) => `Paid by ${payer}.`,
  paidInside: (payer: string, limitMicros: number, period: Period) =>
    `Paid by ${payer}, inside the cap of ${money.cap(limitMicros, period)}.`,
  reported: "Counted as the model’s provider reported it.",
  estimated: "The model’s provider reported nothing, so we counted, at most what was held.",
};

export const keys = {
  title: "Keys",
  summary: (number: number) => count(number, "key", "keys"),
  make: "Make a key",
  againNotice:
    "That form has made its key already, and a key is shown once. If you did not copy it, revoke it and make another.",
  made: (at: number) => `Made on ${dateText(at)}`,
  madeFor: (app: string, at: number) => `For ${app}, made on ${dateText(at)}`,
  lastUsed: connected.lastUsed,
  notUsed: connected.notUsed,
  ends: connected.ends,
  noCap: "No cap of its own. It stops at your balance.",
  revoke: connected.revoke,
  revokeOf: connected.revokeOf,
  revokeTitle: (name: string) => `Revoke ${name}?`,
  revokeLede: "Programs that use it stop within a second. A revoked key never comes back.",
  revokeNow: connected.revokeNow,
  keep: connected.keep,
  note: "A key is shown once, when it is made. We keep only its fingerprint.",
  revokedNotice: (name: string) => `${name} is revoked.`,
  emptyTitle: "You have no keys",
  empty: (platform: string) => `A key lets your own programs use ${platform}’s models, on your bill.`,
};

export const profile = {
  title: "Profile",
  you: "You",
  name: "Name",
  username: "Username",
  email: "E-mail",
  noEmail: "none",
  verified: "Confirmed",
  notVerified: "Not confirmed",
  number: "Account number",
  since: "Here since",
  sinceDate: (at: number) => dateText(at),
  emailNote: "An address that is not confirmed cannot be used to sign in.",
  balance: "Balance",
  held: "Held for calls in progress",
  left: "Left to spend",
  workspace: "Workspace",
  workspaceNote: "Every app you allow is paid from here, each up to its cap.",
  low: (balanceMicros: number) =>
    html`Your balance is <strong>${leftText(balanceMicros)}</strong>. Calls stop until you top up.`,
};

export const limit = {
  title: (app: string) => `Raise the cap of ${app}`,
  reached: (app: string) => `${app} has reached its cap`,
  reachedLede:
    "Its last call was refused before it cost anything. Raise the cap or leave it; your bill is right either way.",
  open: (app: string) => `${app} is inside its cap`,
  openLede: "Calls that fit into what is left go through. Raise the cap or leave it; your bill is right either way.",
  appCap: "This app’s cap",
  capReached: "reached",
  capOpen: "open",
  balance: (payer: string) => `${payer} balance`,
  newCap: {
    day: "New cap each day",
    week: "New cap each week",
    month: "New cap each month",
    total: "New cap in total",
  },
  other: "Or another amount",
  stopsAtBalance: (balanceMicros: number) => `It also stops at your balance of ${leftText(balanceMicros)}.`,
  notHigher: (limitMicros: number, period: Period) => `Write more than ${money.cap(limitMicros, period)}, or leave it.`,
  leave: "Leave it",
  raise: "Raise the cap",
  goBack: (link: Content, host: Content) => html`When you are done, ${link}, at ${host}.`,
  backTo: (app: string) => `go back to ${app}`,
};
