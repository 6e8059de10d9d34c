import { accountPreviews } from "./account.ts";
import { accountLifePreviews } from "./account-life.ts";
import { crowdedPreviews } from "./crowded.ts";
import { doorPreviews } from "./doors.ts";
import { hotkeyPreviews } from "./hotkeys.ts";
import { keyPreviews } from "./keys.ts";
import { mailPreviews } from "./mail.ts";
import { operatorPreviews } from "./operators.ts";
import { passkeyPreviews } from "./passkeys.ts";
import { phonePreviews } from "./phone.ts";
import { registryPreviews } from "./registry.ts";
import { secondFactorPreviews } from "./second-factor.ts";
import { upstreamPreviews } from "./upstream.ts";

/** Every page in every state worth a look, by file name. */
export const previews: Readonly<Record<string, string>> = {
  ...doorPreviews,
  ...accountPreviews,
  ...accountLifePreviews,
  ...keyPreviews,
  ...registryPreviews,
  ...hotkeyPreviews,
  ...passkeyPreviews,
  ...secondFactorPreviews,
  ...mailPreviews,
  ...phonePreviews,
  ...upstreamPreviews,
  ...operatorPreviews,
  ...crowdedPreviews,
};
