import { type Content, html } from "../../markup.ts";
import { signIn } from "./doors.ts";

/** The phone number of somebody who is signed in. */
export const accountPhone = {
  title: "Phone number",
  lede: "Apps see your number only if you allow it. Nobody can sign in with it.",
  none: "You have no number yet.",
  verified: "Confirmed",
  remove: "Remove the number",
  removed: "Your number is removed.",
  addTitle: "Add a number",
  changeTitle: "Change it",
  changeLede: "The present number stays until the new one is confirmed.",
  number: "Phone number",
  numberHelp: "With its country, such as +44 20 7946 0958.",
  send: "Send a code there",
  fresh: "To add, change or remove a number, sign in again first.",
  signInAgain: "Sign in again",
  sentTo: (number: Content) => html`A code is on its way to ${number}. It is good for ten minutes, in this browser.`,
  revealed: (code: Content) =>
    html`This platform is being developed, so no message is sent to anybody. The code is ${code}.`,
  code: "Code from the message",
  codeHelp: "A few digits. A message may take a minute.",
  confirm: "Confirm",
  sendAgain: "Send another code",
  cancel: "Leave it",
  confirmed: (number: string) => `${number} is confirmed.`,
  wait: signIn.wait,
  problems: {
    number: "Write a number that messages can be sent to, with its country, such as +44 20 7946 0958.",
    wrong: "This is not the code. Look at the newest message, or ask for another code.",
    dead: "This code cannot be used any more. Ask for another one.",
    taken: "Another account has confirmed this number. Nothing was changed.",
    limit: "No more codes are sent today. Try again tomorrow.",
    crowded: "This platform has sent all the codes it sends in an hour. Nothing was changed. Try again in an hour.",
    busy: "The service that sends the codes wants you to wait. Try again in ten minutes.",
    unavailable: "The service that sends the codes does not answer. Try again in a few minutes.",
  },
};
