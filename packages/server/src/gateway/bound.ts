import { Buffer } from "node:buffer";
import type { Model } from "../config/config.ts";
import type { Order } from "./endpoints/endpoint.ts";
import type { Bound } from "./pricing.ts";

/**
 * The most that a call can use, and the body for the upstream that it was measured on: what the client wrote may be
 * shorter, as `1e20` is.
 */
export function boundOf(order: Order, model: Model): { bound: Bound; body: string } {
  const { choices, outputAsked, surplus } = order;
  const outputTokens = Math.min(outputAsked ?? model.maxOutputTokens, model.maxOutputTokens);
  const body = order.write(model, outputTokens);
  const inputBytes = Buffer.byteLength(body) + surplus.bytes;
  const inputTokens = Math.ceil(inputBytes / model.bytesPerToken) + surplus.tokens;
  return { bound: { inputTokens, choices, outputTokens }, body };
}
