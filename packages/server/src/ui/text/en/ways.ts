import { dateText } from "../../time-text.ts";

/** The list of how an account signs in. */
export const ways = {
  title: "Ways to sign in",
  manage: "Manage",
  manageOf: (way: string) => `Manage ${way}`,
  password: "Password",
  passkeys: "Passkeys",
  secondFactor: "Second factor",
  providers: "Accounts elsewhere",
  set: "Set",
  notSet: "Not set",
  none: "None yet",
  passkeyCount: (passkeys: number) => (passkeys === 1 ? "1 passkey" : `${passkeys} passkeys`),
  since: (at: number) => `On since ${dateText(at)}`,
  off: "Off",
};
