import type { PasswordHasher } from "../../kernel/password.ts";
import type { KeyNonces, PasskeyChallenges } from "../../people/index.ts";
import type { CodeLimits } from "../code-post.ts";
import type { Desk } from "../desk.ts";
import type { Onward } from "../onward.ts";
import type { Journeys } from "../upstream/journey.ts";
import { createUpstreamWay } from "../upstream/way.ts";
import { createEmailWay } from "./email-code.ts";
import type { Entrance } from "./entrance.ts";
import { createHotkeyWay } from "./hotkey.ts";
import { createPasskeyWay } from "./passkey.ts";
import { createPasswordWay, type PasswordWay } from "./password.ts";
import type { Way } from "./way.ts";

/** What the ways of signing in stand on. */
export interface WaysIn {
  onward: Onward;
  limits: CodeLimits;
  hasher: PasswordHasher;
  nonces: KeyNonces;
  challenges: PasskeyChallenges;
  journeys: Journeys;
}

/** Every way of signing in; the page shows the others in this order. */
export function createWays(
  desk: Desk,
  entrance: Entrance,
  { onward, limits, hasher, nonces, challenges, journeys }: WaysIn,
): { password: PasswordWay; others: readonly Way[] } {
  const byMail = createEmailWay(desk, onward, entrance, limits);
  const byPasskey = createPasskeyWay(desk, entrance, challenges, (...shown) => password.show(...shown));
  const elsewhere = createUpstreamWay(desk, journeys);
  const others = [
    ...(elsewhere ? [elsewhere] : []),
    byPasskey,
    ...(byMail ? [byMail] : []),
    createHotkeyWay(desk, entrance, nonces),
  ];
  const password = createPasswordWay(desk, entrance, hasher, others);
  return { password, others };
}
