import { type Content, html } from "../../markup.ts";
import { dateText } from "../../time-text.ts";

/** Taking everything along, and leaving for good. */
export const accountDeletion = {
  exportTitle: "Take your data along",
  exportLede:
    "Everything that is stored about you, in one JSON file: account, ways to sign in, apps, keys and every call.",
  exportNow: "Download everything",
  title: "Delete the account",
  lede: (days: number) =>
    `At once you are signed out everywhere, and apps, keys and tokens stop. For ${days === 1 ? "one day" : `${days} days`} you can take it back by signing in.`,
  immediateLede: "At once you are signed out everywhere, and apps, keys and tokens stop. It cannot be taken back.",
  start: "Delete the account…",
  question: (username: string) => `Delete the account ${username}?`,
  consequences: [
    "Your sessions, keys and tokens end now. Apps you allowed are told that you left, and must ask again if you come back.",
    "When the time is over your name, addresses, picture, ways to sign in and events are removed, and your username is free.",
    "Apps you own are deleted then, for everybody who uses them.",
    "What you paid stays in the books under your account number, which then names nobody. A balance that is left is lost.",
  ],
  password: "Your password",
  confirm: "Delete my account",
  keep: "Keep it",
  fresh: "To delete the account, sign in again first.",
  signInAgain: "Sign in again",
  wait: "Too many attempts. Please wait a moment.",
  problems: {
    wrong: "This is not your password.",
    last_operator: "You are the last operator who can act. Make somebody else an operator first.",
  },
  doneTitle: "Your account will be deleted",
  done: (at: number) => `You are signed out everywhere. Until ${dateText(at)} you can take it back by signing in.`,
  leavingTitle: "Keep your account?",
  leavingLede: (username: Content, at: number) =>
    html`The account ${username} will be deleted on ${dateText(at)}. Until then it does nothing.`,
  leavingNote: "Keeping it brings nothing back to life: apps must ask you again, and keys are made anew.",
  takeBack: "Keep my account",
  leave: "Let it be deleted",
  late: "It is too late: the account is being deleted.",
  farewell: (platform: string) => ({
    subject: `Your account at ${platform} is deleted`,
    lines: [
      "The time in which you could take it back is over. Your name, addresses and ways to sign in are removed.",
      "What you paid stays in the books under a number that names nobody any more.",
    ],
  }),
};
