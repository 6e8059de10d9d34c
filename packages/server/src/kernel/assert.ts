/** For mistakes of our own only: a failure becomes `server_error`. What a stranger can cause is a Fault or a verdict. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`);
}
