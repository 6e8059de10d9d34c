import { accountLife } from "./requirements/account-life.ts";
import { languages } from "./requirements/languages.ts";
import { mail } from "./requirements/mail.ts";
import { operators } from "./requirements/operators.ts";
import { passkeys } from "./requirements/passkeys.ts";
import { phone } from "./requirements/phone.ts";
import { promises } from "./requirements/promises.ts";
import { secondFactor } from "./requirements/second-factor.ts";
import { security } from "./requirements/security.ts";
import { threats } from "./requirements/threats.ts";
import { upstream } from "./requirements/upstream.ts";

/**
 * What Innkeeper promises, one line each. `requirements.test.ts` holds this list against the titles of all tests:
 * a test shows a line by carrying its id in brackets, `it("[A01] refuses …")`.
 *
 * - `shown`: at least one test title names the id.
 * - `later`: the feature does not exist yet, so no test may claim it.
 */
export type Requirement = { id: string; status: "shown" | "later"; sentence: string; source: string };

export const requirements: Requirement[] = [
  ...security,
  ...promises,
  ...languages,
  ...mail,
  ...passkeys,
  ...upstream,
  ...secondFactor,
  ...phone,
  ...operators,
  ...accountLife,
  ...threats,
].map(([id, status, sentence, source]) => ({
  id,
  status,
  sentence,
  source,
}));
