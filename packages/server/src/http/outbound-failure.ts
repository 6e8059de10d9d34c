/**
 * - `not_allowed`: the address itself says so.
 * - `unreachable`: no such name, or not on the public internet. One word for both, so that nobody maps an inner network.
 * - `failed`: a public address refused the connection or broke it off.
 */
export type OutboundWhy = "not_allowed" | "unreachable" | "failed" | "timeout" | "too_large" | "encoded";

/** Why there is no answer. The message may be shown to whoever chose the address. */
export class OutboundFailure extends Error {
  readonly why: OutboundWhy;
  constructor(why: OutboundWhy, message: string) {
    super(message);
    this.name = "OutboundFailure";
    this.why = why;
  }
}

export function tooLate(timeoutMs: number): OutboundFailure {
  return new OutboundFailure("timeout", `No complete answer within ${timeoutMs / 1000} seconds.`);
}
