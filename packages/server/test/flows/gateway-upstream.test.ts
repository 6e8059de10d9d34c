import { createServer, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { usualLimits } from "../../src/gateway/gateway.ts";
import { createLedger, listCalls } from "../../src/ledger/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { events, json, type Play, type Received, streamed, usageOf } from "../../src/testing/upstream.ts";
import { errorOf, eventsOf, openStage, type Stage } from "./gateway-stage.ts";

const limits = { connectMs: 300, firstByteMs: 300, idleMs: 300, wholeMs: 3_000, closingMs: 200 };
const report = { prompt: 10, completion: 4 };

describe.each(databases)("an upstream on $name", ({ open }) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(open, { limits });
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    stage.logged.length = 0;
  });
  afterEach(() => stage.settled());

  it("[R37] that is silent is given up: after 60 s for its first byte and between bytes, after 10 min in all", async () => {
    const { connectMs, firstByteMs, idleMs, wholeMs } = usualLimits;
    expect([connectMs, firstByteMs, idleMs, wholeMs]).toEqual([5_000, 60_000, 60_000, 600_000]);
    const trickle = Array.from({ length: 1000 }, () => [" ", { waitMs: 100 }]).flat();
    const plays: Record<string, [limitMs: number, detail: string, play: Play]> = {
      "never begins": [limits.firstByteMs, "Headers Timeout", { ...json(report), before: ["hang"] }],
      "begins too late": [limits.firstByteMs, "Headers Timeout", { ...json(report), before: [{ waitMs: 20_000 }] }],
      "begins and says nothing": [limits.idleMs, "Body Timeout", { ...json(report), steps: ["hang"] }],
      "stops in between": [limits.idleMs, "Body Timeout", { ...json(report), steps: ['{"choices"', "hang"] }],
      "takes forever, byte by byte": [limits.wholeMs, "longer than", { ...json(report), steps: trickle }],
    };
    stage.upstream.play = ({ body }) => plays[body.user]![2];
    await Promise.all(
      Object.entries(plays).map(async ([user, [limitMs, detail]]) => {
        const maya = await stage.keyGuest();
        const began = performance.now();
        const answer = await maya.chat({ user });
        expect.soft(performance.now() - began, user).toBeGreaterThanOrEqual(limitMs - 10);
        expect.soft([answer.status, (await errorOf(answer)).code], user).toEqual([504, "upstream_timeout"]);
        const line = stage.logged.find((text) => text.includes(answer.headers.get("x-request-id")!));
        expect.soft(line, user).toContain(detail);
        expect.soft(await maya.lastCall(), user).toMatchObject({ outcome: "released", costMicros: 0 });
        expect.soft(await maya.balance(), user).toBe(1_000_000_000);
      }),
    );
  });

  it("[R37] that goes silent in a stream is given up; the client is told, and pays for what it got", async () => {
    const maya = await stage.keyGuest();
    stage.upstream.play = (received) => streamed([...events(received).slice(0, 2), "hang"]);
    const shown = await eventsOf(await maya.chat({ stream: true }));
    expect(shown).toHaveLength(4);
    const { costMicros, usage } = await maya.lastCall();
    expect(usage).toMatchObject({ outputTokens: 2, estimated: true });
    expect(shown[2]).toBe(`: cost_micros=${costMicros}`);
    expect(JSON.parse(shown[3]!.slice(6)).error).toMatchObject({ code: "upstream_timeout", type: "server_error" });
  });

  it("that cannot be reached, or breaks off, is a 502, and nobody pays", async () => {
    const maya = await stage.keyGuest();
    const [whole = ""] = json(report).steps as string[];
    const plays: Record<string, Play> = {
      "resets at once": { before: ["reset"], steps: [] },
      "resets in between": { ...json(report), steps: [whole.slice(0, 20), "reset"] },
      "promises more bytes than come": {
        ...json(report),
        headers: { "content-length": "100000" },
        steps: [whole, "reset"],
      },
      "sends no JSON": { steps: ["<html>"] },
      "sends no object": { steps: ["7"] },
      "sends it compressed": { ...json(report), headers: { "content-encoding": "gzip" } },
      "sends too much": { ...json(report), steps: Array(600).fill(Buffer.alloc(65_536, " ")) },
      "says so with success": {
        ...json(undefined),
        steps: [JSON.stringify({ error: { message: "sk-live-12345678" } })],
      },
    };
    for (const [behaviour, play] of Object.entries(plays)) {
      stage.upstream.play = () => play;
      const answer = await maya.chat();
      expect.soft([answer.status, (await errorOf(answer)).code], behaviour).toEqual([502, "upstream_error"]);
      expect.soft(await maya.lastCall(), behaviour).toMatchObject({ outcome: "released", costMicros: 0 });
    }
  });

  it("that was asked for more than can be passed on is paid for what it reported", async () => {
    const maya = await stage.keyGuest();
    const choice = `{"index":0,"message":{"role":"assistant","content":"\\"usage\\": {"},"logprobs":"${"x".repeat(4_000_000)}"}`;
    const usage = JSON.stringify(usageOf({ prompt: 10, completion: 900 }));
    const answerOf = (n: number, end: string) => `{"choices":[${Array(n).fill(choice).join(",")}]${end}}`;
    const plays: Record<string, [text: string, costMicros: number]> = {
      "as the last": [answerOf(9, `,"usage":${usage}`), 1810],
      "before other fields": [answerOf(9, `,"usage": ${usage},"service_tier":"default","x":{"y":[1]}`), 1810],
      "only inside something else": [answerOf(9, `,"x":{"usage":${usage}}`), 0],
      nowhere: [answerOf(9, ""), 0],
    };
    for (const [where, [text, costMicros]] of Object.entries(plays)) {
      stage.upstream.play = () => ({
        headers: { "content-type": "application/json" },
        steps: text.match(/[\s\S]{1,65536}/g)!,
      });
      const answer = await maya.chat({ n: 9, logprobs: true, top_logprobs: 20 });
      const { message, code } = await errorOf(answer);
      expect.soft([answer.status, code], where).toEqual([502, "upstream_error"]);
      expect.soft(message.includes("billed"), where).toBe(costMicros > 0);
      expect.soft((await maya.lastCall()).costMicros, where).toBe(costMicros);
    }
  });

  it("that sends interim answers first is waited for", async () => {
    for (const interim of [102, 103] as const) {
      const maya = await stage.keyGuest();
      stage.upstream.play = () => ({ ...json(report), before: [{ interim }, { waitMs: 50 }] });
      expect((await maya.chat()).status).toBe(200);
      expect((await maya.lastCall()).costMicros).toBe(18);
    }
  });

  it("that breaks a stream off is paid for what it reported until then, or for what we counted", async () => {
    const maya = await stage.keyGuest();
    const plays: Record<string, [cost: number | undefined, (received: Received) => Play]> = {
      "before anything": [0, () => streamed(["reset"])],
      "after a comment": [0, () => streamed([": processing\n\n", "hang up"])],
      "after two pieces": [undefined, (received) => streamed([...events(received, { report }).slice(0, 2), "hang up"])],
      "after running reports": [
        10 + 2 * 2,
        (received) => streamed([...events(received, { report, running: true }).slice(0, 3), "hang up"]),
      ],
      "after its report": [18, (received) => streamed([...events(received, { report }).slice(0, -1), "hang up"])],
      "with an event that never ends": [
        undefined,
        (received) => streamed([events(received)[0]!, ...Array(32).fill(Buffer.alloc(65_536, "x"))]),
      ],
      "with an error": [
        undefined,
        (received) => streamed([events(received)[0]!, `data: {"error":{"message":"sk-live-12345678"}}\n\n`]),
      ],
      "with an error and a report": [
        18,
        (received) =>
          streamed([
            events(received)[0]!,
            `data: ${JSON.stringify({ error: { message: "x" }, usage: usageOf(report) })}\n\n`,
          ]),
      ],
      "without a word": [undefined, (received) => streamed(events(received, { done: false }))],
    };
    for (const [behaviour, [cost, play]] of Object.entries(plays)) {
      stage.upstream.play = play;
      const shown = await eventsOf(await maya.chat({ stream: true }));
      const { outcome, costMicros, usage } = await maya.lastCall();
      const estimated = cost === undefined;
      expect
        .soft([outcome, usage?.estimated ?? false], behaviour)
        .toEqual([cost === 0 ? "released" : "settled", estimated]);
      expect.soft(estimated ? costMicros! > 0 : costMicros, behaviour).toBe(estimated ? true : cost);
      expect.soft(shown.at(-2), behaviour).toBe(`: cost_micros=${costMicros}`);
      expect.soft(JSON.parse(shown.at(-1)!.slice(6)).error.code, behaviour).toBe("upstream_error");
      expect.soft(shown.join(), behaviour).not.toContain("sk-live");
      expect.soft(stage.logged.join(), behaviour).toContain("a stream broke off");
    }
  });

  it("[O09] that refuses is heard in our own words, without keys or identifiers", async () => {
    const maya = await stage.keyGuest();
    const secrets = "key sk-live-12345678 of org-abcdef123";
    for (const [status, expected] of [
      [400, [400, "invalid_request"]],
      [401, [502, "upstream_error"]],
      [403, [502, "upstream_error"]],
      [404, [502, "upstream_error"]],
      [302, [502, "upstream_error"]],
      [429, [503, "temporarily_unavailable"]],
      [500, [502, "upstream_error"]],
    ] as const) {
      const body = JSON.stringify({ error: { message: secrets, type: "x", code: "invalid_api_key" } });
      stage.upstream.play = () => ({
        status,
        headers: { location: stage.upstream.baseUrl, "x-key": "sk-live-12345678" },
        steps: [body],
      });
      for (const stream of [false, true]) {
        const answer = await maya.chat({ stream });
        const text = await answer.text();
        expect.soft([answer.status, JSON.parse(text).error.code], String(status)).toEqual(expected);
        expect
          .soft(text + JSON.stringify([...answer.headers]), String(status))
          .not.toMatch(/sk-live|org-abc|invalid_api_key/);
      }
    }
    const calls = await listCalls(stage.ctx, { walletId: maya.walletId, limit: 100 });
    expect(new Set(calls.map(({ outcome }) => outcome))).toEqual(new Set(["released"]));
  });

  it("that answers a stream with a whole answer, or the other way round, is understood", async () => {
    const maya = await stage.keyGuest();
    stage.upstream.play = () => json(report);
    const whole = await maya.chat({ stream: true });
    expect([whole.headers.get("content-type"), whole.headers.get("x-innkeeper-cost-micros")]).toEqual([
      "application/json",
      "18",
    ]);
    stage.upstream.play = (received) => streamed(events(received));
    expect((await maya.chat()).status).toBe(502);
  });

  it("[R31] whose call cannot be closed leaves the hold to the sweep, unbilled", async () => {
    const maya = await stage.keyGuest();
    const both = Promise.withResolvers<void>();
    const held: string[] = [];
    stage.upstream.play = (received) => {
      held.push(received.path);
      if (held.length === 2) both.resolve();
      const play = received.body.stream ? streamed(events(received, { report })) : json(report);
      return { ...play, before: [both.promise] };
    };
    const answers = Promise.all([maya.chat(), maya.chat({ stream: true })]);
    await both.promise;
    stage.storage.failing = true;
    const [plain, streaming] = await answers;
    expect([plain.status, plain.headers.get("x-innkeeper-cost-micros")]).toEqual([503, null]);
    expect(await streaming.text()).not.toMatch(/cost_micros|\[DONE\]/);
    stage.storage.failing = false;
    expect(await stage.ledger.sweep(stage.ctx)).toBe(0);
    stage.clock.advance(15 * 60_000 + 1);
    await stage.feed.pollOnce();
    expect(await stage.ledger.sweep(stage.ctx)).toBe(2);
    expect(await maya.lastCall()).toMatchObject({ outcome: "expired", costMicros: 0 });
    expect(await maya.balance()).toBe(1_000_000_000);
  });
});

