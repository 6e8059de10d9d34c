import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, registerApp, type TokenAnswer } from "../platform/app.ts";
import { openPlace, type Place } from "../platform/place.ts";
import { inputTokens, openUpstream, type Upstream, words } from "../platform/upstream.ts";
import { createVisitor } from "../platform/visitor.ts";

const password = "tulips in the attic 4";
const story = [{ role: "user" as const, content: "A story about a key" }];
const sentence = words.join("");
/** Micro-dollars of the sentence: 11 tokens in at $1.00 and 7 out at $2.00 a million. */
const price = inputTokens + 2 * words.length;

let upstream: Upstream;
let place: Place;
let app: App;

beforeAll(async () => {
  upstream = await openUpstream();
  const { baseUrl, apiKey } = upstream;
  const model = { upstream: "main", prices: { input: "1.00", output: "2.00" } };
  place = await openPlace({
    file: {
      brand: { name: "Acme" },
      upstreams: { main: { baseUrl, apiKey } },
      models: {
        "test-model": { ...model, upstreamModel: "real-name", maxOutputTokens: 100 },
        "long-model": { ...model, upstreamModel: "real-name", maxOutputTokens: 1_000_000 },
        "broken-model": { ...model, upstreamModel: "broken", maxOutputTokens: 100 },
      },
    },
  });
  await addUser("kit", "0.50");
  app = await registerApp(place, "kit");
  await place.start();
});

afterAll(async () => {
  await place.close();
  await upstream.close();
});

function addUser(name: string, credit: string) {
  const who = ["--username", name, "--email", `${name}@fennick.example`, "--password", password];
  return place.command("users", "create", ...who, "--credit", credit);
}

/** OpenAI's client as anybody makes it; refusals are shown at once. */
const clientFor = (apiKey: string) => new OpenAI({ baseURL: `${place.issuer}/v1`, apiKey, maxRetries: 0 });

async function keyOf(user: string, ...more: string[]): Promise<string> {
  return String((await place.command("keys", "create", "--user", user, ...more)).key);
}

/** Somebody new, who gives the app a cap. */
async function tokensOf(name: string, cap: string, decision: "allow" | "identity" = "allow"): Promise<TokenAnswer> {
  await addUser(name, "5.00");
  const visitor = createVisitor(place.issuer, name, password);
  return app.redeem(await visitor.answer(app.authorization(), decision, { cap_amount: cap, cap_period: "month" }));
}

/** What the package throws. */
async function refusalOf(call: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(OpenAI.APIError);
  return error as InstanceType<typeof OpenAI.APIError>;
}

async function spentBy(key: string): Promise<number> {
  const answer = await fetch(`${place.issuer}/users/me/usage`, { headers: { authorization: `Bearer ${key}` } });
  const { items } = (await answer.json()) as { items: { cost_micros: number }[] };
  return items.reduce((sum, call) => sum + call.cost_micros, 0);
}

