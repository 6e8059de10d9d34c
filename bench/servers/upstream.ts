/**
 * Stands in for a model provider, as fast as it can. The model `held` begins a stream and leaves it open; every other one
 * answers at once, streams with a pause after the first event.
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const pauseMs = 2;
const usage = { prompt_tokens: 20, completion_tokens: 12, total_tokens: 32 };
const chunk = (content: string) => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1_790_000_000,
  model: "upstream-model",
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
});
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

const firstEvent = event(chunk("Once"));
const otherEvents = [
  ...["upon", "a", "time", "there", "was", "an", "inn"].map((word) => event(chunk(` ${word}`))),
  event({ ...chunk(""), choices: [], usage }),
  "data: [DONE]\n\n",
].join("");
const whole = JSON.stringify({
  ...chunk(""),
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", content: "Once upon a time there was an inn." } }],
  usage,
});

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text: string) => {
    body += text;
  });
  request.on("end", () => answer(JSON.parse(body), response));
});

function answer({ model, stream }: { model: string; stream?: boolean }, response: ServerResponse): void {
  if (!stream) {
    response.writeHead(200, { "content-type": "application/json", "content-length": whole.length }).end(whole);
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(firstEvent);
  if (model !== "held") setTimeout(() => response.end(otherEvents), pauseMs);
}

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);
});
