import { Buffer } from "node:buffer";

/** How much may wait for a slow client before the upstream is held back. */
const mostWaitingBytes = 262_144;

/** Who is held back while the client is slow. */
export interface Source {
  pause(): void;
  resume(): void;
}

/**
 * The client's end of a stream. A client that leaves stops nothing, and one that does not read for `patienceMs` counts as
 * gone: the connection of a client that vanished may look open for long, and the source must be read to its end.
 */
export class ClientStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #source: Source;
  readonly #patienceMs: number;
  readonly #farewell: () => Buffer;
  #client: ReadableStreamDefaultController<Uint8Array> | undefined;
  #patience: NodeJS.Timeout | undefined;

  /** @param farewell the last event for a client that did not read */
  constructor(source: Source, patienceMs: number, farewell: () => Buffer) {
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
    this.#patience ??= setTimeout(() => {
      this.#client?.enqueue(this.#farewell());
      this.close();
    }, this.#patienceMs);
  }

  #resume(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#source.resume();
  }
}
