import { Buffer } from "node:buffer";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** Tokens, as this provider reports them. */
export interface Report {
  prompt: number;
  completion: number;
  cached?: number;
}

/**
 * What the provider does: it sends bytes, waits, says that it still works on it (102) or what will be needed (103), says
 * nothing ever again, hangs up behind what it sent, or resets the connection, which may lose that too.
 */
export type Step =
  | string
  | Buffer
  | Promise<void>
  | { waitMs: number }
  | { interim: 102 | 103 }
  | "hang"
  | "hang up"
  | "reset";

/** One answer. */
export interface Play {
  /** @default 200 */
  status?: number;
  headers?: Record<string, string>;
  /** Before the answer begins. */
  before?: Step[];
  steps: Iterable<Step>;
}

/** What came in. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  rawHeaders: string[];
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as they like.
  body: any;
}

export interface UpstreamDouble {
  /** Up to and including the version. */
  baseUrl: string;
  apiKey: string;
  /** The answer to each call from now on. */
  play: (received: Received) => Play;
  received: Received[];
  /** Connections that are open. */
  sockets(): number;
  close(): Promise<void>;
}

/** A model provider on a port of its own, that does as it is told. */
export async function openUpstream(): Promise<UpstreamDouble> {
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const text = Buffer.concat(pieces).toString();
    const { method = "", url: path = "", headers, rawHeaders } = request;
    const received = { method, path, headers, rawHeaders, text, body: text === "" ? undefined : JSON.parse(text) };
    double.received.push(received);
    await perform(double.play(received), response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const double: UpstreamDouble = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey: "upstream-secret-never-shown-to-anybody",
    play: () => json({ prompt: 10, completion: 5 }),
    received: [],
    sockets: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return double;
}

async function perform({ status = 200, headers = {}, before = [], steps }: Play, response: ServerResponse) {
  // Whoever hangs up ends the play.
  const gone = new Promise<"gone">((resolve) => response.once("close", () => resolve("gone")));
  for (const step of before) if ((await take(step, response, gone)) === "gone") return;
  response.writeHead(status, headers);
  response.flushHeaders();
  for (const step of steps) if ((await take(step, response, gone)) === "gone") return;
  response.end();
}

async function take(step: Step, response: ServerResponse, gone: Promise<"gone">): Promise<unknown> {
  if (step === "hang") return gone;
  if (step === "hang up" || step === "reset") {
    if (step === "reset") response.socket?.resetAndDestroy();
    else response.socket?.destroySoon();
    return "gone";
  }
  if (typeof step === "object" && "interim" in step) {
    if (step.interim === 102) response.writeProcessing();
    else response.writeEarlyHints({ link: "</style.css>; rel=preload" });
    return undefined;
  }
  if (step instanceof Promise) return Promise.race([step, gone]);
  if (typeof step === "object" && "waitMs" in step) {
    return Promise.race([new Promise((resolve) => setTimeout(resolve, step.waitMs)), gone]);
  }
  if (response.write(step)) return undefined;
  return Promise.race([new Promise((resolve) => response.once("drain", resolve)), gone]);
}

export function usageOf({ prompt, completion, cached = 0 }: Report) {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached },
  };
}

/** A whole answer; without a report when there is none to give. */
export function json(report: Report | undefined, text = "Once upon a time."): Play {
  const body = {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: "real-name",
    choices: [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }],
    ...(report && { usage: usageOf(report) }),
  };
  return { headers: { "content-type": "application/json" }, steps: [JSON.stringify(body)] };
}

export interface StreamPlay {
  /** What the last event reports, if the request asked for it. */
  report?: Report | undefined;
  /** @default ["Once", " upon", " a", " time."] */
  words?: string[];
  /** @default "\n" */
  lineEnd?: string;
  /** Reports so far stand in every event. @default false */
  running?: boolean;
  /** @default true */
  done?: boolean;
}

/** The events of a streamed answer, each a text of its own. */
export function events({ body }: Received, play: StreamPlay = {}): string[] {
  const { report, words = ["Once", " upon", " a", " time."], lineEnd = "\n", running = false, done = true } = play;
  const asked = body.stream_options?.include_usage === true;
  const event = (data: string) => `data: ${data}${lineEnd}${lineEnd}`;
  const chunk = (rest: object) =>
    event(
      JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "real-name", ...rest }),
    );
  const usageAt = (completion: number) => report && asked && running && { usage: usageOf({ ...report, completion }) };
  return [
    ...words.map((content, index) =>
      chunk({ choices: [{ index: 0, delta: { content }, finish_reason: null }], ...usageAt(index) }),
    ),
    chunk({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }], ...usageAt(report?.completion ?? 0) }),
    ...(report && asked ? [chunk({ choices: [], usage: usageOf(report) })] : []),
    ...(done ? [event("[DONE]")] : []),
  ];
}

export function streamed(steps: Iterable<Step>): Play {
  return { headers: { "content-type": "text/event-stream" }, steps };
}
