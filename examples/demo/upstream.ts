/**
 * The demo upstream: a small local server that speaks OpenAI's chat wire and writes made-up tales token by token, so that
 * the demo needs no account anywhere. It is a demo everywhere: in its text, its fingerprint and its models' owner.
 */
import { setTimeout as pause } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { z } from "zod";
import { splitTokens, writeTale } from "./upstream-tales.ts";

export interface DemoUpstreamOptions {
  /** What callers must send as `Authorization: Bearer …`. */
  apiKey: string;
  /** How fast it writes. `Infinity` never waits. @default 40 */
  tokensPerSecond?: number;
}

/** Paragraphs a tale of this model has; the model called "large" is simply more talkative. */
const models: Readonly<Record<string, number>> = { "demo-small": 3, "demo-large": 5 };
const overheadTokensPerMessage = 3;
/** Only whole blocks of a repeated prompt are cached, as with real providers. */
const cacheBlockTokens = 32;

const content = z.union([z.string(), z.array(z.object({ type: z.literal("text"), text: z.string() })), z.null()]);
const chatRequest = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: content.optional() })).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  n: z.int().min(1).max(8).nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
});
type ChatRequest = z.infer<typeof chatRequest>;

interface Answer {
  index: number;
  tokens: string[];
  finishReason: "stop" | "length";
}

interface Completion {
  id: string;
  created: number;
  model: string;
  answers: Answer[];
  usage: object;
}

/** The demo upstream as a function from `Request` to `Response`. */
export function createDemoUpstream({ apiKey, tokensPerSecond = 40 }: DemoUpstreamOptions): {
  fetch: (request: Request) => Promise<Response>;
} {
  const tokenMs = 1000 / tokensPerSecond;
  return {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (request.headers.get("authorization") !== `Bearer ${apiKey}`)
        return refusal(401, "invalid_api_key", "The demo upstream does not know this key.");
      if (request.method === "GET" && pathname === "/v1/models") return listModels();
      if (request.method !== "POST" || pathname !== "/v1/chat/completions")
        return refusal(404, "not_found", "The demo upstream has only /v1/models and /v1/chat/completions.");
      const body = chatRequest.safeParse(await request.json().catch(() => undefined));
      if (!body.success) return refusal(400, "invalid_request", z.prettifyError(body.error));
      if (!models[body.data.model]) return refusal(404, "model_not_found", `No model ${body.data.model} here.`);
      return body.data.stream ? stream(body.data, tokenMs) : whole(body.data, tokenMs);
    },
  };
}

function refusal(status: number, code: string, message: string): Response {
  return Response.json({ error: { message, type: "invalid_request_error", param: null, code } }, { status });
}

function listModels(): Response {
  const data = Object.keys(models).map((id) => ({ id, object: "model", created: 0, owned_by: "demo" }));
  return Response.json({ object: "list", data });
}

function textOf(message: ChatRequest["messages"][number]): string {
  if (Array.isArray(message.content)) return message.content.map((part) => part.text).join("\n");
  return message.content ?? "";
}

function complete(request: ChatRequest): Completion {
  const prompt = textOf(request.messages.findLast((message) => message.role === "user") ?? request.messages.at(-1)!);
  const answers = Array.from({ length: request.n ?? 1 }, (_, index) => answer(request, prompt, index));
  const perMessage = request.messages.map((message) => countPromptTokens(textOf(message)) + overheadTokensPerMessage);
  const before = sum(perMessage.slice(0, -1));
  const promptTokens = sum(perMessage) + overheadTokensPerMessage;
  const completionTokens = sum(answers.map((each) => each.tokens.length));
  return {
    id: `chatcmpl-demo-${crypto.randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: request.model,
    answers,
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
      prompt_tokens_details: { cached_tokens: before - (before % cacheBlockTokens) },
    },
  };
}

function answer(request: ChatRequest, prompt: string, index: number): Answer {
  const tale = writeTale(prompt, request.model, models[request.model]!, index);
  const stops = [request.stop ?? []].flat().map((word) => tale.indexOf(word));
  const end = Math.min(tale.length, ...stops.filter((at) => at >= 0));
  const tokens = splitTokens(tale.slice(0, end));
  const most = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  return { index, tokens: tokens.slice(0, most), finishReason: tokens.length > most ? "length" : "stop" };
}

/** Four bytes each, so that the bound the gateway holds is close to the price (`bytesPerToken` in the configuration). */
function countPromptTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / 4);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function envelope(completion: Completion, object: string) {
  const { id, created, model } = completion;
  return { id, object, created, model, system_fingerprint: "demo" };
}

async function whole(request: ChatRequest, tokenMs: number): Promise<Response> {
  const completion = complete(request);
  await pause(tokenMs * Math.max(...completion.answers.map((each) => each.tokens.length)));
  const choices = completion.answers.map(({ index, tokens, finishReason }) => ({
    index,
    message: { role: "assistant", content: tokens.join(""), refusal: null },
    logprobs: null,
    finish_reason: finishReason,
  }));
  return Response.json({ ...envelope(completion, "chat.completion"), choices, usage: completion.usage });
}

function stream(request: ChatRequest, tokenMs: number): Response {
  const events = writeEvents(complete(request), request.stream_options?.include_usage === true, tokenMs);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await events.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await events.return();
    },
  });
  const headers = { "content-type": "text/event-stream", "cache-control": "no-cache" };
  return new Response(body, { headers });
}

async function* writeEvents(completion: Completion, withUsage: boolean, tokenMs: number): AsyncGenerator<string, void> {
  const shared = { ...envelope(completion, "chat.completion.chunk"), ...(withUsage ? { usage: null } : {}) };
  const event = (chunk: object) => `data: ${JSON.stringify({ ...shared, ...chunk })}\n\n`;
  const choice = (index: number, delta: object, finishReason: string | null = null) =>
    event({ choices: [{ index, delta, logprobs: null, finish_reason: finishReason }] });

  for (const { index } of completion.answers) yield choice(index, { role: "assistant", content: "" });
  const longest = Math.max(...completion.answers.map((each) => each.tokens.length));
  for (let position = 0; position < longest; position++) {
    if (tokenMs > 0) await pause(tokenMs);
    for (const { index, tokens } of completion.answers)
      if (position < tokens.length) yield choice(index, { content: tokens[position] });
  }
  for (const { index, finishReason } of completion.answers) yield choice(index, {}, finishReason);
  if (withUsage) yield event({ choices: [], usage: completion.usage });
  yield "data: [DONE]\n\n";
}

if (import.meta.main) {
  const port = Number(process.env.PORT ?? 8422);
  const apiKey = process.env.DEMO_UPSTREAM_KEY ?? "demo-upstream-key";
  const { fetch } = createDemoUpstream({ apiKey });
  const server = serve({ fetch, port, hostname: "127.0.0.1" }, (address) =>
    console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${address.port}/v1`, pid: process.pid })),
  );
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.close(() => process.exit(0)));
}
