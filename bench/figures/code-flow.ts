import { authorize, redeem } from "../load/identity-provider.ts";
import type { Figure } from "./figure.ts";
import { besidePeer } from "./rates.ts";

/** Two requests, counted as one flow. */
export const codeFlow: Figure = besidePeer({
  name: "code-flow",
  title: "Code flow, PKCE, existing session, remembered consent, ES256 ID token",
  target: 3.3,
  floor: {},
  prepare: async (idp) => () => async (connection) => {
    await redeem(idp, connection, await authorize(idp, connection));
    return true;
  },
});
