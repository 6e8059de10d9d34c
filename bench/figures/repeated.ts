import { Connection } from "../load/connection.ts";
import { authorize, type IdentityProvider, redeem } from "../load/identity-provider.ts";
import { basic, bearer, get, postForm } from "../load/messages.ts";
import type { Load } from "../load/round.ts";
import type { Figure } from "./figure.ts";
import { besidePeer } from "./rates.ts";

/** The same token again and again: everything that can be remembered of it is. */
export const introspection: Figure = besidePeer({
  name: "introspection",
  title: "Introspection, warm",
  target: 3,
  floor: { target: 0.75 },
  async prepare(idp) {
    const { id, secret } = idp.client;
    return repeat(
      idp,
      postForm(idp.paths.introspect, { token: await freshToken(idp) }, basic(id, secret)),
      '"active":true',
    );
  },
});

export const userinfo: Figure = besidePeer({
  name: "userinfo",
  title: "Userinfo, warm",
  target: 3.5,
  prepare: async (idp) => repeat(idp, get(idp.paths.userinfo, bearer(await freshToken(idp))), '"sub":'),
});

export const keySet: Figure = besidePeer({
  name: "jwks",
  title: "Key set",
  target: 2.5,
  prepare: async (idp) => repeat(idp, get(idp.paths.keySet), '"keys":'),
});

export const discovery: Figure = besidePeer({
  name: "discovery",
  title: "Discovery",
  target: 4.5,
  prepare: async (idp) => repeat(idp, get(idp.paths.discovery), '"issuer":'),
});

async function freshToken(idp: IdentityProvider): Promise<string> {
  const connection = await Connection.open(idp.program.port);
  const { access_token } = await redeem(idp, connection, await authorize(idp, connection));
  connection.close();
  return access_token;
}

function repeat({ name }: IdentityProvider, request: string, expected: string): Load["operation"] {
  return () => async (connection) => {
    const { status, body } = await connection.send(request);
    if (status !== 200 || !body.includes(expected)) throw new Error(`${name} refused: ${status} ${body}`);
    return true;
  };
}
