import type { Model } from "../../config/config.ts";
import type { Usage } from "../pricing.ts";

/** What a call can cost at most, before it is made. */
export interface Bound {
  /** Never below what the upstream will count. */
  inputTokens: number;
  /** Answers asked for at once; each may have `outputTokens`. */
  choices: number;
  /** The most tokens of one answer: the client's wish, never above the model's `maxOutputTokens`. */
  outputTokens: number;
  /** Whether the client set the limit. If not, the gateway may lower it to what can be paid. */
  outputAsked: boolean;
  stream: boolean;
}

/** One path of the gateway that costs money. Adding one is a file here and a line in `index.ts`. */
export interface Endpoint<Body extends { model: string }> {
  path: `/v1/${string}`;
  /** The same path below the upstream's base address. */
  upstreamPath: string;
  /**
   * Judges a request body.
   * @throws Fault `invalid_request`, or `unsupported_parameter` for what the model's prices do not cover.
   */
  read(json: unknown): Body;
  /** @param bytes The length of the request body. */
  bound(body: Body, model: Model, bytes: number): Bound;
  /** The body for the upstream: its own name of the model, the limit that was paid for, and usage asked for. */
  forward(body: Body, model: Model, outputTokens: number): Record<string, unknown>;
  /** Whether the client asked to see usage in the stream. */
  showsUsage(body: Body): boolean;
  /** What an answer without a report looks like it cost: our own count. */
  estimate(answer: unknown): Pick<Usage, "outputTokens">;
}
