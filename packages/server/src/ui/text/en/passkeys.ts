import { dateText } from "../../time-text.ts";
import { connected } from "./account.ts";

/** Keys that a device holds for its user. */
export const passkeys = {
  title: "Passkeys",
  yours: "Your passkeys",
  lede: "A passkey signs you in by your finger, face or device PIN, without a password. It works on this site only, so no false page can take it from you.",
  signIn: "Sign in with a passkey",
  signInRefused: "Your device gave no passkey. Try again, or sign in another way.",
  refused: "That passkey opens no account here. Try again, or sign in another way.",
  createdOn: (at: number) => `Added on ${dateText(at)}`,
  lastUsed: connected.lastUsed,
  notUsed: connected.notUsed,
  synced: "Synced",
  syncedMeans: "Whoever keeps it has a copy for your other devices.",
  add: "Add a passkey",
  addLede:
    "Your device asks for your finger, face or PIN, and keeps the passkey. We keep what proves it, and nothing of you.",
  addNow: "Create a passkey",
  addAbsent:
    "This browser makes no passkeys here: it is too old, or its scripts are off. Add one from another browser or device.",
  addRefused: "Your device made no passkey. Try again when you are ready.",
  addKnown: "This device has a passkey for your account already.",
  fresh: "Adding and removing take a sign-in of the last 30 minutes.",
  signInAgain: "Sign in again",
  leave: "Leave it",
  rename: "Rename",
  renameOf: (name: string) => `Rename ${name}`,
  name: "Name",
  nameHelp: "For you to know it by, such as laptop.",
  save: "Save name",
  remove: "Remove",
  removeOf: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeLede:
    "It signs in no more, and other sessions that were begun with a passkey of its kind end at once. Delete it on your device too, so that it is not offered there.",
  removeNow: "Remove now",
  keep: "Keep it",
  emptyTitle: "You have no passkeys",
  empty: "Add one, and your finger, face or device PIN signs you in from then on.",
  addedNotice: (name: string) => `${name} is added. It signs you in from now on.`,
  renamedNotice: (name: string) => `It is called ${name} now.`,
  removedNotice: "The passkey is removed.",
  back: "Security",
  newName: "Passkey",
  problems: {
    refused:
      "That passkey was not added: it waited too long, was sent already, or was made for another page. Try again.",
    known: "That passkey is known already.",
    too_many: "You have as many passkeys as an account may have. Remove one first.",
    last: "This is your last way to sign in. Set a password or add another passkey first.",
    name: "Use 64 characters at most, on one line.",
  },
};
