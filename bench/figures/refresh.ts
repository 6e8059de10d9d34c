import { authorize, redeem, refresh, scopes } from "../load/identity-provider.ts";
import type { Figure } from "./figure.ts";
import { besidePeer } from "./rates.ts";

export const refreshPlain: Figure = rotation({
  name: "refresh",
  title: "Refresh with rotation",
  scope: scopes.withoutIdToken,
  target: 6,
});

export const refreshWithIdToken: Figure = rotation({
  name: "refresh-id-token",
  title: "Refresh with rotation, ES256 ID token",
  scope: scopes.withIdToken,
  target: 3.5,
});

interface Rotation {
  name: string;
  title: string;
  scope: string;
  target: number;
}

/** Every client signs in once and goes on with the token it was given last. */
function rotation({ name, title, scope, target }: Rotation): Figure {
  return besidePeer({
    name,
    title,
    target,
    floor: { target: 0.9 },
    prepare: async (idp) => () => {
      let living: string | undefined;
      return async (connection) => {
        living ??= (await redeem(idp, connection, await authorize(idp, connection, scope))).refresh_token;
        living = (await refresh(idp, connection, living)).refresh_token;
        return true;
      };
    },
  });
}
