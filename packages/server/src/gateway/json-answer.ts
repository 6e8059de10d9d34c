import { Buffer } from "node:buffer";
import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import type { Ledger } from "../ledger/index.ts";
import { type Call, estimatedUsage, releaseCall, settleCall } from "./billing.ts";
import type { Endpoint } from "./endpoints/endpoint.ts";
import { readReport } from "./meter.ts";
import type { UpstreamAnswer } from "./upstream.ts";

const longestAnswer = 32 * 1_048_576;

/** Passes the answer on as it came, after its bill was committed. */
export async function jsonAnswer(
  ctx: Ctx,
  ledger: Ledger,
  // biome-ignore lint/suspicious/noExplicitAny: the body was judged before.
  endpoint: Endpoint<any>,
  call: Call,
  answer: UpstreamAnswer,
): Promise<Response> {
  const { bytes, value } = await readWhole(answer).catch(async (fault) => {
    await releaseCall(ctx, ledger, call);
    throw fault;
  });
  const usage = readReport(value.usage) ?? estimatedUsage(call, endpoint.estimate(value).outputTokens);
  const costMicros = await settleCall(ctx, ledger, call, usage);
  return new Response(bytes, {
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-request-id": call.requestId,
      "x-innkeeper-cost-micros": String(costMicros),
    },
  });
}

async function readWhole(
  answer: UpstreamAnswer,
): Promise<{ bytes: Buffer<ArrayBuffer>; value: Record<string, unknown> }> {
  const bytes = await collect(answer, longestAnswer);
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    if (typeof value === "object" && value !== null) return { bytes, value: value as Record<string, unknown> };
  } catch {
    // Told below: it is the same fault as an answer that is no object.
  }
  throw new Fault("upstream_error", "The model's answer could not be read.", { detail: "not a JSON object" });
}

/** @throws Fault `upstream_error` when the answer breaks off or is longer than `most` bytes. */
export function collect(answer: UpstreamAnswer, most: number): Promise<Buffer<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    answer.flowInto({
      data(piece) {
        pieces.push(piece);
        length += piece.length;
        if (length > most) answer.abort();
      },
      end: () => resolve(pieces.length === 1 ? (pieces[0] as Buffer<ArrayBuffer>) : Buffer.concat(pieces)),
      fail: reject,
    });
  });
}
