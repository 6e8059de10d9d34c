import { Buffer } from "node:buffer";
import { Fault } from "../kernel/faults.ts";
import { decodeFormText } from "./form.ts";

export interface ClientCredentials {
  id: string;
  secret: string;
}

const basic = /^Basic ([A-Za-z0-9+/]{1,4096}={0,2})$/i;

/** RFC 6749 appendix A.1 and A.2. */
const visible = /^[\x20-\x7e]+$/;

/**
 * Client credentials of the `Authorization` header, each part form-encoded (RFC 6749 2.3.1); undefined when there is no
 * such header.
 *
 * @throws Fault `invalid_client` for any other content of the header.
 */
export function readBasic(request: Request): ClientCredentials | undefined {
  const header = request.headers.get("authorization");
  if (header === null) return undefined;
  const encoded = basic.exec(header)?.[1];
  const credentials = encoded && parse(Buffer.from(encoded, "base64").toString("latin1"));
  if (credentials) return credentials;
  throw new Fault("invalid_client", "The Authorization header is not of the form: Basic credentials");
}

function parse(text: string): ClientCredentials | undefined {
  const colon = text.indexOf(":");
  if (colon === -1) return undefined;
  const id = decodeFormText(text.slice(0, colon));
  const secret = decodeFormText(text.slice(colon + 1));
  if (!id || !secret || !visible.test(id) || !visible.test(secret)) return undefined;
  return { id, secret };
}
