import { type Content, html } from "../../markup.ts";
import { waitText } from "../../time-text.ts";

/** Signing in a device that has no browser of its own. */
export const device = {
  title: "Enter a code",
  heading: "Enter the code from your device",
  lede: "It is on the screen of the tool or machine that you want to sign in.",
  confirmTitle: "Compare the code",
  confirmHeading: "Does your device show this code?",
  confirmLede: "Compare every letter with the screen of the tool or machine that you want to sign in.",
  code: "Code",
  help: "Eight letters. Capitals and the dash do not matter.",
  caution: (platform: string) =>
    `Enter only a code you asked for yourself, a moment ago. Nobody at ${platform} will ever send you one.`,
  goOn: "Go on",
  confirm: "It does, go on",
  next: "Next you see what is asking and set its cap. Nothing is allowed yet.",
  wrong: "No device shows this code now. Check it, or start again there.",
  taken:
    "This code was already entered in another browser. If that was not you, it may be in wrong hands: start again on your device.",
  wait: (milliseconds: number) =>
    html`Too many wrong codes. Wait <strong>${waitText(milliseconds)}</strong>, then try again.`,

  done: {
    approved: {
      title: "You are signed in on your device",
      lede: (app: Content) => html`${app} goes on there by itself. You can close this page.`,
      next: (link: Content) => html`What you allowed stands under ${link}, to be changed or revoked at any time.`,
    },
    denied: {
      title: "Your device was refused",
      lede: (app: Content) => html`${app} was not signed in on your device. Nothing was shared and nothing was spent.`,
      next: (link: Content) => html`What you allowed before stays under ${link}.`,
    },
    expired: {
      title: "This code has expired",
      lede: (app: Content) => html`A code is good for ten minutes. Start ${app} again on your device to get a new one.`,
      next: (link: Content) => html`Nothing was allowed now. What you allowed before stays under ${link}.`,
    },
  },
};
