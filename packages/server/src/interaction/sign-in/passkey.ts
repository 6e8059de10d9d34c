import type { Tx } from "../../context.ts";
import {
  challengeLifeMs,
  type PasskeyChallenges,
  type PasskeyProof,
  passkeyAmr,
  passkeySignInOptions,
  provePasskey,
  recordCopiedPasskey,
  usePasskey,
} from "../../people/index.ts";
import { requestingApp } from "../app-face.ts";
import type { Desk } from "../desk.ts";
import { createNetworkLimiter } from "../network-limiter.ts";
import { passkeyOffer } from "../pages/passkey-offer.ts";
import type { SignInProps } from "../pages/sign-in.ts";
import { passkeyScript } from "../passkeys/script.ts";
import type { Entrance } from "./entrance.ts";
import type { PasswordWay } from "./password.ts";
import type { Way } from "./way.ts";

/** As the door of the password has it. */
const peerLimit = { attempts: 100, seconds: 600 };

/**
 * Signing in by a passkey, which names its account by itself. Whatever is wrong, the answer is the same.
 * @param page the page of all ways, which offers this one
 */
export function createPasskeyWay(
  desk: Desk,
  entrance: Entrance,
  challenges: PasskeyChallenges,
  page: PasswordWay["show"],
): Way {
  const { ctx } = desk;
  const peers = createNetworkLimiter({ clock: ctx.clock, ...peerLimit });
  return {
    name: "passkey",
    offer(_browser, frame, { request, next }, { csrf, mark }) {
      const options = passkeySignInOptions(ctx, challenges.issue({ purpose: "sign-in", browser: mark }));
      if (!options) return undefined;
      const asked = { options: JSON.stringify(options), lifeMs: challengeLifeMs["sign-in"] };
      const script = passkeyScript.path;
      return { markup: passkeyOffer(frame, { csrf, request, next, ...asked, script }), script };
    },
    async enter(browser, form, { peer }, waiting) {
      const { sealed: request, next, carried } = waiting;
      const again = (problem: NonNullable<SignInProps["problem"]>) => {
        const shown = { request, next, app: carried && requestingApp(carried), problem };
        return page(browser, shown, problem.kind === "wait" ? 429 : 400);
      };
      const seconds = peers.attempt(peer);
      if (seconds > 0) return again({ kind: "wait", milliseconds: seconds * 1000 });
      const use = { purpose: "sign-in", browser: desk.cookies.read(browser, "browser") ?? "" } as const;
      const proof = await provePasskey(ctx, challenges, use, form.get("passkey") ?? "");
      if (!proof) return again({ kind: "passkey" });
      const admitted = await entrance.admit(browser, enteredByPasskey(proof), waiting);
      if (admitted instanceof Response) return admitted;
      if (admitted.why === "counter") await recordCopiedPasskey(ctx, proof);
      return again({ kind: "passkey" });
    },
  };
}

/** The device and what its user knows or is: two factors in one. */
function enteredByPasskey(proof: PasskeyProof) {
  const { user, passkey } = proof;
  return { user, amr: passkeyAmr(passkey.kind), twofold: true, claim: (tx: Tx) => usePasskey(tx, proof) };
}
