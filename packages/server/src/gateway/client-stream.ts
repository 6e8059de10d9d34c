import { Buffer } from "node:buffer";
import type { Clock } from "../kernel/clock.ts";

/** How much may wait for a slow client before the upstream is held back. */
const mostWaitingBytes = 262_144;

/** Who is held back while the client is slow. */
export interface Source {
  pause(): void;
  resume(): void;
}

/**
 * The client's end of a stream. A client that leaves stops nothing, and one that held the source back for `patienceMs` in
 * all counts as gone: the connection of a client that vanished may look open for long, and the source must be read to its
 * end while it has one. A client that reads a little now and then gains no time by it.
 */
export class ClientStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #clock: Clock;
  readonly #source: Source;
  readonly #patienceMs: number;
  readonly #farewell: () => Buffer;
  #client: ReadableStreamDefaultController<Uint8Array> | undefined;
  #patience: NodeJS.Timeout | undefined;
  /** Of the monotonic clock; read while `#patience` runs. */
  #heldSince = 0;
  #heldMs = 0;

  /** @param farewell the last event for a client that did not read */
  constructor(clock: Clock, source: Source, patienceMs: number, farewell: () => Buffer) {
    this.#clock = clock;
    this.#source = source;
    this.#patienceMs = patienceMs;
    this.#farewell = farewell;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (client) => {
          this.#client = client;
        },
        pull: () => this.#resume(),
        cancel: () => {
          this.#client = undefined;
          this.#resume();
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: mostWaitingBytes }),
    );
  }

  show(events: Buffer[]): void {
    if (!this.#client || events.length === 0) return;
    this.#client.enqueue(events.length === 1 ? events[0]! : Buffer.concat(events));
    if (this.#client.desiredSize! <= 0) this.#hold();
  }

  close(): void {
    this.#client?.close();
    this.#client = undefined;
    this.#resume();
  }

  #hold(): void {
    this.#source.pause();
    if (this.#patience) return;
    this.#heldSince = this.#clock.monotonic();
    this.#patience = setTimeout(() => {
      this.#client?.enqueue(this.#farewell());
      this.close();
    }, this.#patienceMs - this.#heldMs);
  }

  #resume(): void {
    if (this.#patience) this.#heldMs += this.#clock.monotonic() - this.#heldSince;
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#source.resume();
  }
}
