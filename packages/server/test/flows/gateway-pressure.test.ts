import { afterEach, describe, expect, it } from "vitest";
import { databases } from "../../src/testing/databases.ts";
import { events, json, type Step, streamed } from "../../src/testing/upstream.ts";
import { type Guest, hello, openStage, type Stage } from "./gateway-stage.ts";

const mebibyte = 1_048_576;
/** More than any system keeps between two ends of a connection. */
const flooded = 20 * mebibyte;
const report = { prompt: 10, completion: 4 };

describe("a client slower than its upstream", () => {
  let stage: Stage;
  let maya: Guest;
  let sent: number;
  const begin = async (idleMs: number) => {
    stage = await openStage(databases[0]!.open, { limits: { idleMs, closingMs: 10 } });
    maya = await stage.keyGuest();
    stage.upstream.play = (received) =>
      received.body.stream ? streamed(flood(events(received, { report }))) : json(report);
    return stream();
  };
  afterEach(() => stage.close());

  /** As fast as it is taken. */
  function* flood(whole: string[]): Generator<Step> {
    const piece = whole[0]!.repeat(Math.ceil(65_536 / whole[0]!.length));
    for (sent = 0; sent < flooded; sent += piece.length) yield piece;
    yield* whole.slice(-3);
  }

  /** Straight from the gateway: between it and a reader here no buffer of the system can hide anything. */
  const stream = async () => {
    const headers = { authorization: `Bearer ${maya.bearer}`, "content-type": "application/json" };
    const body = JSON.stringify({ ...hello, stream: true });
    const request = new Request(`${stage.origin}/v1/chat/completions`, { method: "POST", headers, body });
    const answer = await stage.table(request, { peer: "192.0.2.1", requestId: stage.ctx.random.id("req") });
    return answer!.body!;
  };

  const standstill = () => {
    let before = -1;
    const stands = () => {
      const still = before === sent;
      before = sent;
      return still;
    };
    return expect.poll(stands, { interval: 200, timeout: 30_000 }).toBe(true);
  };

  it("gets every byte, and holds the upstream back meanwhile", async () => {
    const body = await begin(60_000);
    await standstill();
    expect(sent).toBeLessThan(flooded);
    let bytes = 0;
    for await (const piece of body) bytes += piece.length;
    expect(bytes).toBeGreaterThan(flooded);
    await stage.settled();
    expect((await maya.lastCall()).costMicros).toBe(18);
  });

  it("has less than a megabyte waiting in us, and hurts nobody else", async () => {
    const body = await begin(60_000);
    await standstill();
    expect((await maya.chat()).status).toBe(200);
    // Whatever waits in the system for us to read it is lost with the connection: what is left is what we had.
    await stage.gateway.close();
    let bytes = 0;
    for await (const piece of body) bytes += piece.length;
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(mebibyte);
    await stage.settled();
  });

  it("and does not read at all counts as gone: the upstream is drained, and the bill is exact", async () => {
    const body = await begin(300);
    await stage.settled();
    expect(sent).toBeGreaterThanOrEqual(flooded);
    expect(await maya.lastCall()).toMatchObject({ outcome: "settled", costMicros: 18, usage: { estimated: false } });
    const text = await new Response(body).text();
    expect(text.length).toBeLessThan(mebibyte);
    expect(text.trimEnd().split("\n\n").at(-1)).toContain("was read too slowly");
  });

  it("and reads a little now and then gains no time by it, and pays the same", async () => {
    const reader = (await begin(600)).getReader();
    let over = false;
    void stage.settled().then(() => {
      over = true;
    });
    // Each pause is shorter than what a client may wait.
    while (!over && !(await reader.read()).done) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      stage.clock.advance(250);
    }
    expect(sent).toBeGreaterThanOrEqual(flooded);
    expect(await maya.lastCall()).toMatchObject({ outcome: "settled", costMicros: 18, usage: { estimated: false } });
  });
});
