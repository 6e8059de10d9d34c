import { Buffer } from "node:buffer";
import { Fault } from "../kernel/faults.ts";
import type { Call } from "./billing.ts";
import type { Endpoint } from "./endpoints/endpoint.ts";
import { readReport } from "./report.ts";
import type { UpstreamAnswer } from "./upstream-call.ts";

const longestAnswer = 32 * 1_048_576;
/** What is kept of a longer one: its report stands here. */
const endBytes = 65_536;

/**
 * Passes the answer on as it came, after its bill was committed.
 * @throws Fault `upstream_error`, `upstream_timeout`; then nothing was billed but what was reported all the same.
 */
export async function jsonAnswer(endpoint: Endpoint, call: Call, answer: UpstreamAnswer): Promise<Response> {
  const read = await readAnswer(answer).catch(async (fault) => {
    await call.release();
    throw fault;
  });
  if (!read.whole) return refuseLong(call, read.end);
  const { bytes, value } = read;
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

/** The client chooses how much it asks for: an answer that we cannot pass on was made all the same. */
async function refuseLong(call: Call, end: Buffer): Promise<never> {
  const reported = readReport(findUsage(end.toString("utf8")));
  await (reported ? call.settle(reported) : call.release());
  throw new Fault(
    "upstream_error",
    `The model's answer was longer than 32 MiB and is not passed on${reported ? ", but billed" : ""}. Ask for less, or for a stream.`,
    { detail: `longer than ${longestAnswer} bytes` },
  );
}

/** Only of the outermost object is everything from `"usage"` to the end an object again when a brace is put before. */
function findUsage(end: string): unknown {
  const at = end.lastIndexOf('"usage"');
  const rest = at < 0 ? undefined : parse(`{${end.slice(at)}`);
  return isObject(rest) ? rest.usage : undefined;
}

type Json = Record<string, unknown>;
type Read = { whole: true; bytes: Buffer<ArrayBuffer>; value: Json } | { whole: false; end: Buffer };

async function readAnswer(answer: UpstreamAnswer): Promise<Read> {
  const { whole, bytes } = await collectOrEnd(answer);
  if (!whole) return { whole, end: bytes };
  const value = parse(bytes.toString("utf8"));
  if (isObject(value)) return { whole, bytes, value };
  throw new Fault("upstream_error", "The model's answer could not be read.", { detail: "not a JSON object" });
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

/** All of it or, where that is more than we pass on, the end of it. */
function collectOrEnd(answer: UpstreamAnswer): Promise<{ whole: boolean; bytes: Buffer<ArrayBuffer> }> {
  const pieces: Buffer[] = [];
  let kept = 0;
  let whole = true;
  return new Promise((resolve, reject) => {
    answer.flowInto({
      data(piece) {
        pieces.push(piece);
        kept += piece.length;
        if (kept > longestAnswer) whole = false;
        if (!whole) while (kept - pieces[0]!.length >= endBytes) kept -= pieces.shift()!.length;
      },
      end: () => resolve({ whole, bytes: Buffer.concat(pieces) }),
      fail: reject,
    });
  });
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
