import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Model } from "../../config/config.ts";
import type { Fault } from "../../kernel/faults.ts";
import { boundOf } from "../bound.ts";
import { costOf, costOfBound } from "../pricing.ts";
import { chatCompletions } from "./chat-completions.ts";

const model: Model = {
  upstream: "main",
  upstreamModel: "real-name",
  prices: { input: 1_000_000, cachedInput: 100_000, output: 2_000_000, call: 0 },
  maxOutputTokens: 1000,
  bytesPerToken: 1,
  outputLimitParameter: "max_tokens",
};
const chat = { model: "test-model", messages: [{ role: "user", content: "Hello" }] };

function boundIn(body: object, changes: Partial<Model> = {}) {
  const { bound, body: text } = boundOf(chatCompletions.read({ ...chat, ...body }), { ...model, ...changes });
  return { ...bound, sent: JSON.parse(text) };
}

function refusalOf(body: object): Fault {
  try {
    chatCompletions.read({ ...chat, ...body });
  } catch (fault) {
    return fault as Fault;
  }
  throw new Error(`accepted ${JSON.stringify(body)}`);
}

describe("the bound of a chat", () => {
  it("is the client's limit, times the answers, and never above the model's", () => {
    expect(boundIn({})).toMatchObject({ choices: 1, outputTokens: 1000 });
    expect(boundIn({ max_tokens: 7, n: 3 })).toMatchObject({ choices: 3, outputTokens: 7 });
    expect(boundIn({ max_tokens: 7, max_completion_tokens: 9 })).toMatchObject({ outputTokens: 9 });
    expect(boundIn({ max_tokens: 5000 })).toMatchObject({ outputTokens: 1000, sent: { max_tokens: 1000 } });
    expect(chatCompletions.read(chat).outputAsked).toBeUndefined();
  });

  it("sends the limit under the name that the upstream knows, once", () => {
    expect(boundIn({ max_completion_tokens: 9 }).sent).toEqual({ ...chat, model: "real-name", max_tokens: 9 });
    const other = boundIn({ max_tokens: 9 }, { outputLimitParameter: "max_completion_tokens" });
    expect(other.sent).toEqual({ ...chat, model: "real-name", max_completion_tokens: 9 });
  });

  it("asks for usage on streams, and keeps the other options of the stream", () => {
    const { sent } = boundIn({ stream: true, stream_options: { include_obfuscation: false } });
    expect(sent.stream_options).toEqual({ include_obfuscation: false, include_usage: true });
    expect(boundIn({ stream_options: { include_usage: false } }).sent.stream_options).toBeUndefined();
    expect(chatCompletions.read({ ...chat, stream: true }).showsUsage).toBe(false);
    expect(chatCompletions.read({ ...chat, stream: true, stream_options: { include_usage: true } }).showsUsage).toBe(
      true,
    );
  });

  it("is measured on what is sent, which may be longer than what came", () => {
    const numbers = Array.from({ length: 1000 }, () => 1e20);
    const tools = [{ type: "function", function: { name: "f", parameters: { enum: numbers } } }];
    const { inputTokens, sent } = boundIn({ tools });
    expect(inputTokens).toBeGreaterThanOrEqual(3 * Buffer.byteLength(JSON.stringify(sent.tools)));
  });

  it("[O14] covers a token for each byte, a template's own words, and schemas written out with indents", () => {
    const word = fc.string({ unit: "binary", maxLength: 60 });
    const schema = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
    const body = fc.record(
      {
        messages: fc.array(fc.record({ role: fc.constantFrom("user", "assistant"), content: word }), { minLength: 1 }),
        tools: fc.array(fc.record({ type: fc.constant("function"), function: schema }), { minLength: 1, maxLength: 3 }),
        n: fc.integer({ min: 1, max: 128 }),
        max_tokens: fc.integer({ min: 1, max: 2000 }),
        stream: fc.boolean(),
      },
      { requiredKeys: ["messages"] },
    );
    const prices = fc.record({ input: fc.nat(1e8), cachedInput: fc.nat(1e8), output: fc.nat(1e8), call: fc.nat(1e6) });
    fc.assert(
      fc.property(body, prices, fc.double({ min: 0, max: 1, noNaN: true }), (body, prices, cached) => {
        const { sent, ...bound } = boundIn(body, { prices });
        const inputTokens = worstInput(sent);
        const outputTokens = (sent.n ?? 1) * sent.max_tokens;
        const usage = {
          inputTokens,
          cachedInputTokens: Math.floor(inputTokens * cached),
          outputTokens,
          estimated: false,
        };
        expect(costOfBound(bound, prices)).toBeGreaterThanOrEqual(costOf(usage, prices));
      }),
      { numRuns: 10_000 },
    );
  });
});

