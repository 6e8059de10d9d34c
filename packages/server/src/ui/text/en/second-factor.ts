import { type Content, html } from "../../markup.ts";
import { waitText } from "../../time-text.ts";

/** The second step of signing in. */
export const secondFactor = {
  title: "Enter your code",
  lede: (platform: string) => `Your authenticator app shows six digits for ${platform}.`,
  code: "Code",
  submit: "Go on",
  useRecovery: "Use a recovery code instead",
  recoveryTitle: "Use a recovery code",
  recoveryLede: "One of the codes you kept when you set up your authenticator app. Each works once.",
  recoveryCode: "Recovery code",
  useTotp: "Use your authenticator app instead",
  startAgain: "Sign in as somebody else",
  lost: (help: Content) => html`Lost both? ${help}.`,
  help: "Ask for help",
  wrong: "That is not the code. Look at the app again: it shows a new one every 30 seconds.",
  wrongField: "Six digits, as the app shows them now.",
  used: "That code was used before. Wait until the app shows the next one.",
  wrongRecovery: "That is none of your recovery codes, or it was used before.",
  wrongRecoveryField: "16 letters and digits.",
  wait: (milliseconds: number) =>
    html`Too many wrong codes. Wait <strong>${waitText(milliseconds)}</strong>, or use a recovery code.`,
  waitAll: (milliseconds: number) =>
    html`Too many attempts. Wait <strong>${waitText(milliseconds)}</strong>, then try again.`,
};
