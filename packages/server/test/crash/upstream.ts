import { appendFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** What the provider says it produced for one call, written down before it says so. */
export interface Produced {
  mark: string;
  input: number;
  cached: number;
  output: number;
}

export interface RecordingUpstream {
  baseUrl: string;
  close(): Promise<void>;
}

interface Ask {
  max_tokens: number;
  stream?: boolean;
  messages: { content: string }[];
}

/** A model provider that takes a moment, and keeps a list of what it produced. The message of a call is its mark. */
export async function openRecordingUpstream(list: string): Promise<RecordingUpstream> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    await answer(JSON.parse(Buffer.concat(pieces).toString()), response, list);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const below = (n: number) => Math.floor(Math.random() * n);

async function answer(ask: Ask, response: ServerResponse, list: string): Promise<void> {
  const mark = ask.messages[0]?.content ?? "";
  const input = 8 + below(12);
  const produced: Produced = { mark, input, cached: below(8), output: 1 + below(Math.min(ask.max_tokens, 60)) };
  // Most are quick; some are still running when the gateway's process dies.
  await pause(below(10) === 0 ? below(300) : below(8));
  if (ask.stream) return stream(produced, response, list);
  appendFileSync(list, `${JSON.stringify(produced)}\n`);
  const message = { role: "assistant", content: "word ".repeat(produced.output) };
  response.setHeader("content-type", "application/json");
  response.end(
    JSON.stringify({ id: "c", choices: [{ index: 0, message, finish_reason: "stop" }], usage: usageOf(produced) }),
  );
}

async function stream(produced: Produced, response: ServerResponse, list: string): Promise<void> {
  const say = (chunk: object) => response.write(`data: ${JSON.stringify({ id: "c", ...chunk })}\n\n`);
  response.setHeader("content-type", "text/event-stream");
  for (let word = 0; word < produced.output; word++) {
    say({ choices: [{ index: 0, delta: { content: "word " }, finish_reason: null }] });
    if (word % 16 === 15) await pause(below(4));
  }
  appendFileSync(list, `${JSON.stringify(produced)}\n`);
  say({ choices: [], usage: usageOf(produced) });
  response.end("data: [DONE]\n\n");
}

function usageOf({ input, cached, output }: Produced) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
  };
}
