import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listCalls } from "../../src/ledger/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { events, json, streamed } from "../../src/testing/upstream.ts";
import { eventsOf, hello, models, openStage, type Stage } from "./gateway-stage.ts";

const credit = 1_000_000_000;
const noUsage = { estimated: true, cachedInputTokens: 0 };

describe.each(databases)("a call on $name", ({ open }) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(open);
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    stage.upstream.received.length = 0;
  });
  afterEach(() => stage.settled());

  it("answers as the upstream did, and costs what it reported", async () => {
    const maya = await stage.appGuest();
    stage.upstream.play = () => json({ prompt: 100, cached: 40, completion: 7 }, "A tale.");
    const answer = await maya.chat();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
    // 60 at 1.00, 40 at 0.10, 7 at 2.00 micro-dollars.
    expect(answer.headers.get("x-innkeeper-cost-micros")).toBe("78");
    expect((await answer.json()).choices[0].message.content).toBe("A tale.");
    expect(await maya.balance()).toBe(credit - 78);
    expect(await maya.lastCall()).toMatchObject({
      appId: maya.signedIn.app.id,
      grantId: maya.signedIn.grant.id,
      keyId: null,
      item: "test-model",
      requestId: answer.headers.get("x-request-id"),
      outcome: "settled",
      costMicros: 78,
      lossMicros: 0,
      usage: { inputTokens: 100, cachedInputTokens: 40, outputTokens: 7, estimated: false },
    });
  });

  it("[R34] tells the cost of a stream before [DONE], after its bill was committed", async () => {
    const maya = await stage.keyGuest();
    stage.upstream.play = (received) => streamed(events(received, { report: { prompt: 10, completion: 4 } }));
    const answer = await maya.chat({ stream: true });
    expect(answer.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
    let text = "";
    for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += piece;
      if (!text.includes("cost_micros")) continue;
      expect(await maya.lastCall()).toMatchObject({ outcome: "settled", costMicros: 18 });
    }
    expect(text.split("\n\n").slice(-3)).toEqual([": cost_micros=18", "data: [DONE]", ""]);
  });

  it("[R34] tells no cost while the bill cannot be committed, and tells it as soon as it can", async () => {
    const maya = await stage.keyGuest();
    stage.upstream.play = (received) => {
      stage.storage.failing = true;
      return received.body.stream
        ? streamed(events(received, { report: { prompt: 1, completion: 1 } }))
        : json({ prompt: 1, completion: 1 });
    };
    for (const stream of [false, true]) {
      const failures = stage.logged.length;
      const answering = maya.chat({ stream }).then(async (answer) => [answer.headers, await answer.text()] as const);
      const first = answering.then(() => "told");
      await expect.poll(() => stage.logged.length).toBeGreaterThan(failures);
      expect(await Promise.race([first, "not yet"])).toBe("not yet");
      expect(await maya.lastCall()).toMatchObject({ outcome: null });
      stage.storage.failing = false;
      const [headers, text] = await answering;
      expect(stream ? text : headers.get("x-innkeeper-cost-micros")).toContain(
        stream ? ": cost_micros=3\n\ndata: [DONE]" : "3",
      );
      expect(await maya.lastCall()).toMatchObject({ outcome: "settled", costMicros: 3 });
    }
  });

  it("[R35] asks the upstream for usage on each stream, and shows it to who asked only", async () => {
    const maya = await stage.keyGuest();
    stage.upstream.play = (received) => streamed(events(received, { report: { prompt: 10, completion: 4 } }));
    for (const stream_options of [undefined, null, { include_usage: false }, { include_usage: true }]) {
      const shown = await eventsOf(await maya.chat({ stream: true, stream_options }));
      const asked = stream_options?.include_usage === true;
      expect(stage.upstream.received.at(-1)!.body.stream_options).toEqual({ include_usage: true });
      expect(shown.filter((event) => event.includes('"usage"')).length).toBe(asked ? 1 : 0);
      expect(shown.at(-2)).toBe(": cost_micros=18");
      expect(shown.length).toBe(asked ? 8 : 7);
    }
    await maya.chat();
    expect(stage.upstream.received.at(-1)!.body.stream_options).toBeUndefined();
  });

  it("[R35] hides running reports out of every event, and bills the last", async () => {
    const maya = await stage.keyGuest();
    const report = { prompt: 10, completion: 4 };
    stage.upstream.play = (received) => streamed(events(received, { report, running: true }));
    const hidden = await eventsOf(await maya.chat({ stream: true }));
    expect(hidden.join()).not.toContain("usage");
    expect(
      hidden
        .slice(0, 4)
        .map((event) => JSON.parse(event.slice(6)).choices[0].delta.content)
        .join(""),
    ).toBe("Once upon a time.");
    expect(hidden.at(-2)).toBe(": cost_micros=18");
    const shown = await eventsOf(await maya.chat({ stream: true, stream_options: { include_usage: true } }));
    expect(shown.filter((event) => event.includes('"usage"')).length).toBe(6);
  });

  it("passes a stream on in whatever pieces it comes", async () => {
    const maya = await stage.keyGuest();
    const report = { prompt: 10, completion: 4 };
    const plain = events({ body: { stream_options: { include_usage: false } } } as never);
    for (const lineEnd of ["\n", "\r\n"]) {
      stage.upstream.play = (received) =>
        streamed(
          [...Buffer.from(events(received, { report, lineEnd, words: ["Once", " ü€😀"] }).join(""))].map((byte) =>
            Buffer.from([byte]),
          ),
        );
      const shown = await eventsOf(await maya.chat({ stream: true }));
      expect(shown[0]).toBe(plain[0]!.trim());
      expect(JSON.parse(shown[1]!.slice(6)).choices[0].delta.content).toBe(" ü€😀");
      expect(shown.slice(-2)).toEqual([": cost_micros=18", "data: [DONE]"]);
    }
  });

  it("takes a stream with a report and without [DONE] for whole, and one that goes on behind [DONE] for ended", async () => {
    const maya = await stage.keyGuest();
    const report = { prompt: 10, completion: 4 };
    stage.upstream.play = (received) => streamed(events(received, { report, done: false }));
    expect((await eventsOf(await maya.chat({ stream: true }))).slice(-2)).toEqual([": cost_micros=18", "data: [DONE]"]);
    stage.upstream.play = (received) => streamed([...events(received, { report }), "hang"]);
    expect((await eventsOf(await maya.chat({ stream: true }))).slice(-2)).toEqual([": cost_micros=18", "data: [DONE]"]);
  });

  it("is counted by us when the upstream reports nothing, marked so, and never above the hold", async () => {
    const maya = await stage.keyGuest();
    stage.upstream.play = () => json(undefined, "x".repeat(400));
    const answer = await maya.chat();
    expect(Number(answer.headers.get("x-innkeeper-cost-micros"))).toBeGreaterThan(200);
    expect((await maya.lastCall()).usage).toMatchObject(noUsage);

    stage.upstream.play = (received) => streamed(events(received, { words: Array(20).fill("word") }));
    expect((await eventsOf(await maya.chat({ stream: true }))).at(-1)).toBe("data: [DONE]");
    expect((await maya.lastCall()).usage).toMatchObject({ ...noUsage, outputTokens: 21 });

    stage.upstream.play = () => json(undefined, "x".repeat(100_000));
    await maya.chat({ max_tokens: 1 });
    const { costMicros, amountMicros, lossMicros } = await maya.lastCall();
    expect([costMicros, lossMicros]).toEqual([amountMicros, 0]);
  });

  it("[P10] that is reported as zero costs zero, streamed or not", async () => {
    const maya = await stage.keyGuest();
    const report = { prompt: 0, completion: 0 };
    stage.upstream.play = ({ body, ...rest }) =>
      body.stream ? streamed(events({ body, ...rest }, { report })) : json(report);
    expect((await maya.chat()).headers.get("x-innkeeper-cost-micros")).toBe("0");
    expect((await eventsOf(await maya.chat({ stream: true }))).at(-2)).toBe(": cost_micros=0");
    expect(await maya.balance()).toBe(credit);
    const calls = await listCalls(stage.ctx, { walletId: maya.walletId, limit: 2 });
    expect(calls.map(({ outcome, costMicros }) => [outcome, costMicros])).toEqual([
      ["settled", 0],
      ["settled", 0],
    ]);
  });

  it("that used more than its bound is charged up to the bound; the rest is the platform's loss", async () => {
    const maya = await stage.keyGuest();
    stage.upstream.play = () => json({ prompt: 1, completion: 1_000_000 });
    const answer = await maya.chat();
    const { amountMicros, costMicros, lossMicros } = await maya.lastCall();
    expect(costMicros).toBe(amountMicros);
    expect(answer.headers.get("x-innkeeper-cost-micros")).toBe(String(amountMicros));
    expect(costMicros! + lossMicros!).toBe(2_000_001);
  });

  it("[P12] is billed at the prices of its admission, which are kept with it", async () => {
    const maya = await stage.keyGuest();
    const { prices } = stage.ctx.config.models["test-model"]!;
    const before = { ...prices };
    stage.upstream.play = () => {
      Object.assign(prices, { input: 9_000_000, output: 9_000_000 });
      return json({ prompt: 10, completion: 4 });
    };
    const answer = await maya.chat();
    Object.assign(prices, before);
    expect(answer.headers.get("x-innkeeper-cost-micros")).toBe("18");
    expect((await maya.lastCall()).prices).toEqual(before);
  });

  it("[P07][O08] is charged to the bearer, whatever header or body say; and no two callers share an answer", async () => {
    const [maya, kit] = [await stage.keyGuest(), await stage.appGuest()];
    let calls = 0;
    stage.upstream.play = () => json({ prompt: 10, completion: ++calls }, `answer ${calls}`);
    const claims = { "x-user-id": maya.userId, "x-workspace-id": maya.walletId, "openai-organization": maya.walletId };
    const texts = [];
    for (const guest of [maya, kit, maya]) {
      const answer = await guest.chat({ user: maya.userId, metadata: { workspace_id: maya.walletId } }, claims);
      texts.push((await answer.json()).choices[0].message.content);
    }
    expect(texts).toEqual(["answer 1", "answer 2", "answer 3"]);
    expect(await maya.balance()).toBe(credit - 12 - 16);
    expect(await kit.balance()).toBe(credit - 14);
    expect(await kit.lastCall()).toMatchObject({ userId: kit.userId, walletId: kit.walletId });
  });

  it("lists the models there are, to callers only", async () => {
    const maya = await stage.keyGuest();
    const list = (headers: HeadersInit) => fetch(`${stage.origin}/v1/models`, { headers });
    const answer = await list({ authorization: `Bearer ${maya.bearer}` });
    const { object, data } = (await answer.json()) as { object: string; data: { id: string }[] };
    expect([object, data.map(({ id }) => id)]).toEqual(["list", Object.keys(models)]);
    expect((await list({})).status).toBe(401);
  });

  it("[O04] takes nothing of the client's headers to the upstream, and nothing of the upstream's back", async () => {
    const maya = await stage.keyGuest();
    stage.upstream.play = () => {
      const play = json({ prompt: 1, completion: 1 });
      return {
        ...play,
        headers: { ...play.headers, "set-cookie": "a=b", "openai-organization": "org-1", "x-request-id": "theirs" },
      };
    };
    const answer = await maya.chat(
      {},
      { cookie: "session=1", "x-innkeeper-test": "1", "x-forwarded-for": "192.0.2.7" },
    );
    const { headers, rawHeaders, text, body, path, method } = stage.upstream.received[0]!;
    expect(Object.keys(headers).sort()).toEqual([
      "accept",
      "accept-encoding",
      "authorization",
      "connection",
      "content-length",
      "content-type",
      "host",
      "user-agent",
    ]);
    expect([method, path]).toEqual(["POST", "/v1/chat/completions"]);
    expect(headers.authorization).toBe(`Bearer ${stage.upstream.apiKey}`);
    expect(rawHeaders.join() + text).not.toContain(maya.bearer);
    expect(body).toEqual({ ...hello, model: "real-name", max_tokens: 1000 });
    expect([...answer.headers.keys()].sort()).toEqual([
      "cache-control",
      "connection",
      "content-length",
      "content-type",
      "date",
      "keep-alive",
      "x-innkeeper-cost-micros",
      "x-request-id",
    ]);
    expect(answer.headers.get("x-request-id")).not.toBe("theirs");
  });

  it("[O10] leaves neither prompt nor answer nor any secret in the log or on the bill", async () => {
    const maya = await stage.keyGuest();
    const prompt = "sentinel of the prompt";
    const secret = `sentinel sk-live-1234567 ${stage.upstream.apiKey}`;
    const failing = [
      () => json({ prompt: 1, completion: 1 }, "sentinel of the answer"),
      () => ({ status: 500, steps: [secret] }),
      () => ({ status: 400, steps: [JSON.stringify({ error: { message: secret } })] }),
      () => streamed([`data: ${JSON.stringify({ error: { message: secret } })}\n\n`]),
      () => ({ steps: [secret, "reset"] as const }),
    ];
    for (const play of failing) {
      stage.upstream.play = play as typeof stage.upstream.play;
      await (await maya.chat({ stream: true, messages: [{ role: "user", content: prompt }] })).text();
    }
    expect(stage.logged.length).toBeGreaterThan(0);
    const kept = JSON.stringify([stage.logged, await listCalls(stage.ctx, { walletId: maya.walletId, limit: 100 })]);
    for (const sentinel of ["sentinel", "sk-live", stage.upstream.apiKey, maya.bearer])
      expect(kept).not.toContain(sentinel);
  });
});
