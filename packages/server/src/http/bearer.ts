import { Fault } from "../kernel/faults.ts";

// RFC 6750 2.1: one blank, then b64token.
const bearer = /^Bearer ([A-Za-z0-9\-._~+/]{1,4096}=*)$/i;

/**
 * The token of the `Authorization` header, undefined when there is no such header. Nowhere else is one looked for: not in
 * the query (RFC 9700 4.3.2) and not in the body.
 *
 * @throws Fault `invalid_token` for any other content of the header.
 */
export function readBearer(request: Request, resourceMetadata?: string): string | undefined {
  const header = request.headers.get("authorization");
  if (header === null) return undefined;
  const match = bearer.exec(header);
  if (match) return match[1];
  const description = "The Authorization header is not of the form: Bearer token";
  throw new Fault("invalid_token", description, {
    headers: bearerChallenge({
      error: "invalid_token",
      error_description: description,
      resource_metadata: resourceMetadata,
    }),
  });
}

export interface BearerChallenge {
  /** Left out when the request carried no token at all (RFC 6750 3.1). */
  error?: "invalid_token" | "insufficient_scope";
  error_description?: string;
  /** Where a person reads more about the error. */
  error_uri?: string;
  /** The words that would have been enough. */
  scope?: string;
  /** Where RFC 9728 metadata of this resource is found. */
  resource_metadata?: string | undefined;
}

/** The `WWW-Authenticate` header that a 401 or 403 of a resource carries. */
export function bearerChallenge(challenge: BearerChallenge): Record<string, string> {
  const parameters = Object.entries(challenge)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${quotable(value)}"`);
  return { "www-authenticate": `Bearer ${parameters.join(", ")}`.trim() };
}

/** RFC 6750 3 allows neither quotes nor anything beyond ASCII here. */
export function quotable(text: string): string {
  return text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, "?");
}
