/** Apps in a browser call some routes from any origin, with a token in a header and never with cookies. */
export type CorsPolicy = "any-origin-no-credentials";

const exposed = "retry-after, www-authenticate, x-innkeeper-cost-micros, x-request-id";

/**
 * Adds what lets the page of another origin read the answer. `Origin: null` could be anyone's sandbox: nothing for it.
 * Whatever a cache may keep says `vary: origin` itself: adding it here would cost every call from a server as much time as
 * the answer.
 */
export function allowOrigin(request: Request, response: Response): Response {
  if (!isOrigin(request.headers.get("origin"))) return response;
  response.headers.set("access-control-allow-origin", "*");
  response.headers.set("access-control-expose-headers", exposed);
  return response;
}

/** The answer to the question that browsers ask before such a call. */
export function preflight(request: Request, methods: readonly string[]): Response {
  const headers: Record<string, string> = { vary: "origin, access-control-request-headers" };
  if (isOrigin(request.headers.get("origin"))) {
    headers["access-control-allow-origin"] = "*";
    headers["access-control-allow-methods"] = methods.join(", ");
    headers["access-control-allow-headers"] = askedHeaders(request);
    headers["access-control-max-age"] = "7200";
  }
  return new Response(null, { status: 204, headers });
}

function isOrigin(origin: string | null): boolean {
  return origin !== null && origin !== "null";
}

const headerList = /^[\w-]+(?:, ?[\w-]+)*$/;

/** Whatever was asked for: client libraries add headers of their own, and `*` does not cover `Authorization`. */
function askedHeaders(request: Request): string {
  const asked = request.headers.get("access-control-request-headers") ?? "";
  return headerList.test(asked) ? asked : "authorization, content-type";
}
