import type { Desk } from "../desk.ts";
import { providersPath } from "../pages/linked-providers.ts";
import { renderUpstreamRefused, type UpstreamRefusal } from "../pages/upstream-refused.ts";

const statuses: Partial<Record<UpstreamRefusal, number>> = { unreachable: 502, wait: 429, closed: 403, domain: 403 };

/** Why nobody was signed in or linked, and the way back to where it began. */
export function refusedPage(
  desk: Desk,
  browser: Request,
  {
    why,
    provider,
    request,
    next,
    link,
  }: {
    why: UpstreamRefusal;
    provider: string;
    request?: string | undefined;
    next?: string | undefined;
    link?: unknown;
  },
): Response {
  const back = link === undefined ? { request, next } : { next: providersPath };
  const markup = renderUpstreamRefused(desk.frame(browser), { why, provider, ...back, linking: link !== undefined });
  return desk.page(markup, { status: statuses[why] ?? 400 });
}
