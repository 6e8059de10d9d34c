import type { Ctx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { type Call, type CallFilter, selectCalls, selectUnbilled } from "./statement.sql.ts";

export interface Page {
  /** The id of the last call of the page before. */
  before?: string;
  /** From 1 to 100. */
  limit: number;
}

/** The calls on a bill, newest first, those still running and those that came to nothing included. */
export async function listCalls(ctx: Ctx, { limit, ...filter }: CallFilter & Page): Promise<Call[]> {
  assertLimit(limit);
  return selectCalls(ctx, { ...filter, limit });
}

/** Calls that ended without a report, newest first, of all wallets: for the operator. */
export async function listUnbilled(ctx: Ctx, { before, limit }: Page): Promise<Call[]> {
  assertLimit(limit);
  return selectUnbilled(ctx, before, limit);
}

function assertLimit(limit: number): void {
  assert(Number.isInteger(limit) && limit >= 1 && limit <= 100, "a page has 1 to 100 calls");
}
