import type { Model } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { readJsonText } from "../http/json.ts";
import { jsonResponse } from "../http/respond.ts";
import type { RequestInfo, Route } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";
import type { Ledger } from "../ledger/index.ts";
import type { Tokens } from "../tokens/index.ts";
import { admit } from "./admission.ts";
import { type Call, releaseCall } from "./billing.ts";
import { getCaller } from "./caller.ts";
import type { Endpoint } from "./endpoints/endpoint.ts";
import { endpoints } from "./endpoints/index.ts";
import { collect, jsonAnswer } from "./json-answer.ts";
import { streamAnswer } from "./stream-answer.ts";
import { createUpstreams, type UpstreamAnswer, type UpstreamLimits } from "./upstream.ts";
import { upstreamFault } from "./upstream-fault.ts";

export interface GatewayOptions {
  ctx: Ctx;
  tokens: Tokens;
  ledger: Ledger;
  /** @default connect 5 s, first byte 60 s, idle 60 s, whole call 10 min */
  limits?: UpstreamLimits;
}

export interface Gateway {
  routes: Route[];
  /** Waits until every call in progress has ended in the ledger. */
  close(): Promise<void>;
}

const longestBody = 8 * 1_048_576;
const deepestBody = 64;
const longestRefusal = 65_536;
const longestIdempotencyKey = 255;

/** Bound, hold, forward, meter while the bytes pass, settle. */
export function createGateway({ ctx, tokens, ledger, limits }: GatewayOptions): Gateway {
  const upstreams = createUpstreams(limits);
  const running = new Set<Promise<unknown>>();
  const track = (work: Promise<unknown>) => {
    running.add(work);
    work.finally(() => running.delete(work)).catch(() => {});
  };

  // biome-ignore lint/suspicious/noExplicitAny: each endpoint reads the body that it judged itself.
  async function call(endpoint: Endpoint<any>, request: Request, info: RequestInfo): Promise<Response> {
    const caller = await getCaller(tokens, request);
    const { value, bytes } = await readJsonText(request, { maxBytes: longestBody, maxDepth: deepestBody });
    const body = endpoint.read(value);
    const model = getModel(ctx, body.model);
    const bound = endpoint.bound(body, model, bytes);
    const idempotencyKey = readIdempotencyKey(request);
    const requestId = info.requestId;
    const { hold, outputTokens } = await admit(ctx, ledger, {
      caller,
      item: body.model,
      model,
      bound,
      requestId,
      idempotencyKey,
    });
    const admitted: Call = { hold, model, requestBytes: bytes, inputTokensBound: bound.inputTokens, requestId };
    const answer = await forward(endpoint, admitted, JSON.stringify(endpoint.forward(body, model, outputTokens)));
    if (!bound.stream || !answer.contentType.startsWith("text/event-stream")) {
      return jsonAnswer(ctx, ledger, endpoint, admitted, answer);
    }
    const { response, ended } = streamAnswer(ctx, ledger, admitted, answer, endpoint.showsUsage(body));
    track(ended);
    return response;
  }

  // biome-ignore lint/suspicious/noExplicitAny: the body is text by now.
  async function forward(endpoint: Endpoint<any>, admitted: Call, body: string): Promise<UpstreamAnswer> {
    const upstream = ctx.config.upstreams[admitted.model.upstream]!;
    try {
      const answer = await upstreams.post(upstream, endpoint.upstreamPath, body);
      if (answer.status >= 200 && answer.status < 300) return answer;
      const refusal = await collect(answer, longestRefusal).catch(() => "");
      throw upstreamFault(answer.status, refusal.toString(), answer.retryAfter);
    } catch (fault) {
      await releaseCall(ctx, ledger, admitted);
      throw fault;
    }
  }

  return {
    routes: [
      ...endpoints.map(
        (endpoint): Route => ({
          method: "POST",
          path: endpoint.path,
          shape: "openai",
          handler: (request, info) => {
            const answer = call(endpoint, request, info);
            track(answer);
            return answer;
          },
        }),
      ),
      { method: "GET", path: "/v1/models", shape: "openai", handler: (request) => listModels(ctx, tokens, request) },
    ],
    async close() {
      await Promise.allSettled(running);
      await upstreams.close();
    },
  };
}

function getModel(ctx: Ctx, name: string): Model {
  const { models } = ctx.config;
  if (Object.hasOwn(models, name)) return models[name]!;
  throw new Fault("model_not_found", "There is no such model. GET /v1/models lists those there are.", {
    fields: { param: "model" },
  });
}

function readIdempotencyKey(request: Request): string | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null) return undefined;
  if (key !== "" && key.length <= longestIdempotencyKey) return key;
  throw new Fault("invalid_request", `Idempotency-Key must have 1 to ${longestIdempotencyKey} characters.`);
}

async function listModels(ctx: Ctx, tokens: Tokens, request: Request): Promise<Response> {
  await getCaller(tokens, request);
  const data = Object.keys(ctx.config.models).map((id) => ({
    id,
    object: "model",
    created: 0,
    owned_by: ctx.config.brand.name,
  }));
  return jsonResponse({ object: "list", data });
}
