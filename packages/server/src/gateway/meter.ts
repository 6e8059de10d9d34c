import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Usage } from "./pricing.ts";
import { dataOf, EventCutter, eventOf } from "./sse.ts";

const tokens = z.int().min(0).max(1e12);

const report = z.looseObject({
  prompt_tokens: tokens,
  completion_tokens: tokens,
  prompt_tokens_details: z.looseObject({ cached_tokens: tokens.nullish() }).nullish(),
});

/** The upstream's own report, or undefined if it is none. A reported zero stays zero. */
export function readReport(value: unknown): Usage | undefined {
  const parsed = report.safeParse(value);
  if (!parsed.success) return undefined;
  const { prompt_tokens, completion_tokens, prompt_tokens_details } = parsed.data;
  return {
    inputTokens: prompt_tokens,
    cachedInputTokens: Math.min(prompt_tokens_details?.cached_tokens ?? 0, prompt_tokens),
    outputTokens: completion_tokens,
    estimated: false,
  };
}

const usageName = Buffer.from('"usage"');
const nullUsage = Buffer.from(',"usage":null');
const doneData = /^data: ?\[DONE\]/;

/** Reads usage out of a stream while it passes, and takes away what the client did not ask to see. */
export class StreamMeter {
  readonly #showsUsage: boolean;
  readonly #cutter = new EventCutter();
  /** The last report; some upstreams send a running one with every event. */
  usage: Usage | undefined;
  /** Events with a piece of an answer: our own count, about one token each. */
  pieces = 0;
  done = false;

  constructor(showsUsage: boolean) {
    this.#showsUsage = showsUsage;
  }

  /** The events the client shall see. `[DONE]` is kept back: it may be said only when the call is settled. */
  pass(piece: Buffer): Buffer[] {
    const shown: Buffer[] = [];
    for (const event of this.#cutter.cut(piece)) {
      const kept = this.#judge(event);
      if (kept) shown.push(kept);
    }
    return shown;
  }

  /** An upstream may leave out the blank line behind its last event. */
  finish(): Buffer[] {
    const rest = this.#cutter.rest();
    return rest.length > 0 ? this.pass(Buffer.from("\n\n")) : [];
  }

  #judge(event: Buffer): Buffer | undefined {
    if (event.length < 32 && doneData.test(event.toString("latin1"))) {
      this.done = true;
      return undefined;
    }
    const at = event.indexOf(usageName);
    if (at === -1 || !opensObject(event, at + usageName.length)) {
      this.pieces++;
      return this.#showsUsage || at === -1 ? event : without(event, nullUsage);
    }
    return this.#readUsage(event);
  }

  #readUsage(event: Buffer): Buffer | undefined {
    const chunk = parseObject(dataOf(event));
    const usage = chunk && readReport(chunk.usage);
    if (usage) this.usage = usage;
    const hasChoices = Array.isArray(chunk?.choices) && chunk.choices.length > 0;
    if (hasChoices || !chunk) this.pieces++;
    if (this.#showsUsage || !chunk) return event;
    if (!hasChoices) return undefined;
    const { usage: _, ...rest } = chunk;
    return eventOf(JSON.stringify(rest));
  }
}

function opensObject(event: Buffer, from: number): boolean {
  for (let at = from; at < event.length; at++) {
    const byte = event[at];
    if (byte === 0x7b) return true;
    if (byte !== 0x3a && byte !== 0x20) return false;
  }
  return false;
}

/** Inside a JSON text these bytes cannot stand in a string, where their quotes would be escaped. */
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
