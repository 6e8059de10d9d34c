import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { createDemoUpstream } from "./upstream.ts";

const upstream = createDemoUpstream({ apiKey: "right", tokensPerSecond: Number.POSITIVE_INFINITY });
const openaiWith = (apiKey: string) =>
  new OpenAI({
    apiKey,
    baseURL: "http://upstream.test/v1",
    maxRetries: 0,
    fetch: (url, init) => upstream.fetch(new Request(url, init)),
  });
const openai = openaiWith("right");
const messages = [{ role: "user" as const, content: "A lighthouse that is afraid of the dark" }];

describe("the demo upstream", () => {
  it("writes the same tale for the same prompt and says that it is a demo", async () => {
    const [first, again] = await Promise.all([
      openai.chat.completions.create({ model: "demo-small", messages }),
      openai.chat.completions.create({ model: "demo-small", messages }),
    ]);
    const text = first.choices[0]!.message.content!;
    expect(text).toBe(again.choices[0]!.message.content);
    expect(text).toContain("This is the demo upstream");
    expect(text).toContain("lighthouse");
    expect(first.system_fingerprint).toBe("demo");
    expect(first.choices[0]!.finish_reason).toBe("stop");
  });

  it("streams the tale it would give whole, with usage only when asked", async () => {
    const whole = await openai.chat.completions.create({ model: "demo-large", messages });
    const read = async (includeUsage: boolean) => {
      const chunks = await openai.chat.completions.create({
        model: "demo-large",
        messages,
        stream: true,
        ...(includeUsage ? { stream_options: { include_usage: true } } : {}),
      });
      let text = "";
      let usage: unknown;
      for await (const chunk of chunks) {
        text += chunk.choices[0]?.delta.content ?? "";
        usage = chunk.usage ?? usage;
      }
      return { text, usage };
    };
    expect(await read(true)).toEqual({ text: whole.choices[0]!.message.content, usage: whole.usage });
    expect(await read(false)).toEqual({ text: whole.choices[0]!.message.content, usage: undefined });
  });

  it.each(["max_tokens", "max_completion_tokens"] as const)("ends with length at %s", async (limit) => {
    const answer = await openai.chat.completions.create({ model: "demo-small", messages, [limit]: 7 });
    expect(answer.choices[0]!.finish_reason).toBe("length");
    expect(answer.usage!.completion_tokens).toBe(7);
  });

  it("ends before the first stop word", async () => {
    const answer = await openai.chat.completions.create({
      model: "demo-small",
      messages,
      stop: ["once", "demo upstream"],
    });
    expect(answer.choices[0]).toMatchObject({ finish_reason: "stop", message: { content: "This is the " } });
  });

  it("gives n different tales and counts the tokens of all", async () => {
    const one = await openai.chat.completions.create({ model: "demo-small", messages });
    const three = await openai.chat.completions.create({ model: "demo-small", messages, n: 3 });
    expect(new Set(three.choices.map((choice) => choice.message.content)).size).toBe(3);
    expect(three.usage!.completion_tokens).toBeGreaterThan(2 * one.usage!.completion_tokens);
    expect(three.usage!.prompt_tokens).toBe(one.usage!.prompt_tokens);
  });

  it("counts a repeated beginning as cached, and no more tokens than the gateway's bound for four bytes each", async () => {
    const first = await openai.chat.completions.create({ model: "demo-small", messages });
    const tale = first.choices[0]!.message.content!;
    const longer = [
      ...messages,
      { role: "assistant" as const, content: tale },
      { role: "user" as const, content: "Go on" },
    ];
    const second = await openai.chat.completions.create({ model: "demo-small", messages: longer });
    expect(first.usage!.prompt_tokens_details!.cached_tokens).toBe(0);
    expect(second.usage!.prompt_tokens_details!.cached_tokens).toBeGreaterThan(100);
    expect(second.usage!.prompt_tokens_details!.cached_tokens).toBeLessThan(second.usage!.prompt_tokens);
    const bytes = longer.reduce((sum, { content }) => sum + new TextEncoder().encode(content).length, 0);
    expect(second.usage!.prompt_tokens).toBeLessThanOrEqual(bytes / 4 + 8 * longer.length + 16);
    expect(first.usage!.completion_tokens).toBeLessThan(new TextEncoder().encode(tale).length / 2);
  });

  it("lists its models, owned by the demo", async () => {
    const models = await openai.models.list();
    expect(models.data.map((model) => [model.id, model.owned_by])).toEqual([
      ["demo-small", "demo"],
      ["demo-large", "demo"],
    ]);
  });

  it("refuses a wrong key, an unknown model and a body it cannot read", async () => {
    await expect(openaiWith("wrong").models.list()).rejects.toMatchObject({ status: 401, code: "invalid_api_key" });
    await expect(openai.chat.completions.create({ model: "real", messages })).rejects.toMatchObject({ status: 404 });
    await expect(openai.chat.completions.create({ model: "demo-small", messages: [] })).rejects.toMatchObject({
      status: 400,
      code: "invalid_request",
    });
  });
});
