import { type MachineFormat, machineScope } from "../load/identity-provider.ts";
import { basic, postForm } from "../load/messages.ts";
import type { Figure } from "./figure.ts";
import { besidePeer } from "./rates.ts";

export const clientCredentials: Figure = forItself({
  name: "client-credentials",
  title: "Client credentials, opaque token",
  format: "sealed",
  target: 3.4,
  ofFloor: 0.75,
});

export const clientCredentialsJwt: Figure = forItself({
  name: "client-credentials-jwt",
  title: "Client credentials, ES256 JWT",
  format: "jwt",
  target: 2.3,
  ofFloor: 0.8,
});

interface Machine {
  name: string;
  title: string;
  format: MachineFormat;
  target: number;
  ofFloor: number;
}

/** A new token each time, for an app that acts for itself. */
function forItself({ name, title, format, target, ofFloor }: Machine): Figure {
  return besidePeer({
    name,
    title,
    target,
    floor: { target: ofFloor },
    async prepare({ name: provider, paths, machines }) {
      const { id, secret } = machines[format];
      const fields = { grant_type: "client_credentials", scope: machineScope };
      const request = postForm(paths.token, fields, basic(id, secret));
      const begin = format === "jwt" ? '"access_token":"eyJ' : '"access_token":"';
      return () => async (connection) => {
        const { status, body } = await connection.send(request);
        if (status !== 200 || !body.includes(begin)) throw new Error(`${provider} refused: ${status} ${body}`);
        return true;
      };
    },
  });
}