/** Every byte a token, marks and a preamble as the wordiest templates have them, each line of a schema with its indent. */
function worstInput(sent: { messages: { content: string }[]; tools?: unknown[] }): number {
  const ofMessages = sent.messages.map(({ content }) => Buffer.byteLength(content) + 12);
  const lines = sent.tools ? JSON.stringify(sent.tools, null, 4).split("\n") : [];
  // A run of blanks is one token in every tokenizer that has models with tools.
  const ofTools = lines.map((line) => Buffer.byteLength(line.trimStart()) + 2);
  return [90, lines.length > 0 ? 400 : 0, ...ofMessages, ...ofTools].reduce((sum, tokens) => sum + tokens);
}

describe("a chat is refused", () => {
  it.each([
    { max_tokens: 1e18 },
    { max_tokens: -1 },
    { max_tokens: 0 },
    { max_tokens: "abc" },
    { max_tokens: 1.5 },
    { max_completion_tokens: 1e9 },
    { n: 1000 },
    { n: 0 },
    { messages: [] },
    { messages: "Hello" },
    { messages: [{ role: "god", content: "" }] },
    { model: 7 },
    { stream: "yes" },
  ])("[O13] when it says %j", (body) => {
    const fault = refusalOf(body);
    expect([fault.code, fault.status]).toEqual(["invalid_request", 400]);
    expect(fault.fields.param).toMatch(/^(max_|n$|messages|model|stream)/);
    expect(fault.message).toMatch(/^[\w.]+: must (?:be |not be empty$)/);
  });

  it.each([
    [{ modalities: ["audio"] }, "modalities"],
    [{ prediction: { type: "content", content: "x" } }, "prediction"],
    [{ service_tier: "priority" }, "service_tier"],
    [{ web_search_options: {} }, "web_search_options"],
    [{ best_of: 5 }, "best_of"],
    [{ tools: [{ type: "web_search" }] }, "tools"],
    [{ messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "x" } }] }] }, "messages"],
    [
      { messages: [{ role: "user", content: [{ type: "text", text: "", image_url: "x" }] }] },
      "messages.content.image_url",
    ],
    [{ messages: [{ role: "assistant", audio: { id: "x" } }] }, "messages.audio"],
  ])("for what the price does not cover: %j", (body, param) => {
    const fault = refusalOf(body);
    expect([fault.code, fault.status, fault.fields.param]).toEqual(["unsupported_parameter", 400, param]);
  });

  it("for a member that would reach into the object itself", () => {
    const body = JSON.parse(`{"__proto__":{"n":1000},${JSON.stringify(chat).slice(1)}`);
    expect(() => chatCompletions.read(body)).toThrow("__proto__");
  });
});

it("takes what is given as null for not given", () => {
  const body = { n: null, max_tokens: null, stream_options: null, tools: null, audio: null, prediction: null };
  expect(boundIn(body)).toMatchObject({ choices: 1, outputTokens: 1000 });
});

it("counts an answer without a report by its text", () => {
  const answer = { choices: [{ message: { role: "assistant", content: "x".repeat(400) } }] };
  expect(chatCompletions.countOutput(answer)).toBeGreaterThanOrEqual(100);
  expect(chatCompletions.countOutput(answer)).toBeLessThan(130);
  expect(chatCompletions.countOutput({})).toBeLessThan(2);
});
