import { type Content, html } from "../../markup.ts";
import { countText } from "../../money-text.ts";
import { dateText, lastUseText, resetText } from "../../time-text.ts";

function count(number: number, one: string, several: string): string {
  return number === 1 ? `1 ${one}` : `${countText(number)} ${several}`;
}

/** The apps a person makes: their list, and what all pages of one app share. */
export const apps = {
  title: "Apps you make",
  summary: (number: number) => count(number, "app", "apps"),
  create: "Register an app",
  emptyTitle: "You have registered no app",
  empty: (platform: string) =>
    `Register one, and people sign in to it with their ${platform} account and pay for their own calls.`,
  mayNot: {
    email_unverified: "Verify your e-mail address first: only then may you register apps.",
    phone_unverified: "Verify your phone number first: only then may you register apps.",
    operators_only: "Only operators register apps here. Ask one of them.",
    too_many: "You own as many apps as one person may. Delete one to register another.",
  },
  open: "Open",
  openOf: (app: string) => `Open ${app}`,
  roles: { owner: "Yours", manager: "Shared with you to manage", viewer: "Shared with you to view" },
  sharedBy: (owner: string) => `by ${owner}`,
  inactive: "Inactive",
  listed: "In the directory",
  unlisted: "Not in the directory",
  people: (number: number) =>
    number === 0 ? "Nobody allows it yet" : count(number, "person allows it", "people allow it"),
  registered: (at: number) => `Registered on ${dateText(at)}`,
  note: (link: Content) => html`People find listed apps in the ${link}.`,
  directory: "app directory",
  deleted: (app: string) => `${app} is deleted. Its tokens stopped, and its name is free.`,
  newer: "Newer",
  older: "Older",

  pages: "Pages of this app",
  tabs: {
    app: "Overview",
    edit: "Details",
    redirects: "Redirects",
    secrets: "Secrets",
    trust: "Domain and logo",
    webhook: "Webhook",
    people: "People",
    preview: "Preview",
  },
  pageTitle: (app: string, tab: string) => `${app}: ${tab}`,
  viewing: (owner: string) => `${owner} lets you look at this app. Only managers change it.`,
  inactiveNotice: "This app is switched off: nobody can sign in to it, and its tokens are dead.",
  saved: "Saved.",
  signInAgain: "You signed in more than half an hour ago. To change anything here,",
  signInNow: "sign in again",
};

export const appOverview = {
  people: "People",
  peopleNote: "allow it now",
  active: "Active",
  activeNote: "in the last 30 days",
  spent: "Spent",
  spentNote: "by its users in 30 days",
  errors: "Failed calls",
  errorsNote: "in the last 30 days",
  connect: "Connect your app",
  connectLede: "Any OpenID Connect library works with these. It finds the rest by itself.",
  clientId: "Client ID",
  issuer: "Issuer",
  discovery: "Configuration",
  about: "About",
  type: "Type",
  types: { confidential: "With a server that keeps a secret", public: "Without a secret: browser, phone or computer" },
  owner: "Owner",
  registered: "Registered",
  registeredOn: (at: number) => dateText(at),
  changed: "Last changed",
  changedAt: (at: number, now: number) => lastUseText(at, now),
  appId: "App number",
  scopes: "May ask for",
  state: "Switch off or delete",
  stateOff: "Switch on or delete",
  activeLede:
    "Switched off, nobody can sign in to it and its tokens stop within a second. Switched on again, it begins anew: people sign in once more, their caps stay.",
  deactivate: "Switch off",
  deactivateTitle: (app: string) => `Switch ${app} off?`,
  deactivateLede: (people: number) =>
    people === 0
      ? "Nobody can sign in to it until you switch it on again."
      : `${count(people, "person", "people")} cannot use it until you switch it on again. Its tokens stop within a second and never come back.`,
  deactivateNow: "Switch off now",
  activate: "Switch on",
  activated: "The app is switched on. People can sign in to it.",
  deactivated: "The app is switched off. Its tokens are dead within a second.",
  keep: "Leave it on",
  remove: "Delete the app",
};

