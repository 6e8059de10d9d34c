import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { StreamMeter } from "./meter.ts";
import { eventOf } from "./sse.ts";

const usage = { prompt_tokens: 10, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 4 } };
const choices = [{ index: 0, delta: { content: "word" } }];

function pass(events: (object | string)[], showsUsage = false) {
  const meter = new StreamMeter(showsUsage);
  const bytes = events.map((event) =>
    typeof event === "string" ? Buffer.from(event) : eventOf(JSON.stringify(event)),
  );
  const shown = [...meter.pass(Buffer.concat(bytes)), ...meter.finish()].join("");
  return { meter, shown };
}

describe("the meter of a stream", () => {
  it("passes pieces on byte by byte as they came, and counts them", () => {
    const odd = 'event: x\r\ndata: {"choices" : [ {"delta":{"content":"a \\"usage\\": {\\"x\\":1} b"}} ]}\r\n\r\n';
    const { meter, shown } = pass([{ choices }, odd, ": a comment\n\n"]);
    expect(shown).toBe(`${eventOf(JSON.stringify({ choices }))}${odd}: a comment\n\n`);
    expect([meter.pieces, meter.usage, meter.done]).toEqual([2, undefined, false]);
  });

  it.each([
    ["compact", JSON.stringify({ choices: [], usage })],
    ["with blanks", `{"choices": [], "usage" : ${JSON.stringify(usage)}}`],
    ["behind another member of that name", JSON.stringify({ choices: [], x: { usage: null }, usage })],
  ])("reads the report (%s) and hides it from who did not ask", (_, data) => {
    const { meter, shown } = pass([{ choices }, `data: ${data}\n\n`]);
    expect(meter.usage).toEqual({ inputTokens: 10, cachedInputTokens: 4, outputTokens: 3, estimated: false });
    expect(shown).toBe(eventOf(JSON.stringify({ choices })).toString());
    expect(pass([`data: ${data}\n\n`], true).shown).toBe(`data: ${data}\n\n`);
  });

  it("takes a running report out of events that carry an answer too, and bills the last one", () => {
    const later = { ...usage, completion_tokens: 7 };
    const { meter, shown } = pass([
      { choices, usage },
      { choices, usage: null },
      { choices, usage: later },
    ]);
    expect(meter.usage?.outputTokens).toBe(7);
    expect(shown).toBe(eventOf(JSON.stringify({ choices })).toString().repeat(3));
    expect(meter.pieces).toBe(3);
  });

  it("counts what it cannot read: nothing is given away for being malformed", () => {
    const odd = 'data: {"choices": [{"delta":{"content":"a word"}}], "usage": nothing}\n\n';
    const { meter, shown } = pass([odd, ': "usage" in a comment\n\n']);
    expect(shown).toBe(`${odd}: "usage" in a comment\n\n`);
    expect([meter.pieces, meter.usage]).toEqual([1, undefined]);
  });

  it("keeps [DONE] back, and whatever comes behind it", () => {
    for (const done of ["data: [DONE]\n\n", "data:[DONE]\r\n\r\n", "data: [DONE]"]) {
      const { meter, shown } = pass([{ choices }, done]);
      expect([meter.done, shown]).toEqual([true, eventOf(JSON.stringify({ choices })).toString()]);
    }
    const { meter, shown } = pass(["data: [DONE]\n\n", { choices, usage }]);
    expect([shown, meter.usage]).toEqual(["", undefined]);
  });

  it("shows nothing of an upstream's error", () => {
    const { meter, shown } = pass([{ choices }, { error: { message: "key sk-123456 is wrong" } }]);
    expect(meter.failure).toEqual({ message: "key sk-123456 is wrong" });
    expect(shown).not.toContain("sk-");
    expect(pass([{ choices, error: null }]).meter.failure).toBeUndefined();
  });
});
