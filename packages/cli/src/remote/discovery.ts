import { CommandFault } from "../process/answer.ts";
import { readEndpoint } from "./secure-url.ts";
import { send, textOf } from "./send.ts";

/** What a platform says of itself, as far as a command needs it. */
export interface Endpoints {
  issuer: string;
  authorization: string;
  token: string;
  revocation: string;
  /** Undefined where devices cannot sign in. */
  deviceAuthorization: string | undefined;
}

/**
 * OpenID Connect Discovery 4. The document must name the very issuer that was asked (4.3): nobody else answers for it.
 *
 * @throws CommandFault
 */
export async function discover(issuer: string): Promise<Endpoints> {
  const { status, body } = await send(`${issuer}/.well-known/openid-configuration`);
  const named = textOf(body, "issuer");
  if (status !== 200 || named === undefined) {
    throw new CommandFault(`There is no platform to sign in to at ${issuer} (HTTP ${status}).`);
  }
  if (named !== issuer) {
    throw new CommandFault(`${issuer} says that it is ${JSON.stringify(named)}. Nothing was sent to either.`);
  }
  const device = textOf(body, "device_authorization_endpoint");
  return {
    issuer,
    authorization: readEndpoint(textOf(body, "authorization_endpoint"), "authorization_endpoint"),
    token: readEndpoint(textOf(body, "token_endpoint"), "token_endpoint"),
    revocation: readEndpoint(textOf(body, "revocation_endpoint"), "revocation_endpoint"),
    deviceAuthorization: device && readEndpoint(device, "device_authorization_endpoint"),
  };
}