export const appDelete = {
  title: (app: string) => `Delete ${app}?`,
  lede: "It cannot be brought back.",
  ends: "What ends",
  endTokens: "Its tokens and codes stop within a second, everywhere.",
  endPeople: (people: number) =>
    people === 0
      ? "Nobody allows it, so nobody notices."
      : `${count(people, "person", "people")} can no longer sign in to it.`,
  endSecrets: "Its client ID and its secrets work no more. A new app gets others.",
  endShares: (shares: number) => `${count(shares, "person", "people")} you shared it with lose it too.`,
  endName: "Its name is free: somebody else may register it.",
  stays: "What was spent through it stays on the bills of its users.",
  confirm: "Write its name to go on",
  mismatch: (app: string) => `Write ${app}, letter by letter.`,
  submit: "Delete for good",
  keep: "Keep it",
};

export const appSecrets = {
  title: "Client secrets",
  lede: "Your server proves with one that it is this app. All of these work now.",
  none: "No secret works now. Make one, or the app cannot exchange its codes.",
  hint: (hint: string) => `csc_…${hint}`,
  made: (at: number, now: number) => `Made ${madeWhen(at, now)}`,
  ends: (at: number, now: number) => `Ends on ${resetText(at, now)}`,
  stays: "Stays until you replace it",
  newest: "In use",
  ending: "Ending",
  kill: "Revoke",
  killOf: (hint: string) => `Revoke the secret that ends in ${hint}`,
  killTitle: (hint: string) => `Revoke csc_…${hint}?`,
  killLede: "Whoever uses it is refused within a second. It never comes back.",
  killLast: "It is the only one. Your app cannot sign anybody in until you make another.",
  killNow: "Revoke now",
  keep: "Keep it",
  killed: "The secret is revoked.",
  rotate: "Make a new secret",
  rotateLede:
    "The old ones go on for as long as you say, so that you can put the new one in place first. Choose at once if one has leaked.",
  overlap: "The old ones end",
  overlaps: { 0: "At once", 3600: "In 1 hour", 86400: "In 1 day", 604800: "In 7 days" } as Readonly<
    Record<string, string>
  >,
  submit: "Make a new secret",
  publicTitle: "This app has no secret",
  publicLede:
    "It runs in a browser, on a phone or on a computer, where no secret is safe. Each sign-in is protected by PKCE instead.",
};

export const appSecretOnce = {
  titles: {
    created: (app: string) => `${app} is registered`,
    rotated: (app: string) => `A new secret for ${app}`,
    webhook: (app: string) => `A new signing secret for ${app}`,
  },
  copyNow: "Copy it now. We keep only its fingerprint and cannot show it again.",
  secret: "Client secret",
  clientId: "Client ID",
  webhookSecret: "Signing secret",
  keep: "How to keep it",
  verify: "Check each call with it, as Standard Webhooks says; most languages have a library.",
  keepRows: [
    "Put it into the secret store or the environment of your server.",
    "Never into source code, a page, an app on a phone, or a chat.",
    "If it leaks, make a new one and let this one end at once.",
  ],
  oldEnd: (at: number, now: number) => `The old secrets end on ${resetText(at, now)}.`,
  oldEndedNow: "The old secrets no longer work.",
  publicLede: "It needs no secret. Give your program the client ID, and it can sign people in.",
  done: "I have kept it",
  go: "Go to the app",
  preview: "See what people will see",
};

export const appPeople = {
  title: "People who work on it",
  owner: "Owner",
  ownerLede: "May do everything. Only the owner shares and deletes.",
  roles: { manager: "Manager", viewer: "Viewer" },
  roleLedes: { manager: "Changes everything but this list, and cannot delete.", viewer: "Looks, and changes nothing." },
  since: (at: number) => `Since ${dateText(at)}`,
  empty: "Shared with nobody yet.",
  takeBack: "Take back",
  takeBackOf: (name: string) => `Take back from ${name}`,
  add: "Share it",
  username: "Username",
  role: "May",
  roleChoices: { manager: "manage it", viewer: "view it" },
  submit: "Share",
  errors: {
    missing: "Write the username of the person.",
    unknown: "Nobody here has this username.",
    self: "It is yours already.",
    already: "It is shared with this person already. Take it back first to change what they may do.",
  },
  shared: (name: string) => `Shared with ${name}.`,
  takenBack: "Taken back. They no longer see the app.",
};

function madeWhen(at: number, now: number): string {
  const days = Math.floor((now - at) / 86_400_000);
  if (days < 1) return lastUseText(at, now);
  return `on ${dateText(at)}, ${count(days, "day", "days")} ago`;
}
