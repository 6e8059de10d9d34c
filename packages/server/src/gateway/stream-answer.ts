import { Buffer } from "node:buffer";
import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import type { Ledger } from "../ledger/index.ts";
import { type Call, estimatedUsage, releaseCall, settleCall } from "./billing.ts";
import { StreamMeter } from "./meter.ts";
import { commentOf, eventOf } from "./sse.ts";
import type { UpstreamAnswer } from "./upstream.ts";

/** How much may wait for a slow client before the upstream is paused. */
const mostWaitingBytes = 262_144;

export interface RunningStream {
  response: Response;
  /** When the call has ended in the ledger. Never rejects. */
  ended: Promise<void>;
}

/**
 * Passes events on as they come and reads the report while it passes. A client that leaves stops nothing: the upstream is
 * drained to its report, and the bill is the same.
 */
export function streamAnswer(
  ctx: Ctx,
  ledger: Ledger,
  call: Call,
  answer: UpstreamAnswer,
  showsUsage: boolean,
): RunningStream {
  const meter = new StreamMeter(showsUsage);
  let client: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        client = controller;
      },
      pull: () => answer.resume(),
      cancel() {
        client = undefined;
        answer.resume();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostWaitingBytes }),
  );
  const show = (events: Buffer[]) => {
    if (!client || events.length === 0) return;
    client.enqueue(events.length === 1 ? events[0]! : Buffer.concat(events));
    if (client.desiredSize! <= 0) answer.pause();
  };
  const ended = flow(answer, meter, show)
    .then((fault) => close(ctx, ledger, call, meter, fault))
    .then(show)
    .catch((error) =>
      ctx.log.error({ requestId: call.requestId, error: String(error) }, "a stream was left to the sweep"),
    )
    .finally(() => client?.close());
  const headers = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-request-id": call.requestId,
  };
  return { response: new Response(stream, { headers }), ended };
}

/** Until the upstream's last byte. Answers what went wrong, if anything. */
function flow(
  answer: UpstreamAnswer,
  meter: StreamMeter,
  show: (events: Buffer[]) => void,
): Promise<Fault | undefined> {
  return new Promise((resolve) => {
    answer.flowInto({
      data(piece) {
        try {
          show(meter.pass(piece));
        } catch (error) {
          resolve(
            new Fault("upstream_error", "The model's answer could not be read.", {
              detail: String(error),
              cause: error,
            }),
          );
          answer.abort();
        }
      },
      end() {
        show(meter.finish());
        resolve(undefined);
      },
      fail: resolve,
    });
  });
}

/** Bills the stream, then says how it ended: the cost and `[DONE]`, or an error. */
async function close(
  ctx: Ctx,
  ledger: Ledger,
  call: Call,
  meter: StreamMeter,
  fault: Fault | undefined,
): Promise<Buffer[]> {
  if (meter.usage === undefined && meter.pieces === 0) {
    await releaseCall(ctx, ledger, call);
    return [errorEvent(fault ?? new Fault("upstream_error", "The model sent no answer."), call)];
  }
  const usage = meter.usage ?? estimatedUsage(call, meter.pieces);
  const costMicros = await settleCall(ctx, ledger, call, usage);
  const cost = commentOf(`cost_micros=${costMicros}`);
  const complete = fault === undefined && (meter.done || meter.usage !== undefined);
  return complete ? [cost, eventOf("[DONE]")] : [cost, errorEvent(fault ?? brokenOff(), call)];
}

function brokenOff(): Fault {
  return new Fault("upstream_error", "The model broke off.");
}

function errorEvent(fault: Fault, call: Call): Buffer {
  const error = { message: fault.message, type: "server_error", param: null, code: fault.code };
  return eventOf(JSON.stringify({ error, request_id: call.requestId }));
}
