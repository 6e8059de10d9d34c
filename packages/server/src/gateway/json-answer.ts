import { Buffer } from "node:buffer";
import { Fault } from "../kernel/faults.ts";
import type { Call } from "./billing.ts";
import type { Endpoint } from "./endpoints/endpoint.ts";
import { readReport } from "./report.ts";
import type { UpstreamAnswer } from "./upstream-call.ts";

const longestAnswer = 32 * 1_048_576;

/**
 * Passes the answer on as it came, after its bill was committed.
 * @throws Fault `upstream_error`, `upstream_timeout`; then nothing was billed but what was reported all the same.
 */
export async function jsonAnswer(endpoint: Endpoint, call: Call, answer: UpstreamAnswer): Promise<Response> {
  const { bytes, value } = await readWhole(answer).catch(async (fault) => {
    await call.release();
    throw fault;
  });
  const reported = readReport(value.usage);
  if (value.error) {
    await (reported ? call.settle(reported) : call.release());
    throw new Fault("upstream_error", "The model could not answer.", { detail: "an error with the status of success" });
  }
  const costMicros = await call.settle(reported ?? call.estimate(endpoint.countOutput(value)));
  return new Response(bytes, {
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-request-id": call.requestId,
      "x-innkeeper-cost-micros": String(costMicros),
    },
  });
}

interface Whole {
  bytes: Buffer<ArrayBuffer>;
  value: Record<string, unknown>;
}

async function readWhole(answer: UpstreamAnswer): Promise<Whole> {
  const bytes = await collect(answer, longestAnswer);
  const value = parse(bytes.toString("utf8"));
  if (typeof value === "object" && value !== null) return { bytes, value: value as Record<string, unknown> };
  throw new Fault("upstream_error", "The model's answer could not be read.", { detail: "not a JSON object" });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws Fault `upstream_error`, `upstream_timeout` when the answer breaks off or is longer than `mostBytes`. */
export function collect(answer: UpstreamAnswer, mostBytes: number): Promise<Buffer<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    answer.flowInto({
      data(piece) {
        pieces.push(piece);
        length += piece.length;
        if (length > mostBytes) throw new RangeError(`the answer is longer than ${mostBytes} bytes`);
      },
      end: () => resolve(Buffer.concat(pieces)),
      fail: reject,
    });
  });
}
