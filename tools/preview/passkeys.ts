import { passkeyOffer } from "../../packages/server/src/interaction/pages/passkey-offer.ts";
import { type PasskeysProps, renderPasskeys } from "../../packages/server/src/interaction/pages/passkeys.ts";
import { renderSignIn } from "../../packages/server/src/interaction/pages/sign-in.ts";
import { trusted } from "../../packages/server/src/ui/markup.ts";
import { storyteller } from "./apps.ts";
import { frame, person } from "./frame.ts";

const csrf = "7b1f";
const script = "/assets/passkey.js";
const props: PasskeysProps = {
  person,
  csrf,
  fresh: true,
  accepted: "{}",
  script,
  passkeys: [
    {
      id: "pky_1",
      name: "iCloud Keychain",
      syncedAt: Date.UTC(2026, 8, 2),
      createdAt: Date.UTC(2026, 8, 2),
      lastUsedAt: Date.UTC(2026, 10, 21, 14, 20),
    },
    {
      id: "pky_2",
      name: "the small key on the ring with the keys to the cellar and the attic",
      syncedAt: null,
      createdAt: Date.UTC(2026, 10, 20),
      lastUsedAt: null,
    },
  ],
};
const add = { options: "{}", lifeMs: 300_000 };
/** As it stands once its script has shown it. */
const offer = passkeyOffer(frame, { csrf, options: "{}", lifeMs: 1, script });
const shown = trusted(offer.toString().replace(" hidden ", " "));

export const passkeyPreviews: Record<string, string> = {
  "sign-in-passkey": renderSignIn(frame, {
    csrf,
    request: "sealed-request",
    app: storyteller,
    problem: { kind: "passkey" },
    offers: [shown],
  }),
  passkeys: renderPasskeys(frame, props),
  "passkeys-empty": renderPasskeys(frame, { ...props, passkeys: [], removed: true }),
  "passkeys-add": renderPasskeys(frame, { ...props, add }),
  "passkeys-rename": renderPasskeys(frame, { ...props, rename: { id: "pky_2", name: "" }, problem: "name" }),
  "passkeys-remove": renderPasskeys(frame, { ...props, remove: "pky_1", added: "pky_2" }),
  "passkeys-stale": renderPasskeys(frame, { ...props, fresh: false, remove: "pky_2" }),
  "passkeys-last": renderPasskeys(frame, { ...props, problem: "last" }),
};
