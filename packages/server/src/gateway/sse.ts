import { Buffer } from "node:buffer";

const longestEvent = 1_048_576;

/** Cuts a byte stream into whole server-sent events, each with the blank line that ends it, without decoding them. */
export class EventCutter {
  #rest: Buffer = Buffer.alloc(0);

  /**
   * The events that are complete with this piece.
   * @throws RangeError for an event longer than a mebibyte.
   */
  cut(piece: Buffer): Buffer[] {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const events: Buffer[] = [];
    let start = 0;
    for (let end = endOfEvent(bytes, start); end !== -1; end = endOfEvent(bytes, start)) {
      events.push(bytes.subarray(start, end));
      start = end;
    }
    this.#rest = bytes.subarray(start);
    if (this.#rest.length > longestEvent) throw new RangeError("an event is longer than a mebibyte");
    return events;
  }

  /** The event that began after the last blank line, if the sender left out the one behind it. */
  finish(): Buffer[] {
    return this.#rest.length > 0 ? this.cut(Buffer.from("\n\n")) : [];
  }
}

/** Behind `\n\n` or `\n\r\n`, whichever comes first. */
function endOfEvent(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(10, from); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return at + 2;
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 3;
  }
  return -1;
}

/** The text of an event's `data` lines, joined as the standard says; undefined if it has none. */
export function dataOf(event: Buffer): string | undefined {
  const lines = event
    .toString("utf8")
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"));
  if (lines.length === 0) return undefined;
  return lines.map((line) => line.slice(line[5] === " " ? 6 : 5)).join("\n");
}

export function eventOf(data: string): Buffer {
  return Buffer.from(`data: ${data}\n\n`);
}

export function commentOf(text: string): Buffer {
  return Buffer.from(`: ${text}\n\n`);
}
