import type { AuthorizeRequest } from "./request.ts";

type Destination = Pick<AuthorizeRequest, "redirectUri" | "state">;

/** Where the browser goes with a code. `iss` stands in every answer (RFC 9207). */
export function codeUrl({ redirectUri, state }: Destination, issuer: string, code: string): string {
  return withParameters(redirectUri, { code, state, iss: issuer });
}

/** Where the browser goes with a refusal (RFC 6749 4.1.2.1). */
export function faultUrl(
  { redirectUri, state }: Destination,
  issuer: string,
  fault: { code: string; description: string; uri?: string | undefined },
): string {
  return withParameters(redirectUri, {
    error: fault.code,
    error_description: fault.description,
    error_uri: fault.uri ?? null,
    state,
    iss: issuer,
  });
}

/** The address stays as it was registered, its own query included. */
export function withParameters(redirectUri: string, parameters: Record<string, string | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null) query.set(name, value);
  if (query.size === 0) return redirectUri;
  const joint = !redirectUri.includes("?") ? "?" : /[?&]$/.test(redirectUri) ? "" : "&";
  return `${redirectUri}${joint}${query}`;
}