describe("[R37] an upstream that takes no connection", () => {
  let silent: Server;
  let stage: Stage;
  beforeAll(async () => {
    // Accepts, and never says a word of TLS.
    silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await stage.close();
    await new Promise((resolve) => silent.close(resolve));
  });

  it("is given up after 5 s", async () => {
    const { port } = silent.address() as { port: number };
    stage = await openStage(databases[0]!.open, { limits, baseUrl: `https://127.0.0.1:${port}/v1` });
    const maya = await stage.keyGuest();
    const began = performance.now();
    const answer = await maya.chat();
    expect(performance.now() - began).toBeGreaterThanOrEqual(limits.connectMs - 10);
    expect([answer.status, (await errorOf(answer)).code]).toEqual([504, "upstream_timeout"]);
    expect(stage.logged.join()).toContain("Connect Timeout");
    await stage.settled();
  });
});

describe.each(databases)("a gateway that closes on $name", ({ open }) => {
  it("[R31] bills what is under way as it stands, and leaves nothing held", async () => {
    const stage = await openStage(open, { limits });
    const maya = await stage.keyGuest();
    stage.upstream.play = (received) => streamed([...events(received, { report, running: true }).slice(0, 3), "hang"]);
    const answer = await maya.chat({ stream: true });
    const reader = answer.body!.getReader();
    await reader.read();
    await stage.gateway.close();
    expect((await maya.lastCall()).outcome).toBe("settled");
    await stage.settled();
    await reader.cancel();
    await stage.close();
  });

  it("[R31] by dying leaves its holds to whoever starts next, and they are given back", async () => {
    const stage = await openStage(open, {
      limits: { ...limits, firstByteMs: 60_000, idleMs: 60_000, wholeMs: 60_000 },
    });
    const maya = await stage.keyGuest();
    const begun = Promise.withResolvers<void>();
    stage.upstream.play = () => {
      begun.resolve();
      return { ...json(report), before: ["hang"] };
    };
    const lost = maya.chat();
    await begun.promise;
    expect((await maya.lastCall()).outcome).toBeNull();
    const next = createLedger();
    stage.clock.advance(15 * 60_000 + 1);
    expect(await (stage.ctx.db.singleProcess ? next.expireAll(stage.ctx) : next.sweep(stage.ctx))).toBe(1);
    expect(await maya.lastCall()).toMatchObject({ outcome: "expired", costMicros: 0 });
    expect(await maya.balance()).toBe(1_000_000_000);
    await stage.gateway.close();
    expect((await lost).status).toBe(502);
    await stage.settled();
    await stage.close();
  });
});
