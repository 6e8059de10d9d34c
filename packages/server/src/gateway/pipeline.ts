import type { Model } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { readJsonText } from "../http/json.ts";
import type { RequestInfo } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";
import type { Ledger } from "../ledger/index.ts";
import type { Tokens } from "../tokens/index.ts";
import { admit } from "./admission.ts";
import { type Call, openCall } from "./billing.ts";
import { boundOf } from "./bound.ts";
import { checkModel, getCaller } from "./caller.ts";
import type { Endpoint } from "./endpoints/endpoint.ts";
import { collect, jsonAnswer } from "./json-answer.ts";
import { streamAnswer } from "./stream-answer.ts";
import type { Upstreams } from "./upstream.ts";
import type { UpstreamAnswer } from "./upstream-call.ts";
import { upstreamFault } from "./upstream-fault.ts";

export interface PipelineOptions {
  ctx: Ctx;
  tokens: Tokens;
  ledger: Ledger;
  upstreams: Upstreams;
  /** How long a client may read nothing of a stream. */
  patienceMs: number;
  /** Is told of what goes on when the answer has begun. */
  track(work: Promise<void>): void;
}

/** @throws Fault */
export type Pipeline = (endpoint: Endpoint, request: Request, info: RequestInfo) => Promise<Response>;

const longestBody = 8 * 1_048_576;
const deepestBody = 64;
const longestRefusal = 65_536;

/** Bound, hold, forward, meter while the bytes pass, settle. */
export function createPipeline({ ctx, tokens, ledger, upstreams, ...options }: PipelineOptions): Pipeline {
  async function forward(endpoint: Endpoint, call: Call, model: Model, body: string): Promise<UpstreamAnswer> {
    try {
      const answer = await upstreams.post(model.upstream, endpoint.upstreamPath, body);
      if (answer.status >= 200 && answer.status < 300) return answer;
      const refusal = await collect(answer, longestRefusal).catch(() => "");
      throw upstreamFault(answer, String(refusal), ctx.config.upstreams[model.upstream]!);
    } catch (fault) {
      await call.release();
      throw fault;
    }
  }

  return async (endpoint, request, { requestId }) => {
    await getCaller(ctx, tokens, request);
    const idempotencyKey = readIdempotencyKey(request);
    const { value } = await readJsonText(request, { maxBytes: longestBody, maxDepth: deepestBody });
    // Once more: a body may take its time, and what it was sent with may be revoked meanwhile.
    const caller = await getCaller(ctx, tokens, request);
    const order = endpoint.read(value);
    const model = getModel(ctx, order.model);
    checkModel(ctx, caller, order.model);
    const { bound, body } = boundOf(order, model);
    const purchase = {
      ...{ caller, bound, requestId, idempotencyKey },
      item: order.model,
      // Those of the admission, whatever the configuration says when the call ends.
      prices: { ...model.prices },
      mayShorten: order.outputAsked === undefined,
    };
    const { hold, outputTokens } = await admit(ctx, ledger, purchase);
    const call = openCall(ctx, ledger, hold, purchase.prices, body.length);
    const sent = outputTokens === bound.outputTokens ? body : order.write(model, outputTokens);
    const answer = await forward(endpoint, call, model, sent);
    if (!order.stream || !answer.contentType.startsWith("text/event-stream")) return jsonAnswer(endpoint, call, answer);
    const { showsUsage } = order;
    const { response, ended } = streamAnswer(ctx, call, answer, { showsUsage, patienceMs: options.patienceMs });
    options.track(ended);
    return response;
  };
}

function getModel({ config }: Ctx, name: string): Model {
  if (Object.hasOwn(config.models, name)) return config.models[name]!;
  throw new Fault("model_not_found", "There is no such model. GET /v1/models lists those there are.", {
    fields: { param: "model" },
  });
}

const longestIdempotencyKey = 255;

function readIdempotencyKey(request: Request): string | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null) return undefined;
  if (key !== "" && key.length <= longestIdempotencyKey) return key;
  throw new Fault("invalid_request", `Idempotency-Key must have 1 to ${longestIdempotencyKey} characters.`);
}
