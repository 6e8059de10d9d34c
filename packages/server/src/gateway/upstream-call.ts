import type { Buffer } from "node:buffer";
import type { Dispatcher } from "undici";
import { Fault } from "../kernel/faults.ts";

type Controller = Dispatcher.DispatchController;
type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseStart"]>>[2];

/** Where the pieces of an answer go. Exactly one of `end` and `fail` is called, last. */
export interface Sink {
  /** What it throws ends the call. */
  data(piece: Buffer): void;
  end(): void;
  fail(fault: Fault): void;
}

/** An answer that has begun. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string;
  /** Pieces that came before are handed over at once. */
  flowInto(sink: Sink): void;
  pause(): void;
  resume(): void;
}

/** One call: undici pushes into it, and whoever was promised the answer lets it flow on. */
export class UpstreamCall implements Dispatcher.DispatchHandler, UpstreamAnswer {
  status = 0;
  contentType = "";
  retryAfter = "";
  readonly #begin: (answer: UpstreamAnswer) => void;
  readonly #refuse: (fault: Fault) => void;
  readonly #whole: NodeJS.Timeout;
  #controller: Controller | undefined;
  #sink: Sink | undefined;
  #early: Buffer[] = [];
  #end: "not yet" | "whole" | Fault = "not yet";

  constructor(wholeMs: number, begin: (answer: UpstreamAnswer) => void, refuse: (fault: Fault) => void) {
    this.#begin = begin;
    this.#refuse = refuse;
    this.#whole = setTimeout(() => this.#abort(new TooLong(`the call took longer than ${wholeMs} ms`)), wholeMs);
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
  }

  onResponseStart(_: Controller, status: number, headers: Headers): void {
    // An interim answer (RFC 9110 15.2): the one that counts is still to come.
    if (status < 200) return;
    const encoding = headers["content-encoding"] ?? "identity";
    // Its usage could not be read while it passes.
    if (encoding !== "identity") this.#abort(new Error(`the answer is encoded: ${encoding}`));
    this.status = status;
    this.contentType = String(headers["content-type"] ?? "");
    this.retryAfter = String(headers["retry-after"] ?? "");
    this.#begin(this);
  }

  onResponseData(_: Controller, piece: Buffer): void {
    if (this.#sink) this.#give(this.#sink, piece);
    else this.#early.push(piece);
  }

  onResponseEnd(): void {
    clearTimeout(this.#whole);
    this.#end = "whole";
    this.#sink?.end();
  }

  onResponseError(_: Controller | undefined, error: Error): void {
    clearTimeout(this.#whole);
    this.#end = describeFailure(error);
    if (this.#sink) this.#sink.fail(this.#end);
    else this.#refuse(this.#end);
  }

  flowInto(sink: Sink): void {
    for (const piece of this.#early) this.#give(sink, piece);
    this.#early = [];
    this.#sink = sink;
    if (this.#end === "whole") sink.end();
    else if (this.#end instanceof Fault) sink.fail(this.#end);
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  #give(sink: Sink, piece: Buffer): void {
    try {
      sink.data(piece);
    } catch (error) {
      this.#abort(error as Error);
    }
  }

  #abort(reason: Error): void {
    this.#controller?.abort(reason);
  }
}

class TooLong extends Error {
  readonly code = "WHOLE_TIMEOUT";
}

function describeFailure(error: Error & { code?: string }): Fault {
  const facts = { detail: error.message, cause: error };
  if (/TIMED?OUT/.test(error.code ?? "")) {
    return new Fault("upstream_timeout", "The model did not answer in time.", facts);
  }
  return new Fault("upstream_error", "The model could not be reached, or broke off.", facts);
}
