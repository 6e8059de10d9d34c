/** A model provider that does what a test tells it: counts words for tokens, waits in the middle of an answer, breaks. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Upstream {
  baseUrl: string;
  apiKey: string;
  /** Every request it got, oldest first. */
  requests: { headers: IncomingHttpHeaders; body: ChatRequest }[];
  /** From now on answers stop after their first word, until `goOn`. Resolves when one stands there. */
  pause(): Promise<void>;
  goOn(): void;
  close(): Promise<void>;
}

interface ChatRequest {
  model: string;
  messages: { content: string }[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  max_tokens?: number;
}

export const words = ["The", " key", " hangs", " on", " its", " hook", "."];
/** What it reports as read, whatever was sent. */
export const inputTokens = 11;

export async function openUpstream(): Promise<Upstream> {
  const apiKey = "key-of-the-upstream-in-tests";
  const requests: Upstream["requests"] = [];
  let gate: Promise<void> | undefined;
  let open = () => {};
  let arrived = () => {};
  const atGate = async () => {
    arrived();
    await gate;
  };

  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request) text += piece;
    const body: ChatRequest = JSON.parse(text);
    requests.push({ headers: request.headers, body });
    if (request.headers.authorization !== `Bearer ${apiKey}`) return void response.writeHead(401).end("{}");
    // Providers do repeat what they were sent when they refuse it.
    if (body.model === "broken") return void response.writeHead(500).end(text);
    const said = words.slice(0, body.max_tokens ?? words.length);
    const answer = { said, finish: said.length < words.length ? "length" : "stop", body };
    await (body.stream ? writeStream(response, answer, atGate) : writeWhole(response, answer, atGate));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey,
    requests,
    pause() {
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return new Promise((resolve) => {
        arrived = resolve;
      });
    },
    goOn() {
      gate = undefined;
      open();
    },
    async close() {
      open();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

interface Answer {
  said: string[];
  finish: string;
  body: ChatRequest;
}

const shared = { id: "chatcmpl-1", created: 1_790_000_000 };

function usageOf({ said }: Answer) {
  const completion = said.length;
  return { prompt_tokens: inputTokens, completion_tokens: completion, total_tokens: inputTokens + completion };
}

async function writeWhole(response: ServerResponse, answer: Answer, atGate: () => Promise<void>): Promise<void> {
  await atGate();
  const message = { role: "assistant", content: answer.said.join("") };
  const choices = [{ index: 0, message, finish_reason: answer.finish }];
  const { model } = answer.body;
  const whole = { ...shared, object: "chat.completion", model, choices, usage: usageOf(answer) };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(whole));
}

async function writeStream(response: ServerResponse, answer: Answer, atGate: () => Promise<void>): Promise<void> {
  const { model, stream_options: options } = answer.body;
  const write = (more: object) =>
    response.write(`data: ${JSON.stringify({ ...shared, object: "chat.completion.chunk", model, ...more })}\n\n`);
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const [position, word] of answer.said.entries()) {
    if (position === 1) await atGate();
    const delta = position === 0 ? { role: "assistant", content: word } : { content: word };
    write({ choices: [{ index: 0, delta, finish_reason: null }] });
  }
  write({ choices: [{ index: 0, delta: {}, finish_reason: answer.finish }] });
  if (options?.include_usage) write({ choices: [], usage: usageOf(answer) });
  response.end("data: [DONE]\n\n");
}
