import { Fault } from "../kernel/faults.ts";
import { unavailable } from "./unavailable.ts";

/** The SQLSTATE of an error of the server; undefined when the connection itself failed. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return "severity" in error ? error.code : undefined;
}

/**
 * Classes and codes that pass by themselves or with an operator's help
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const passing = /^(08|40|53|57|58)|^(25006|25P03|25P04|55P03)$/;

export function asFault(error: unknown): unknown {
  if (error instanceof Fault) return error;
  const state = sqlState(error);
  if (state === undefined) return unavailable(`PostgreSQL: ${error instanceof Error ? error.message : "lost"}`, error);
  if (passing.test(state) || isStale(error)) return unavailable(`PostgreSQL: ${state}`, error);
  // The server puts the row's values into `detail`, and errors are logged: only the message goes on.
  return new Error(`PostgreSQL ${state}: ${(error as Error).message}`);
}

/** A collision that the same transaction, run again, may not meet: serialization failure, deadlock, stale plan. */
export function isCollision(fault: unknown): boolean {
  const state = fault instanceof Fault ? sqlState(fault.cause) : undefined;
  return state === "40001" || state === "40P01" || isStalePlan(fault);
}

/** A migration by another process changed what this connection's prepared statement returns. */
export function isStalePlan(fault: unknown): boolean {
  return fault instanceof Fault && isStale(fault.cause);
}

function isStale(error: unknown): boolean {
  return sqlState(error) === "0A000" && (error as { routine?: string }).routine === "RevalidateCachedQuery";
}
