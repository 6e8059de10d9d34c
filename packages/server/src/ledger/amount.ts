import { assert } from "../kernel/assert.ts";

/** Micro-dollars: a whole number that is exact, and nothing below zero. */
export function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function assertAmount(value: number, what: string): void {
  assert(isAmount(value), `${what} is a safe whole number of micro-dollars, and not negative`);
}
