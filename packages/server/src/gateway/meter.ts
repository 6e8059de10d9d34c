import { Buffer } from "node:buffer";
import type { Usage } from "./pricing.ts";
import { readReport } from "./report.ts";
import { dataOf, EventCutter, eventOf } from "./sse.ts";

/** What some upstreams add to every event but the last. */
const noUsage = Buffer.from(',"usage":null');
const usageName = Buffer.from('"usage"');
const errorName = Buffer.from('"error"');
const colon = 0x3a;
/** `data: [DONE]` with room for line ends. */
const longestDone = 24;

/** Reads usage out of a stream while it passes, and takes away what the client is not to see. */
export class StreamMeter {
  readonly #showsUsage: boolean;
  readonly #cutter = new EventCutter();
  /** The last report: some upstreams send a running one with every event. */
  usage: Usage | undefined;
  /** Events with a piece of an answer: our own count, about one token each. */
  pieces = 0;
  /** The upstream said `[DONE]`; nothing behind it counts. */
  done = false;
  /** What the upstream sent in place of an answer. */
  failure: unknown;

  constructor(showsUsage: boolean) {
    this.#showsUsage = showsUsage;
  }

  /**
   * The events that the client shall see. `[DONE]` is kept back: it may be said only when the call is settled.
   * @throws RangeError when an event does not end.
   */
  pass(piece: Buffer): Buffer[] {
    return this.#judgeAll(this.#cutter.cut(piece));
  }

  /** To be called behind the last piece. */
  finish(): Buffer[] {
    return this.#judgeAll(this.#cutter.finish());
  }

  #judgeAll(events: Buffer[]): Buffer[] {
    return events.map((event) => this.#judge(event)).filter((event) => event !== undefined);
  }

  /** Members are found in the bytes as they stand: inside a text their quotes would be escaped. */
  #judge(event: Buffer): Buffer | undefined {
    if (this.done) return undefined;
    if (event.length <= longestDone && dataOf(event) === "[DONE]") {
      this.done = true;
      return undefined;
    }
    const shown = this.#showsUsage ? event : without(event, noUsage);
    if (shown.includes(usageName) || shown.includes(errorName)) return this.#read(event);
    return this.#count(shown);
  }

  #count(event: Buffer): Buffer {
    if (event[0] !== colon) this.pieces++;
    return event;
  }

  #read(event: Buffer): Buffer | undefined {
    const chunk = parseObject(dataOf(event));
    if (!chunk) return this.#count(event);
    const usage = readReport(chunk.usage);
    if (usage) this.usage = usage;
    if (chunk.error) {
      this.failure = chunk.error;
      return undefined;
    }
    const hasChoices = Array.isArray(chunk.choices) && chunk.choices.length > 0;
    if (hasChoices) this.pieces++;
    if (this.#showsUsage || !("usage" in chunk)) return event;
    if (usage && !hasChoices) return undefined;
    const { usage: _, ...rest } = chunk;
    return eventOf(JSON.stringify(rest));
  }
}

function without(event: Buffer, part: Buffer): Buffer {
  const at = event.indexOf(part);
  return at === -1 ? event : Buffer.concat([event.subarray(0, at), event.subarray(at + part.length)]);
}

function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
