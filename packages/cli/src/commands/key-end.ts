import { UsageFault } from "../process/answer.ts";

/** Epoch milliseconds. A day is taken to its end, in UTC. */
export function readEnd(text: string): number {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text);
  if (at > Date.now()) return at;
  if (!Number.isNaN(at)) throw new UsageFault("--expires must be in the future.");
  throw new UsageFault("--expires is a day, such as 2027-01-31, or a time of ISO 8601.");
}