describe("the openai package, unmodified", () => {
  it("[R71] lists the models and chats with a user's token", async () => {
    const { access_token: token } = await tokensOf("maya", "1.00");
    const openai = clientFor(token);
    const listed = [];
    for await (const { id, owned_by: owner } of openai.models.list()) listed.push([id, owner]);
    expect(listed).toEqual(["test-model", "long-model", "broken-model"].map((id) => [id, "Acme"]));

    const before = upstream.requests.length;
    const asked = openai.chat.completions.create({ model: "test-model", messages: story, temperature: 0 });
    const { data, response, request_id: requestId } = await asked.withResponse();
    expect(data.choices[0]).toMatchObject({ message: { content: sentence }, finish_reason: "stop" });
    expect(data.usage).toMatchObject({ prompt_tokens: inputTokens, completion_tokens: words.length });
    expect(response.headers.get("x-innkeeper-cost-micros")).toBe(String(price));
    expect(requestId).toMatch(/^req_/);
    expect(await spentBy(token)).toBe(price);
    const [sent, ...others] = upstream.requests.slice(before);
    expect(others).toEqual([]);
    expect(sent!.body).toMatchObject({ model: "real-name", temperature: 0, max_tokens: 100 });
    expect(JSON.stringify(sent)).not.toContain(token);
  });

  it.each([
    ["shown when it is asked for", { include_usage: true }, true],
    ["hidden when it is refused", { include_usage: false }, false],
    ["hidden when nobody asks", undefined, false],
  ])("[R71] streams word by word, with the usage %s", async (_when, options, isShown) => {
    const openai = clientFor(await keyOf("kit"));
    const paused = upstream.pause();
    const stream = await openai.chat.completions.create({
      ...{ model: "test-model", messages: story, stream: true as const },
      ...(options && { stream_options: options }),
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) {
      // The rest is not written before the first word is here.
      if (chunks.push(chunk) === 1) await paused.then(upstream.goOn);
    }
    const said = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta.content ?? ""));
    expect(said.join("")).toBe(sentence);
    const usages = chunks.filter((chunk) => chunk.usage).map(({ usage }) => usage);
    expect(usages).toEqual(
      isShown ? [expect.objectContaining({ prompt_tokens: inputTokens, completion_tokens: words.length })] : [],
    );
    expect(chunks.filter(({ choices }) => choices.length === 0)).toHaveLength(isShown ? 1 : 0);
  });

  it("[R71] collects a stream with its own helper", async () => {
    const openai = clientFor(await keyOf("kit"));
    const runner = openai.chat.completions.stream({ model: "test-model", messages: story });
    expect(await runner.finalContent()).toBe(sentence);
  });

  it("[R71] throws AuthenticationError for a token that is none", async () => {
    const error = await refusalOf(clientFor("ik_at_nobody").models.list().then());
    expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
    expect(error).toMatchObject({ status: 401, code: "invalid_token", type: "authentication_error" });
    expect(error.headers!.get("www-authenticate")).toContain('error="invalid_token"');
  });

  it("[R71] throws PermissionDeniedError for somebody who signed in without spending", async () => {
    const { access_token: token } = await tokensOf("noor", "", "identity");
    const chat = clientFor(token).chat.completions.create({ model: "test-model", messages: story });
    const error = await refusalOf(chat);
    expect(error).toBeInstanceOf(OpenAI.PermissionDeniedError);
    expect(error).toMatchObject({ status: 403, code: "insufficient_scope" });
  });

  it("[R71] throws NotFoundError for a model or an endpoint that is not there, before anybody is asked", async () => {
    const before = upstream.requests.length;
    const openai = clientFor(await keyOf("kit"));
    const error = await refusalOf(openai.chat.completions.create({ model: "gpt-imaginary", messages: story }));
    expect(error).toBeInstanceOf(OpenAI.NotFoundError);
    expect(error).toMatchObject({ status: 404, code: "model_not_found", param: "model" });
    const absent = await refusalOf(openai.embeddings.create({ model: "test-model", input: "a key" }));
    expect(absent).toMatchObject({ status: 404, code: "not_found" });
    expect(upstream.requests).toHaveLength(before);
  });

  it("[R71] throws BadRequestError for a body that is wrong, and InternalServerError when the model breaks", async () => {
    const openai = clientFor(await keyOf("kit"));
    const wrong = await refusalOf(openai.chat.completions.create({ model: "test-model", messages: [] }));
    expect(wrong).toBeInstanceOf(OpenAI.BadRequestError);
    expect(wrong).toMatchObject({ status: 400, param: "messages" });
    const broken = await refusalOf(openai.chat.completions.create({ model: "broken-model", messages: story }));
    expect(broken).toBeInstanceOf(OpenAI.InternalServerError);
    expect(broken).toMatchObject({ status: 502, code: "upstream_error" });
  });

  it("[R71] throws 402 with the figures of the cap, and of the balance", async () => {
    const { access_token: token } = await tokensOf("ada", "0.0005");
    const capped = clientFor(token).chat.completions;
    await capped.create({ model: "test-model", messages: story, max_tokens: 1 });
    const cap = await refusalOf(capped.create({ model: "long-model", messages: story, max_tokens: 1000 }));
    expect(cap).toMatchObject({ status: 402, code: "budget_exceeded", type: "insufficient_quota" });
    expect(cap.error).toMatchObject({
      limit_source: "app_cap",
      limit: "0.0005",
      spent: "0.000013",
      held: "0.00",
      resets_at: expect.stringMatching(/-01T00:00:00\.000Z$/),
    });
    const { manage_url: manage } = cap.error as { manage_url: string };
    expect(new URL(manage).origin).toBe(place.issuer);

    const poor = clientFor(await keyOf("kit")).chat.completions;
    const balance = await refusalOf(poor.create({ model: "long-model", messages: story, max_tokens: 1_000_000 }));
    expect(balance).toMatchObject({ status: 402, code: "insufficient_balance" });
    expect(balance.error).toMatchObject({ limit_source: "balance", resets_at: null });
  });

  it("[R71] throws RateLimitError while a call in flight holds the rest, and its own retry gets through", async () => {
    const key = await keyOf("kit", "--limit", "0.0005");
    const paused = upstream.pause();
    const ask = { model: "test-model", messages: story, max_tokens: 100 };
    const running = clientFor(key).chat.completions.create(ask);
    await paused;
    const second = await refusalOf(clientFor(key).chat.completions.create({ ...ask, max_tokens: 90 }));
    expect(second).toBeInstanceOf(OpenAI.RateLimitError);
    expect(second).toMatchObject({ status: 429, code: "budget_in_flight" });
    expect(second.error).toMatchObject({ limit_source: "in_flight" });
    const seconds = second.headers!.get("retry-after");
    expect(Number(seconds)).toBeGreaterThan(0);
    const patient = new OpenAI({ baseURL: `${place.issuer}/v1`, apiKey: key, maxRetries: 2 });
    const third = patient.chat.completions.create({ ...ask, max_tokens: 90 });
    upstream.goOn();
    const whole = [await running, await third].map(({ choices }) => choices[0]!.message.content);
    expect(whole).toEqual([sentence, sentence]);
  });
});
