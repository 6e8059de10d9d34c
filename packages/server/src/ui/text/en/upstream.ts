import { html, type Markup } from "../../markup.ts";

/** Words of signing in with an account elsewhere. */
export const upstream = {
  buttons: "Sign in with an account you have elsewhere",
  continueWith: (provider: string) => `Continue with ${provider}`,
  accepts: (terms: Markup) => html`An account made this way accepts the ${terms}.`,
  refusedTitle: "Nobody was signed in",
  notLinkedTitle: "Nothing was linked",
  refusals: {
    stale: () => "This sign-in waited too long, was used already, or began in another browser. Begin again here.",
    refused: (provider: string) => `${provider} did not confirm who you are, or you said no there.`,
    invalid: (provider: string) => `The answer of ${provider} does not hold: it is not one to the question we asked.`,
    unreachable: (provider: string) => `${provider} does not answer at the moment. Try again in a few minutes.`,
    domain: (provider: string) =>
      `${provider} did not say that you have a proven address of an organisation that may come in here.`,
    no_account: (provider: string) =>
      `No account here is linked with your account at ${provider}. Sign in another way, then link it under Security.`,
    account_exists: () =>
      "There is an account with your address already. Sign in to it another way, then link the two under Security.",
    closed: () => "The account that belongs to it is closed. Ask the people who run this platform.",
    session: () =>
      "You signed in here a while ago, or as somebody else. Sign in again, then link the account once more.",
    taken: (provider: string) => `This account at ${provider} is linked with another account here, and stays there.`,
    too_many: () => "Your account is linked with as many others as it can be. Remove one first.",
    wait: () => "Too many attempts in a short time. Wait a few minutes, then try again.",
  },
  again: "Back to signing in",
  backToLinked: "Back to linked accounts",
  linkedTitle: "Linked accounts",
  linkedLede: "Accounts elsewhere that sign you in here. You can remove one as long as another way in is left.",
  emptyTitle: "None yet",
  empty: "Link an account elsewhere, and it signs you in here as well.",
  link: (provider: string) => `Link an account at ${provider}`,
  linkLede: "You are sent there to sign in, even if you are signed in there already.",
  gone: "This platform does not work with this provider any more.",
  remove: "Remove",
  removeOf: (label: string) => `Remove ${label}`,
  removeTitle: (label: string) => `Remove ${label}?`,
  removeLede: "It signs you in no more, and every session it began ends. Your account there is not touched.",
  removeNow: "Remove it",
  keep: "Keep it",
  linkedNotice: (provider: string) => `Your account at ${provider} signs you in here from now on.`,
  removedNotice: "The linked account was removed.",
  lastNotice: "This is your last way to sign in. Set a password or add a passkey first.",
  fresh: "Changes here need a sign-in of the last 30 minutes.",
  signInAgain: "Sign in again",
  security: "Back to Security",
};
