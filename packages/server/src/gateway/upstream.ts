import type { Agent, Dispatcher } from "undici";
import type { Upstream } from "../config/config.ts";
import { Fault } from "../kernel/faults.ts";

export interface UpstreamLimits {
  /** @default 5000 milliseconds */
  connectMs: number;
  /** Until the answer begins. @default 60000 milliseconds */
  firstByteMs: number;
  /** Between two pieces of the answer. @default 60000 milliseconds */
  idleMs: number;
  /** For the whole call, draining included. @default 600000 milliseconds */
  wholeMs: number;
}

export const upstreamLimits: UpstreamLimits = {
  connectMs: 5_000,
  firstByteMs: 60_000,
  idleMs: 60_000,
  wholeMs: 600_000,
};

/** Where the pieces of an answer go. Exactly one of `end` and `fail` is called, last. */
export interface Sink {
  data(piece: Buffer): void;
  end(): void;
  fail(fault: Fault): void;
}

export interface UpstreamAnswer {
  status: number;
  contentType: string;
  retryAfter: string | undefined;
  /** Pieces that came before are handed over at once. */
  flowInto(sink: Sink): void;
  pause(): void;
  resume(): void;
  abort(): void;
}

export interface Upstreams {
  /** @throws Fault `upstream_error` or `upstream_timeout` when no answer begins. */
  post(upstream: Upstream, path: string, body: string): Promise<UpstreamAnswer>;
  close(): Promise<void>;
}

/** undici is heavy, so it is loaded with the first call. Addresses are the operator's own, so no guard stands before them. */
export function createUpstreams(limits: UpstreamLimits = upstreamLimits): Upstreams {
  let agent: Promise<Agent> | undefined;
  const getAgent = () => {
    agent ??= import("undici").then(
      ({ Agent }) =>
        new Agent({
          connect: { timeout: limits.connectMs },
          headersTimeout: limits.firstByteMs,
          bodyTimeout: limits.idleMs,
        }),
    );
    return agent;
  };
  return {
    async post(upstream, path, body) {
      const url = new URL(upstream.baseUrl + path);
      const dispatcher = await getAgent();
      return new Promise((resolve, reject) => {
        const call = new UpstreamCall(limits.wholeMs, resolve, reject);
        dispatcher.dispatch(
          {
            origin: url.origin,
            path: url.pathname + url.search,
            method: "POST",
            body,
            headers: {
              authorization: `Bearer ${upstream.apiKey}`,
              "content-type": "application/json",
              accept: "application/json, text/event-stream",
              "accept-encoding": "identity",
              "user-agent": "innkeeper",
            },
          },
          call,
        );
      });
    },
    close: async () => (await agent)?.close(),
  };
}

/** One call: undici pushes into it, and whoever was promised the answer lets it flow on. */
class UpstreamCall implements Dispatcher.DispatchHandler, UpstreamAnswer {
  status = 0;
  contentType = "";
  retryAfter: string | undefined;
  readonly #resolve: (answer: UpstreamAnswer) => void;
  readonly #reject: (fault: Fault) => void;
  readonly #whole: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #sink: Sink | undefined;
  #early: Buffer[] = [];
  #ended = false;
  #failure: Fault | undefined;

  constructor(wholeMs: number, resolve: (answer: UpstreamAnswer) => void, reject: (fault: Fault) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#whole = setTimeout(() => this.#controller?.abort(new Error("the whole call took too long")), wholeMs);
    this.#whole.unref();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    this.status = status;
    this.contentType = String(headers["content-type"] ?? "");
    this.retryAfter = headers["retry-after"] === undefined ? undefined : String(headers["retry-after"]);
    this.#resolve(this);
  }

  onResponseData(_: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#sink) this.#sink.data(piece);
    else this.#early.push(piece);
  }

  onResponseEnd(): void {
    clearTimeout(this.#whole);
    this.#ended = true;
    this.#sink?.end();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#whole);
    this.#failure = describeFailure(error);
    if (this.#sink) this.#sink.fail(this.#failure);
    else this.#reject(this.#failure);
  }

  flowInto(sink: Sink): void {
    for (const piece of this.#early) sink.data(piece);
    this.#early = [];
    this.#sink = sink;
    if (this.#failure) sink.fail(this.#failure);
    else if (this.#ended) sink.end();
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  abort(): void {
    this.#controller?.abort(new Error("the call was given up"));
  }
}

function describeFailure(error: Error & { code?: string }): Fault {
  const late = /TIMEOUT/.test(error.code ?? "") || /too long/.test(error.message);
  return late
    ? new Fault("upstream_timeout", "The model did not answer in time.", { detail: error.message, cause: error })
    : new Fault("upstream_error", "The model could not be reached, or broke off.", {
        detail: error.message,
        cause: error,
      });
}
