import { Connection } from "../load/connection.ts";
import { authorize, type IdentityProvider, type PreparedCode, redeem } from "../load/identity-provider.ts";
import type { Figure } from "./figure.ts";
import { besidePeer, connections } from "./rates.ts";

/** The exchange alone: the codes are there before the round begins. */
export const token: Figure = besidePeer({
  name: "token",
  title: "Exchange of a code, PKCE, ES256 ID token",
  async prepare(idp, { codes }) {
    const prepared = await prepareCodes(idp, codes);
    return () => async (connection) => {
      const code = prepared.pop();
      if (code) await redeem(idp, connection, code);
      return code !== undefined;
    };
  },
});

async function prepareCodes(idp: IdentityProvider, count: number): Promise<PreparedCode[]> {
  const prepared: PreparedCode[] = [];
  const each = async () => {
    const connection = await Connection.open(idp.program.port);
    while (prepared.length < count) prepared.push(await authorize(idp, connection));
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, each));
  return prepared;
}
