export interface AnswerOptions {
  /** @default 200 */
  status?: number;
  headers?: Record<string, string>;
}

/** JSON that is never cached, unless the headers say otherwise. */
export function jsonResponse(body: unknown, { status = 200, headers }: AnswerOptions = {}): Response {
  const all = headers ? { ...jsonHeaders, ...headers } : jsonHeaders;
  return new Response(JSON.stringify(body), { status, headers: all });
}

/** The same for what is JSON already. */
export function jsonText(text: string): Response {
  return new Response(text, { status: 200, headers: jsonHeaders });
}

const jsonHeaders = { "content-type": "application/json", "cache-control": "no-store" };

export interface PageOptions extends AnswerOptions {
  /** `Set-Cookie` headers. @default none */
  cookies?: readonly string[];
}

/** A page. Its headers are those of `pageHeaders`. */
export function htmlResponse(markup: string, { status = 200, headers, cookies = [] }: PageOptions): Response {
  return withCookies(
    new Response(markup, { status, headers: { "content-type": "text/html; charset=utf-8", ...headers } }),
    cookies,
  );
}

/** 303: the next request is a GET without the body of this one (RFC 9700 4.12). `location` is ASCII. */
export function redirect(location: string, cookies: readonly string[] = []): Response {
  const headers = { location, "cache-control": "no-store", "referrer-policy": "no-referrer" };
  return withCookies(new Response(null, { status: 303, headers }), cookies);
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}
