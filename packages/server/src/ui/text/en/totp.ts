import { type Content, html } from "../../markup.ts";
import { dateText } from "../../time-text.ts";

/** The authenticator app and the recovery codes of an account. */
export const totp = {
  title: "Second factor",
  back: "Security",
  app: "Authenticator app",
  lede: "Beside your password, signing in takes six digits from an app on your phone. Whoever learns your password alone stays outside.",
  off: "Off",
  on: "On",
  onSince: (at: number) => `Since ${dateText(at)}`,
  add: "Set up",
  fresh: "Setting up and removing take a sign-in of the last 30 minutes.",
  signInAgain: "Sign in again",
  scanTitle: "Scan this with your app",
  scanLede: "Any authenticator app will do. Each picture is good for one account and one hour.",
  picture: "QR code with the key of your account",
  openHere: "Open it in an app on this device",
  typeKey: "Or type this key into the app",
  keyHelp: "Time-based, six digits, 30 seconds, SHA-1: what apps take without asking.",
  code: "Code that the app shows",
  turnOn: "Turn on",
  leave: "Leave it",
  problems: {
    wrong: "That is not the code. Look at the app again, and check that the clock of your phone is right.",
    wrongField: "Six digits, as the app shows them now.",
    expired: "That picture waited too long. Scan this new one, and delete the former from your app.",
    enrolled: "Your account has an authenticator app already.",
  },
  codesTitle: "Recovery codes",
  codesLede: "For the day your phone is lost. Each signs you in once in place of the app’s code.",
  codesLeft: (codes: number) => (codes === 1 ? "1 code is left" : `${codes} codes are left`),
  noCodes: "No code is left. Make new ones now.",
  fewCodes: "Few codes are left. Make new ones before you need them.",
  renew: "Make new codes",
  renewTitle: "Make new codes?",
  renewLede: "The codes you have now stop working at once.",
  renewNow: "Make them now",
  remove: "Remove",
  removeTitle: "Remove the authenticator app?",
  removeLede: "Your password alone signs you in then, and the recovery codes are worth nothing.",
  removeNow: "Remove now",
  keep: "Keep it",
  removedNotice: "The authenticator app is removed. Delete the account from it too.",
  onceTitle: "Keep these recovery codes",
  onceAdded: "Your authenticator app is on. Other sessions that were begun without it have ended.",
  onceLede: "They are shown now and never again. Each works once, when your phone is not at hand.",
  onceKeep: "Where to keep them",
  onceRows: ["On paper, where you keep your passport", "In your password manager, unless your password is there too"],
  done: "I have kept them",
};

/** An app asks for two factors, and the account has one. */
export const secondFactorNeeded = {
  title: "A second factor is needed",
  lede: (app: Content) =>
    html`${app} asks that you sign in with more than a password. Your account has no second factor yet.`,
  setUp: "Set up an authenticator app",
  setUpHelp: "It takes two minutes, then you go on to the app.",
  passkey: "Sign in with your passkey",
  deny: "Go back to the app",
};
