import { Fault } from "../kernel/faults.ts";

/** The database is busy, full, lost, or left us without an answer. `detail` is for the log. */
export function unavailable(detail: string, cause?: unknown): Fault {
  return new Fault("temporarily_unavailable", "The service is busy. Please try again in a moment.", {
    detail,
    cause,
    headers: { "retry-after": "1" },
  });
}
