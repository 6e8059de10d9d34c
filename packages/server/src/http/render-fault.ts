import { Fault, type FaultCode } from "../kernel/faults.ts";
import type { Log } from "../kernel/log.ts";
import { quotable } from "./bearer.ts";
import type { Issue } from "./json.ts";
import { jsonResponse } from "./respond.ts";

/** How a mount speaks: OAuth JSON, OpenAI's nested error, the registry's `detail`, or a page. */
export type Shape = "oauth" | "openai" | "detail" | "page";

export interface FaultContext {
  request: Request;
  /** Shown and logged, so that a person can name what went wrong. */
  requestId: string;
  log: Log;
  /** Answers a page with the fault's status. */
  renderPage(fault: Fault, requestId: string, browser: Request): Response;
}

/** The one place where a refusal becomes an answer. Anything that is no Fault is `server_error` and tells nothing. */
export function renderFault(error: unknown, shape: Shape, context: FaultContext): Response {
  const fault = asFault(error, context.requestId);
  logFault(fault, context);
  const response =
    shape === "page"
      ? context.renderPage(fault, context.requestId, context.request)
      : renderJson(fault, shape, context);
  response.headers.set("cache-control", "no-store");
  response.headers.set("x-request-id", context.requestId);
  return response;
}

/** The Fault itself, or the `server_error` behind which anything else is hidden. */
export function asFault(error: unknown, requestId: string): Fault {
  if (error instanceof Fault) return error;
  return new Fault("server_error", `Something went wrong here. Reference: ${requestId}`, { cause: error });
}

/** The body of the refusal, for answers and for the last event of a stream. */
export function faultBody(fault: Fault, shape: Exclude<Shape, "page">): Record<string, unknown> {
  const { issues, ...fields } = fault.fields;
  switch (shape) {
    case "oauth":
      return { error: oauthCodes[fault.code] ?? fault.code, error_description: quotable(fault.message), ...fields };
    case "openai":
      return { error: openaiError(fault, issues as Issue[] | undefined, fields) };
    case "detail":
      return { detail: issues ?? fault.message };
  }
}

function renderJson(fault: Fault, shape: Exclude<Shape, "page">, { request }: FaultContext): Response {
  const headers = { ...fault.headers };
  // RFC 6749 5.2: a client that tried the header is told which scheme it may use there.
  if (shape === "oauth" && fault.code === "invalid_client" && request.headers.has("authorization")) {
    headers["www-authenticate"] = 'Basic realm="client"';
  }
  // A list of fields with status 422 is the registry's own way.
  const status = fault.code === "validation_failed" && shape !== "detail" ? 400 : fault.status;
  return jsonResponse(faultBody(fault, shape), { status, headers });
}

/** Codes of ours for which OAuth has a more general word; the status still tells them apart. */
const oauthCodes: Partial<Record<FaultCode, string>> = {
  not_found: "invalid_request",
  method_not_allowed: "invalid_request",
  payload_too_large: "invalid_request",
  unsupported_media_type: "invalid_request",
  validation_failed: "invalid_request",
};

function openaiError(fault: Fault, issues: Issue[] | undefined, fields: Record<string, unknown>): object {
  const param = issues?.[0]?.loc.slice(1).join(".") || null;
  return { message: fault.message, type: openaiType(fault.status), param, code: fault.code, ...fields };
}

function openaiType(status: number): string {
  if (status >= 500) return "server_error";
  switch (status) {
    case 401:
      return "authentication_error";
    case 402:
      return "insufficient_quota";
    case 403:
      return "permission_error";
    case 429:
      return "rate_limit_error";
    default:
      return "invalid_request_error";
  }
}

function logFault(fault: Fault, { log, requestId }: FaultContext): void {
  if (fault.status < 500 && fault.detail === undefined && fault.cause === undefined) return;
  const { code, detail } = fault;
  const fields = { request_id: requestId, code, detail, cause: describe(fault.cause) };
  if (fault.code === "server_error") log.error(fields, "request failed");
  else if (fault.status >= 500) log.warn(fields, "request refused");
  else log.info(fields, "request refused");
}

function describe(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
