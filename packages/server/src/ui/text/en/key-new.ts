import { html } from "../../markup.ts";
import type { Period } from "../../money-text.ts";
import { dateText, waitText } from "../../time-text.ts";
import { keys } from "./account.ts";
import { appForm } from "./app-form.ts";
import { money } from "./money.ts";

/** The form of a key of one's own. */
export const keyNew = {
  title: keys.make,
  lede: "For programs of your own. It acts as you, and does no more than you tick here.",
  name: "Name",
  nameHelp: "For you to know it by, such as laptop.",
  may: "What it may do",
  mayLede: "Leave out what the program does not need.",
  about: "What it may read about you",
  limits: "Its limits",
  cap: "At most",
  capHelp: "Leave it empty, and it stops at your balance.",
  noCap: "no cap",
  until: money.until,
  untilHelp: "It stops at 00:00 UTC of that day. Leave it empty, and it works until you revoke it.",
  submit: "Make the key",
  leave: "Leave it",
  fresh: "Making a key takes a sign-in of the last 30 minutes.",
  signInAgain: "Sign in again",
  problem: appForm.problem,
  many: "You have as many keys as one person may have. Revoke one first.",
  wait: (milliseconds: number) =>
    html`You have made many keys in a short time. Wait <strong>${waitText(milliseconds)}</strong>, then try again.`,
  errors: {
    name: "Write one line of at most 64 ordinary characters.",
    scopes: "Tick at least one of these.",
    form: money.errors.form,
    zero: "Write an amount above zero, or leave it empty.",
    past: money.errors.past,
    date: money.errors.date,
  },
};

/** The answer to that form: the only page that ever shows the key. */
export const keyOnce = {
  title: (name: string) => `${name} is ready`,
  copyNow: "Copy it now. We keep only its fingerprint and cannot show it again.",
  key: "Key",
  use: "How to use it",
  models: "With the key in KEY, this lists the models it may use:",
  client: "Programs made for the OpenAI API need only the key and this address:",
  header: "With the key in KEY, every call carries this header:",
  keep: "Keep it in the environment of your program or in a secret store, never in its source. If it leaks, revoke it.",
  limits: keyNew.limits,
  cap: "At most",
  upTo: (limitMicros: number, period: Period) => money.cap(limitMicros, period),
  noCap: "your balance",
  nothing: "nothing",
  ends: "Ends",
  endsOn: (at: number) => dateText(at),
  never: "when you revoke it",
  done: "I have kept it",
};
