import type { Model } from "../../config/config.ts";

/** One path of the gateway that costs money. Adding one is a file here and a line in `index.ts`. */
export interface Endpoint {
  path: `/v1/${string}`;
  /** The same path below the upstream's base address. */
  upstreamPath: `/${string}`;
  /**
   * Judges a request body.
   * @throws Fault `invalid_request`, or `unsupported_parameter` for what prices of input and output do not cover.
   */
  read(json: unknown): Order;
  /** The output tokens of an answer without a report: our own count. */
  countOutput(answer: Record<string, unknown>): number;
}

/** What a client asks for, as far as its price depends on it. */
export interface Order {
  /** The public name. */
  model: string;
  /** How many answers are asked for at once. */
  choices: number;
  /** The most tokens of one answer; undefined when the client set no limit, so that the gateway may. */
  outputAsked: number | undefined;
  stream: boolean;
  /** Whether the client wants to see usage in the stream. */
  showsUsage: boolean;
  /** What the upstream may count beyond the bytes of the body: tokens as such, and bytes that become tokens. */
  surplus: { tokens: number; bytes: number };
  /** The body for the upstream: its own name of the model, this limit of one answer, and usage asked for. */
  write(model: Model, outputTokens: number): string;
}
