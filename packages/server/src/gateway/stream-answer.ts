import type { Buffer } from "node:buffer";
import type { Ctx } from "../context.ts";
import { faultBody } from "../http/render-fault.ts";
import { Fault } from "../kernel/faults.ts";
import type { Call } from "./billing.ts";
import { ClientStream } from "./client-stream.ts";
import { StreamMeter } from "./meter.ts";
import { commentOf, eventOf } from "./sse.ts";
import type { UpstreamAnswer } from "./upstream-call.ts";

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
  { clock, log }: Ctx,
  call: Call,
  answer: UpstreamAnswer,
  { showsUsage, patienceMs }: { showsUsage: boolean; patienceMs: number },
): RunningStream {
  const { requestId } = call;
  const meter = new StreamMeter(showsUsage);
  const client = new ClientStream(clock, answer, patienceMs, () => errorEvent(unread(), requestId));
  const ended = flow(answer, meter, client)
    .then(async (broken) => {
      const fault = broken ?? faultOf(meter);
      if (fault) log.warn({ requestId, code: fault.code, detail: fault.detail }, "a stream broke off");
      client.show(await end(call, meter, fault));
    })
    .catch((error) => log.error({ requestId, error: String(error) }, "a call is left to the sweep"))
    .finally(() => client.close());
  const headers = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-request-id": requestId,
  };
  return { response: new Response(client.body, { headers }), ended };
}

/** Until `[DONE]` or the upstream's last byte. Answers what broke it off, if anything. */
function flow(answer: UpstreamAnswer, meter: StreamMeter, client: ClientStream): Promise<Fault | undefined> {
  return new Promise((resolve) => {
    answer.flowInto({
      data(piece) {
        client.show(meter.pass(piece));
        if (meter.done) resolve(undefined);
      },
      end() {
        client.show(meter.finish());
        resolve(undefined);
      },
      fail: resolve,
    });
  });
}

function faultOf({ done, usage, failure }: StreamMeter): Fault | undefined {
  if (failure) return new Fault("upstream_error", "The model broke off.", { detail: "an error in the stream" });
  // Some upstreams leave out the last word, but what was used is known only at the end.
  return done || usage ? undefined : new Fault("upstream_error", "The model broke off.", { detail: "no [DONE]" });
}

/** Bills the stream, then says how it ended: the cost and `[DONE]`, or what went wrong. */
async function end(call: Call, meter: StreamMeter, fault: Fault | undefined): Promise<Buffer[]> {
  const usage = meter.usage ?? (meter.pieces > 0 ? call.estimate(meter.pieces) : undefined);
  const costMicros = usage ? await call.settle(usage) : 0;
  if (!usage) await call.release();
  const cost = commentOf(`cost_micros=${costMicros}`);
  return [cost, fault ? errorEvent(fault, call.requestId) : eventOf("[DONE]")];
}

function unread(): Fault {
  return new Fault("invalid_request", "The answer was read too slowly, or not at all. It is billed as a whole.");
}

function errorEvent(fault: Fault, requestId: string): Buffer {
  return eventOf(JSON.stringify({ ...faultBody(fault, "openai"), request_id: requestId }));
}
