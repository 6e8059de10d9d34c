import type { Language } from "../../language.ts";
import { connected, keys, limit, profile, usage } from "./account.ts";
import { accountDeletion } from "./account-deletion.ts";
import { appForm } from "./app-form.ts";
import { appTrust } from "./app-trust.ts";
import { appWebhook } from "./app-webhook.ts";
import { appDelete, appOverview, appPeople, appSecretOnce, appSecrets, apps } from "./apps.ts";
import { accountEmail, accountPassword, emailCode, outbox, passwordReset } from "./codes.ts";
import { consent, staleConsent } from "./consent.ts";
import { device } from "./device.ts";
import { directory } from "./directory.ts";
import { signIn, signOut, signUp } from "./doors.ts";
import { failure, fatal, notFound } from "./faults.ts";
import { frame, languageChoice, trust } from "./frame.ts";
import { hotkeys, security } from "./hotkeys.ts";
import { keyNew, keyOnce } from "./key-new.ts";
import { mails } from "./mails.ts";
import { money } from "./money.ts";
import { operator } from "./operator.ts";
import { passkeys } from "./passkeys.ts";
import { accountPhone } from "./phone.ts";
import { postalAddress } from "./postal-address.ts";
import { profileEdit } from "./profile-edit.ts";
import { refusals } from "./refusals.ts";
import { modelScope, scopes } from "./scopes.ts";
import { secondFactor } from "./second-factor.ts";
import { securityEvents } from "./security-events.ts";
import { sessions } from "./sessions.ts";
import { secondFactorNeeded, totp } from "./totp.ts";
import { upstream } from "./upstream.ts";

import { ways } from "./ways.ts";

export const en = {
  language: "en" as Language,
  /** Of the writing: what is to the left in one is to the right in the other. */
  direction: "ltr" as "ltr" | "rtl",
  languageChoice,
  frame,
  trust,
  money,
  signIn,
  secondFactor,
  secondFactorNeeded,
  signUp,
  signOut,
  emailCode,
  passwordReset,
  accountEmail,
  accountPassword,
  accountPhone,
  outbox,
  mails,
  consent,
  staleConsent,
  device,
  fatal,
  failure,
  refusals,
  notFound,
  scopes,
  modelScope,
  connected,
  usage,
  keys,
  keyNew,
  keyOnce,
  profile,
  profileEdit,
  postalAddress,
  hotkeys,
  security,
  totp,
  passkeys,
  ways,
  securityEvents,
  sessions,
  upstream,
  operator,
  accountDeletion,
  limit,
  apps,
  appOverview,
  appForm,
  appSecrets,
  appSecretOnce,
  appPeople,
  appDelete,
  appTrust,
  appWebhook,
  directory,
};
