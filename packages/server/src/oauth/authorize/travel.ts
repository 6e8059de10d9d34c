import { sha256Base64Url } from "../../kernel/hash.ts";
import { openJson, type Sealer, sealJson } from "../../kernel/seal.ts";
import type { AuthorizeRequest } from "./request.ts";

const purpose = "authorize_request";
const lifeMs = 3_600_000;

interface Travelling {
  request: AuthorizeRequest;
  /** SHA-256 of the browser's cookie: a request that is carried to another browser is refused there. */
  browser: string;
  /** What the page that carries it has shown. */
  shown: string | null;
}

/** The request as it travels through the pages of one browser, for one hour. */
export function sealRequest(
  sealer: Sealer,
  request: AuthorizeRequest,
  browserCookie: string,
  shown: string | null = null,
): string {
  return sealJson(sealer, purpose, { request, browser: sha256Base64Url(browserCookie), shown } satisfies Travelling);
}

export type Opened =
  | { ok: true; request: AuthorizeRequest; shown: string | null }
  | { ok: false; reason: "request_invalid" | "request_expired" | "request_of_another_browser" };

export function openRequest(sealer: Sealer, sealed: string, browserCookie: string | undefined, now: number): Opened {
  const travelling = openJson<Travelling>(sealer, purpose, sealed);
  if (!travelling) return { ok: false, reason: "request_invalid" };
  const { request, browser, shown } = travelling;
  if (now - request.receivedAt > lifeMs) return { ok: false, reason: "request_expired" };
  if (browserCookie === undefined || sha256Base64Url(browserCookie) !== browser) {
    return { ok: false, reason: "request_of_another_browser" };
  }
  return { ok: true, request, shown };
}
