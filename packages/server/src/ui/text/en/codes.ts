import { type Content, html } from "../../markup.ts";
import { momentText } from "../../time-text.ts";
import { signIn } from "./doors.ts";

const code = {
  code: "Code from the mail",
  codeHelp: "Six digits. The mail may take a minute; look among unwanted mail too.",
  sendAgain: "Send another code",
  wait: signIn.wait,
  problems: {
    wrong: "This is not the code. Look at the newest mail, or ask for another code.",
    dead: "This code cannot be used any more. Ask for another one.",
    address: "Write an address such as maya@fennick.example.",
  },
};

/** Signing in by a code that is mailed. */
export const emailCode = {
  ...code,
  use: "Sign in by a mailed code",
  title: "Sign in by a mailed code",
  lede: "We send a code to the confirmed address of your account.",
  email: "E-mail",
  send: "Send the code",
  sentTitle: "Check your mail",
  sentLede: (address: Content) =>
    html`If an account has confirmed ${address}, a code is on its way there. Type it in here, in this browser.`,
  submit: "Sign in",
  other: "Use another address",
  usePassword: "Use your password",
};

/** Somebody who forgot the password. */
export const passwordReset = {
  ...code,
  forgot: "Forgot your password?",
  title: "Choose a new password",
  lede: "We send a code to the confirmed address of your account. With it you choose a new password.",
  email: emailCode.email,
  send: emailCode.send,
  sentLede: emailCode.sentLede,
  password: "New password",
  passwordHelp: "12 characters or more. A short sentence is fine; so is your password manager.",
  submit: "Change the password",
  other: emailCode.other,
  back: "Back to sign-in",
  doneTitle: "Your password is changed",
  doneLede: "You are signed out everywhere, here too. Apps keep what you allowed them.",
  signIn: "Sign in",
};

/** The password of somebody who is signed in. */
export const accountPassword = {
  title: "Password",
  lede: "Whoever is signed in elsewhere with the former password is signed out. Apps keep what you allowed them.",
  firstLede: "Your account has no password yet. With one you can sign in by it too.",
  current: "Present password",
  password: passwordReset.password,
  passwordHelp: passwordReset.passwordHelp,
  submit: "Change the password",
  set: "Set the password",
  leave: "Leave it",
  wait: signIn.wait,
  fresh: "To set a password, sign in again first.",
  signInAgain: "Sign in again",
  stale: "The password was changed elsewhere meanwhile. Nothing was changed here.",
  changed: "Your password is changed. Everybody else is signed out.",
  problems: { wrong: "This is not your present password.", missing: "Write a password." },
};

/** The address of somebody who is signed in. */
export const accountEmail = {
  ...code,
  title: "E-mail address",
  lede: "A confirmed address signs you in, brings you back when you forgot your password, and tells you what happens to your account.",
  none: "You have no address yet.",
  verified: "Confirmed",
  notVerified: "Not confirmed",
  send: "Send a code",
  sendTo: (address: Content) =>
    html`We send a code to ${address}. Type it in here to confirm that the address is yours.`,
  sentTo: (address: Content) => html`A code is on its way to ${address}.`,
  confirm: "Confirm",
  confirmed: (address: string) => `${address} is confirmed.`,
  addTitle: "Add an address",
  confirmTitle: "Confirm it",
  changeTitle: "Change it",
  changeLede: "The present address stays until the new one is confirmed, and is told then.",
  email: "New address",
  change: "Send a code there",
  fresh: "To change the address, sign in again first.",
  signInAgain: "Sign in again",
  taken: "Another account has confirmed this address meanwhile. Nothing was changed.",
  later: "Later",
};

/** Where mail lands while the platform is being developed. */
export const outbox = {
  title: "Outbox",
  lede: "This platform has no mail server, so its mail lands here. Nobody else can read it: this page exists on the machine itself only.",
  empty: "No mail yet",
  emptyLede: "Ask for a code, or confirm an address.",
  to: (address: Content) => html`to ${address}`,
  sent: (at: number) => momentText(at),
  asHtml: "As it looks",
};
