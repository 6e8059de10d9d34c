import type { RequestInfo } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";

/** What stands in a URL stands in logs and histories: no credential is taken from there (RFC 6749 2.3.1). */
export function refuseQuery({ query }: RequestInfo): void {
  if (query !== "") throw new Fault("invalid_request", "Parameters belong into the body, not into the URL.");
}
