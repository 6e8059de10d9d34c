import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config/read-config.ts";
import { changeTerms, revokeGrant } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { listCalls } from "../../src/ledger/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { events, json, streamed } from "../../src/testing/upstream.ts";
import { errorOf, eventsOf, type Guest, hello, models, openStage, type Stage } from "./gateway-stage.ts";

describe.each(databases)("a call is refused on $name", ({ open }) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(open);
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    stage.upstream.received.length = 0;
    stage.upstream.play = () => json({ prompt: 10, completion: 5 });
  });
  afterEach(() => stage.settled());

  const callsOf = ({ walletId }: Guest) => listCalls(stage.ctx, { walletId, limit: 100 });
  /** Nobody heard of it, and nothing was held. */
  const expectNothingDone = async (guest: Guest, calls = 0) => {
    expect(stage.upstream.received).toEqual([]);
    expect(await callsOf(guest)).toHaveLength(calls);
  };
  const metadata = `resource_metadata="https://id.acme.example/.well-known/oauth-protected-resource/v1"`;

  it("[O12] without a living token: 401; without the scope: 403 with the scope that is needed", async () => {
    const maya = await stage.keyGuest({ scopes: ["account:read", "billing:read"] });
    const call = (headers: Record<string, string>) =>
      fetch(`${stage.origin}/v1/chat/completions`, { method: "POST", headers, body: JSON.stringify(hello) });
    const none = await call({ "content-type": "application/json" });
    expect([none.status, none.headers.get("www-authenticate")]).toEqual([401, `Bearer ${metadata}`]);
    expect(await errorOf(none)).toMatchObject({ code: "invalid_token", type: "authentication_error", param: null });
    for (const authorization of [
      "Bearer sk-ik-unknown",
      "Bearer ik_at_x",
      "Basic x",
      "Bearer a b",
      `Bearer ${maya.bearer}x`,
    ]) {
      const dead = await call({ authorization, "content-type": "application/json" });
      expect(dead.status).toBe(401);
      expect(dead.headers.get("www-authenticate")).toMatch(/^Bearer error="invalid_token", .*resource_metadata="/);
    }
    const scopeless = await maya.chat();
    expect([scopeless.status, scopeless.headers.get("www-authenticate")]).toEqual([
      403,
      `Bearer error="insufficient_scope", scope="gateway:access", ${metadata}`,
    ]);
    expect(await errorOf(scopeless)).toMatchObject({ code: "insufficient_scope", type: "permission_error" });
    await expectNothingDone(maya);

    const described = await fetch(`${stage.origin}/.well-known/oauth-protected-resource/v1`);
    expect(await described.json()).toMatchObject({
      resource: "https://id.acme.example/v1",
      authorization_servers: ["https://id.acme.example"],
      scopes_supported: ["gateway:access", "gateway:invoke:test-model"],
    });
  });

  it("[O01] when a header is to choose upstream, tenant or key: it never falls back to the operator's own", async () => {
    const maya = await stage.keyGuest();
    const choices = {
      "x-upstream": "other",
      "x-base-url": "http://127.0.0.1:1",
      "x-api-key": "sk-other",
      "api-key": "sk-other",
      "openai-organization": "org-other",
      "openai-project": "proj-other",
      "x-portkey-provider": "other",
      host: "elsewhere.example",
    };
    expect((await maya.chat({}, choices)).status).toBe(200);
    const { headers } = stage.upstream.received[0]!;
    expect([headers.host, headers.authorization]).toEqual([
      new URL(stage.upstream.baseUrl).host,
      `Bearer ${stage.upstream.apiKey}`,
    ]);
    expect(JSON.stringify(headers)).not.toContain("other");
    for (const half of ["", "Bearer", "Bearer "]) {
      expect((await maya.chat({}, { ...choices, authorization: half })).status).toBe(401);
    }
    expect(stage.upstream.received).toHaveLength(1);
  });

  it("[O02] by any unusual spelling of the path, and by other methods", async () => {
    const maya = await stage.keyGuest();
    const { host } = new URL(stage.origin);
    const send = (method: string, target: string) => {
      const body = JSON.stringify(hello);
      const socket = connect(Number(host.split(":")[1]), "127.0.0.1");
      socket.write(
        `${method} ${target} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${maya.bearer}\r\nconnection: close\r\n` +
          `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      return text(socket).then((answer) => Number(answer.split(" ")[1]));
    };
    for (const target of [
      "//v1/chat/completions",
      "/v1//chat/completions",
      "/v1/../v1/chat/completions",
      "/v1/./chat/completions",
      "/v1/chat/../../admin",
      "/v1/chat%2fcompletions",
      "/v1/chat/completions;x=1",
      "/v1/chat/completions/",
      "/V1/chat/completions",
      "/v1/chat/completions%00",
      `http://${host}/v1/chat/completions`,
      "http://elsewhere.example/v1/chat/completions",
    ]) {
      expect.soft(await send("POST", target), target).toBe(404);
    }
    for (const method of ["GET", "PUT", "DELETE", "PATCH", "TRACE"]) {
      expect.soft(await send(method, "/v1/chat/completions"), method).toBe(405);
    }
    await expectNothingDone(maya);
    expect(await send("POST", "/v1/chat/completions")).toBe(200);
  });

  it("[O11] never with credentials of a browser: other origins get no more than a bearer gives them", async () => {
    const maya = await stage.keyGuest();
    const allowed = async (origin: string) => {
      const answer = await maya.chat({}, { origin });
      return [
        answer.headers.get("access-control-allow-origin"),
        answer.headers.get("access-control-allow-credentials"),
      ];
    };
    expect(await allowed("null")).toEqual([null, null]);
    expect(await allowed("https://app.example")).toEqual(["*", null]);
    const preflight = await fetch(`${stage.origin}/v1/chat/completions`, {
      method: "OPTIONS",
      headers: { origin: "https://app.example", "access-control-request-method": "POST" },
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-credentials")]).toEqual([204, null]);
  });

  it("[O13] when it is malformed, too large or nested too deeply, before anything is held", async () => {
    const maya = await stage.keyGuest();
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const send = async (body: BodyInit, headers: Record<string, string> = {}) => {
      const init = { method: "POST", body, duplex: "half" } as RequestInit;
      const authorization = `Bearer ${maya.bearer}`;
      const all = { authorization, "content-type": "application/json", ...headers };
      return (await stage.table(new Request(`${stage.origin}/v1/chat/completions`, { ...init, headers: all }), {
        peer: "192.0.2.1",
        requestId: "req_1",
      }))!;
    };
    const bodyWith = (part: string) => `{"model":"test-model","messages":[{"role":"user","content":"Hello"}]${part}}`;
    for (const part of [
      `,"max_tokens":1e18`,
      `,"max_tokens":-1`,
      `,"max_tokens":"abc"`,
      `,"n":1000`,
      `,"tools":${deep}`,
    ]) {
      const answer = await send(bodyWith(part));
      expect
        .soft([answer.status, (await errorOf(answer)).type], part.slice(0, 30))
        .toEqual([400, "invalid_request_error"]);
    }
    for (const body of ["", "{", "[]", "null", `"text"`, "{}"]) expect((await send(body)).status).toBe(400);
    expect((await send(bodyWith(""), { "content-type": "text/plain" })).status).toBe(415);

    const large = await send(bodyWith(`,"user":"${"x".repeat(9_000_000)}"`));
    expect([large.status, (await errorOf(large)).code]).toEqual([413, "payload_too_large"]);
    // 100 MB in pieces of 1 MB, without saying how many: refused while they arrive.
    let pieces = 0;
    const endless = new ReadableStream({
      pull: (controller) => (pieces++ < 100 ? controller.enqueue(new Uint8Array(1_000_000)) : controller.close()),
    });
    expect((await send(endless)).status).toBe(413);
    expect(pieces).toBeLessThan(15);
    await expectNothingDone(maya);
  });

  it("[R36] for a model that is unknown or has no price, before any upstream call", async () => {
    const maya = await stage.keyGuest();
    for (const model of ["nope", "real-name", "TEST-MODEL", "test-model ", "__proto__", "constructor", "toString"]) {
      const answer = await maya.chat({ model });
      expect(answer.status).toBe(404);
      expect(await errorOf(answer)).toMatchObject({
        code: "model_not_found",
        param: "model",
        type: "invalid_request_error",
      });
    }
    await expectNothingDone(maya);
    const { prices: _, ...unpriced } = models["test-model"]!;
    const file = { upstreams: { main: { baseUrl: "https://x.example/v1", apiKey: "k" } }, models: { free: unpriced } };
    const { issuer, secrets } = stage.ctx.config;
    expect(() => readConfig({ issuer, secrets, file })).toThrow("models.free.prices: is missing");
  });

  it("[R33] at the end of the app's cap: 402 with every figure", async () => {
    const maya = await stage.appGuest({ capMicros: 2000 });
    stage.upstream.play = () => json({ prompt: 100, completion: 500 });
    expect((await maya.chat({ max_tokens: 600 })).status).toBe(200);
    const refused = await maya.chat({ max_tokens: 600 });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([402, null]);
    expect(await errorOf(refused)).toEqual({
      message: "The cap of $0.002 that the user gave this app does not cover this call. The user can raise it.",
      type: "insufficient_quota",
      param: null,
      code: "budget_exceeded",
      limit_source: "app_cap",
      limit: "0.002",
      spent: "0.0011",
      held: "0.00",
      resets_at: "2026-02-01T00:00:00.000Z",
      manage_url: `https://id.acme.example/account/limit?app=${maya.signedIn.app.id}&refused=1`,
      affordable_output_tokens: expect.any(Number),
    });
    expect(stage.upstream.received).toHaveLength(1);
  });

  it("[R33] at the end of a key's cap and of the balance: 402 that names them", async () => {
    const capped = await stage.keyGuest({ limits: { total: 100 } });
    expect(await errorOf(await capped.chat())).toMatchObject({
      code: "budget_exceeded",
      limit_source: "key_cap",
      limit: "0.0001",
      resets_at: null,
      manage_url: "https://id.acme.example/account/keys",
    });
    const poor = await stage.appGuest({ creditMicros: 50 });
    const refused = await poor.chat();
    expect([refused.status, await errorOf(refused)]).toMatchObject([
      402,
      {
        type: "insufficient_quota",
        code: "insufficient_balance",
        limit_source: "balance",
        limit: "0.00005",
        spent: "0.00",
        held: "0.00",
        resets_at: null,
        manage_url: "https://id.acme.example/account/profile",
        affordable_output_tokens: 0,
      },
    ]);
    await expectNothingDone(capped);
    await expectNothingDone(poor);
  });

  it("[R33] while only calls in flight stand in the way: 429, and again after them 200", async () => {
    for (const body of [{ max_tokens: 500 }, {}]) {
      for (const guest of [await stage.appGuest({ capMicros: 2500 }), await stage.appGuest({ creditMicros: 2500 })]) {
        const { begun, finish } = holdUpstream(stage);
        const first = guest.chat({ max_tokens: 900 });
        await begun;
        const refused = await guest.chat(body);
        expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "2"]);
        const error = await errorOf(refused);
        expect(error).toMatchObject({ code: "budget_in_flight", type: "rate_limit_error", limit_source: "in_flight" });
        expect(error).toMatchObject({ limit: "0.0025", spent: "0.00", held: expect.stringMatching(/^0\.002\d+$/) });
        finish();
        expect((await first).status).toBe(200);
        expect((await guest.chat(body)).status).toBe(200);
      }
    }
  });

  it("[R33] with 429, not 402, when a call without a limit finds every last bit held", async () => {
    const maya = await stage.appGuest({ capMicros: 1500 });
    const { begun, finish } = holdUpstream(stage);
    const first = maya.chat();
    await begun;
    expect((await maya.lastCall()).amountMicros).toBeGreaterThan(1498);
    expect((await maya.chat()).status).toBe(429);
    finish();
    await first;
    expect((await maya.chat()).status).toBe(200);
  });

  it("[R32] never before the cap is used to its end: without a limit of its own a call gets a shorter answer", async () => {
    const maya = await stage.appGuest({ capMicros: 5000 });
    await maya.chat({ max_tokens: 1 });
    const bound = (await maya.lastCall()).amountMicros - 2;
    stage.upstream.play = ({ body }) => json({ prompt: bound, completion: body.max_tokens });
    const answers = [];
    for (let answer = await maya.chat(); answer.status === 200; answer = await maya.chat()) answers.push(answer);
    expect(answers.length).toBeGreaterThanOrEqual(2);
    const limits = stage.upstream.received.map(({ body }) => body.max_tokens);
    expect(limits.at(-1)).toBeLessThan(1000);
    const spent = 1_000_000_000 - (await maya.balance());
    // Not even one more token would have fit.
    expect(spent).toBeLessThanOrEqual(5000);
    expect(spent).toBeGreaterThan(5000 - bound - 2);
    expect(await errorOf(await maya.chat())).toMatchObject({ code: "budget_exceeded", affordable_output_tokens: 0 });
  });

  it("[R32] with how many tokens would do, when it set a limit of its own; with that many it passes", async () => {
    const maya = await stage.appGuest({ capMicros: 1500 });
    const refused = await maya.chat({ max_tokens: 1000 });
    const { affordable_output_tokens: affordable } = await errorOf(refused);
    expect([refused.status, affordable > 500]).toEqual([402, true]);
    await expectNothingDone(maya);
    expect((await maya.chat({ max_tokens: affordable + 10 })).status).toBe(402);
    expect((await maya.chat({ max_tokens: affordable })).status).toBe(200);
    expect(stage.upstream.received[0]!.body.max_tokens).toBe(affordable);
  });

  it("[O06] on every path that costs money, once the cap is used up", async () => {
    const maya = await stage.appGuest({ capMicros: 1 });
    const billable = stage.gateway.routes.filter(({ method }) => method === "POST");
    expect(billable.length).toBeGreaterThan(0);
    for (const { path } of billable) {
      for (const stream of [false, true]) {
        const answer = await fetch(stage.origin + path, {
          method: "POST",
          headers: {
            authorization: `Bearer ${maya.bearer}`,
            "content-type": "application/json",
            "idempotency-key": "again",
          },
          body: JSON.stringify({ ...hello, stream }),
        });
        expect.soft(answer.status, path).toBe(402);
      }
    }
    await expectNothingDone(maya);
  });

  it("with 409 for an Idempotency-Key that runs or was used, and with the receipt's id", async () => {
    const [maya, kit] = [await stage.keyGuest(), await stage.keyGuest()];
    const key = { "idempotency-key": "order 1" };
    const { begun, finish } = holdUpstream(stage);
    const first = maya.chat({}, key);
    await begun;
    const running = await maya.chat({}, key);
    finish();
    expect((await first).status).toBe(200);
    const { id: receipt } = await maya.lastCall();
    expect([running.status, await errorOf(running)]).toMatchObject([409, { code: "idempotency_conflict", receipt }]);
    const afterwards = await maya.chat({}, key);
    expect([afterwards.status, await errorOf(afterwards)]).toMatchObject([
      409,
      { code: "idempotency_conflict", receipt },
    ]);
    expect(stage.upstream.received).toHaveLength(1);
    expect(await callsOf(maya)).toHaveLength(1);
    expect((await maya.chat({}, { "idempotency-key": "order 2" })).status).toBe(200);
    expect((await maya.chat()).status).toBe(200);
    expect((await kit.chat({}, key)).status).toBe(200);
    for (const bad of ["", "x".repeat(256)]) expect((await maya.chat({}, { "idempotency-key": bad })).status).toBe(400);
  });

  it("and an Idempotency-Key that was refused for money may try again", async () => {
    const maya = await stage.appGuest({ capMicros: 1 });
    const key = { "idempotency-key": "order 1" };
    expect((await maya.chat({}, key)).status).toBe(402);
    const { user, app } = maya.signedIn;
    const terms = { limits: { month: 5_000_000 }, expiresAt: null };
    await inTx(stage.ctx, (tx) => changeTerms(tx, { userId: user.id, appId: app.id, terms }));
    expect((await maya.chat({}, key)).status).toBe(200);
  });

  it("[P09] after consent was withdrawn, while the stream that runs is settled once", async () => {
    const maya = await stage.appGuest();
    const { begun, finish } = holdUpstream(stage);
    const running = await maya.chat({ stream: true });
    await begun;
    await maya.signedIn.revoke();
    expect((await maya.chat()).status).toBe(401);
    finish();
    expect((await eventsOf(running)).slice(-2)).toEqual([": cost_micros=20", "data: [DONE]"]);
    const calls = await callsOf(maya);
    expect(calls.map(({ outcome, costMicros }) => [outcome, costMicros])).toEqual([["settled", 20]]);
    expect(
      await inTx(stage.ctx, (tx) =>
        revokeGrant(tx, { userId: maya.userId, appId: maya.signedIn.app.id, actorId: maya.userId }),
      ),
    ).toBeUndefined();
  });
});

/** The next call waits at the upstream until `finish`. */
function holdUpstream({ upstream }: Stage): { begun: Promise<void>; finish: () => void } {
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  upstream.play = (received) => {
    begun.resolve();
    const report = { prompt: 10, completion: 5 };
    upstream.play = () => json(report);
    if (!received.body.stream) return { ...json(report), before: [finish.promise] };
    const [first = "", ...rest] = events(received, { report });
    return streamed([first, finish.promise, ...rest]);
  };
  return { begun: begun.promise, finish: finish.resolve };
}
