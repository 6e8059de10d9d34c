import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commentOf, dataOf, EventCutter, eventOf } from "./sse.ts";

const cutAll = (cutter: EventCutter, pieces: Buffer[]) => [
  ...pieces.flatMap((piece) => cutter.cut(piece)),
  ...cutter.finish(),
];
const texts = (events: Buffer[]) => events.map((event) => event.toString());

describe("a byte stream of events", () => {
  const given = ["data: a\n\n", ": a comment\r\n\r\n", "event: x\ndata: ü€😀\r\ndata: 2\n\n", "data: last\n\n"];

  it("is cut the same wherever it is broken into pieces", () => {
    const bytes = Buffer.from(given.join(""));
    expect(texts(cutAll(new EventCutter(), [bytes]))).toEqual(given);
    const single = [...bytes].map((byte) => Buffer.from([byte]));
    expect(texts(cutAll(new EventCutter(), single))).toEqual(given);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 20 }), (places) => {
        const ends = [...places.sort((a, b) => a - b), bytes.length];
        const pieces = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
        expect(texts(cutAll(new EventCutter(), pieces))).toEqual(given);
      }),
    );
  });

  it("may lack the blank line at the end", () => {
    expect(texts(cutAll(new EventCutter(), [Buffer.from("data: a\n\ndata: b")]))).toEqual([
      "data: a\n\n",
      "data: b\n\n",
    ]);
    expect(texts(cutAll(new EventCutter(), [Buffer.from("data: a\n\n")]))).toEqual(["data: a\n\n"]);
  });

  it("never keeps more than a mebibyte of one event", () => {
    const cutter = new EventCutter();
    const piece = Buffer.alloc(65_536, "x");
    for (let pieces = 0; pieces < 16; pieces++) expect(cutter.cut(piece)).toEqual([]);
    expect(() => cutter.cut(piece)).toThrow(RangeError);
  });
});

it("reads the data of an event, several lines of it joined", () => {
  expect(dataOf(Buffer.from("data: [DONE]\r\n\r\n"))).toBe("[DONE]");
  expect(dataOf(Buffer.from("id: 1\ndata:{\ndata: }\n\n"))).toBe("{\n}");
  expect(dataOf(commentOf("nothing"))).toBeUndefined();
  expect(dataOf(eventOf("a"))).toBe("a");
});
