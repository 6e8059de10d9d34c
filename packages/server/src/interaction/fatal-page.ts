import type { RequestInfo } from "../http/table.ts";
import type { Desk } from "./desk.ts";
import { type FatalReason, renderFatalError } from "./pages/fatal-error.ts";

/** Where the way ends, because there is nowhere safe to send an answer. Shows nothing of the request. */
export function fatalPage(desk: Desk, reason: FatalReason, { requestId }: RequestInfo, browser: Request): Response {
  const markup = renderFatalError(desk.frame(browser), { error: "invalid_request", reason, reference: requestId });
  return desk.page(markup, { status: 400 });
}
