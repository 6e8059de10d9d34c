import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findApp, updateApp } from "../../src/apps/index.ts";
import { allScopes } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { manualClock } from "../../src/testing/clock.ts";
import { createApiKey } from "../../src/tokens/index.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

interface Told {
  headers: IncomingHttpHeaders;
  text: string;
}

/** The app's own server: what it is told, and what it answers each time. */
async function openApp() {
  const told: Told[] = [];
  const waiting: ((told: Told) => void)[] = [];
  const answers: number[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request) text += piece;
    response.writeHead(answers.shift() ?? 200).end();
    const next = { headers: request.headers, text };
    told.push(next);
    waiting.shift()?.(next);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told,
    answers,
    next: () => new Promise<Told>((resolve) => waiting.push(resolve)),
    close: () => void server.close(),
  };
}

let hooks: Awaited<ReturnType<typeof openApp>>;
let platform: Storyteller;
let path: string;
let keys: { maya: string; kit: string };

beforeEach(async () => {
  hooks = await openApp();
  // The library believes its own clock only.
  const clock = manualClock(Date.now());
  const file = { outbound: { allowOrigins: [hooks.origin] } };
  platform = await openStoryteller({ webhook_url: `${hooks.origin}/hook` }, { clock, file });
  path = `/idp/apps/${platform.app.id}/webhook`;
  const app = (await findApp(platform.ctx, platform.app.id))!;
  keys = { maya: await keyOf(platform.maya), kit: await keyOf({ id: app.ownerId, workspaceId: "" }) };
});
afterEach(async () => {
  await platform.close();
  hooks.close();
});

async function keyOf({ id: userId, workspaceId }: { id: string; workspaceId: string }): Promise<string> {
  const wanted = { userId, workspaceId, grantId: null, name: "Key", scopes: [...allScopes], expiresAt: null };
  const created = await inTx(platform.ctx, (tx) => createApiKey(tx, wanted));
  if (!created.ok) throw new Error(created.why);
  return created.key;
}

async function call(method: string, path: string, body?: unknown, key = keys.kit) {
  const headers = { authorization: `Bearer ${key}`, ...(body ? { "content-type": "application/json" } : {}) };
  const response = await platform.fetch(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: response.status, body: await response.json() };
}

/** Deliveries set out once a second. */
const eventually = (ask: () => Promise<unknown>) => expect.poll(ask, { timeout: 20_000 });

const newSecret = async (body?: unknown) => (await call("POST", `${path}/secret`, body)).body.webhook_secret as string;
const verify = (secret: string, { headers, text }: Told) =>
  new Webhook(secret).verify(text, headers as Record<string, string>) as {
    type: string;
    data: Record<string, unknown>;
  };

describe("an app with a webhook", () => {
  it("[R82] hears by a signature of its own secret what a user changes and takes back", async () => {
    const secret = await newSecret();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const browser = platform.browser();
    await platform.allow(browser, { scope: "openid profile" });

    const updated = hooks.next();
    await platform.allow(browser, { scope: "openid profile email" });
    expect(verify(secret, await updated)).toMatchObject({
      type: "authorization.updated",
      data: { app_id: platform.app.id, user_id: platform.maya.id, scopes: ["openid", "profile", "email"] },
    });

    const revoked = hooks.next();
    await call("DELETE", `/idp/authorizations/${platform.app.id}`, undefined, keys.maya);
    const told = await revoked;
    expect(verify(secret, told)).toEqual({
      type: "authorization.revoked",
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        app_id: platform.app.id,
        user_id: platform.maya.id,
        authorization_id: expect.stringMatching(/^grt_/),
        scopes: ["openid", "profile", "email"],
        expires_at: null,
      },
    });
    expect(told.headers).toMatchObject({ "content-type": "application/json", "user-agent": "Innkeeper" });
    expect(hooks.told).toHaveLength(2);
    expect(() => verify(`whsec_${Buffer.alloc(32).toString("base64")}`, told)).toThrow();
  });

  it("[N02] hears that its client secret was rotated, and never the secret", async () => {
    const secret = await newSecret();
    platform.clock.advance(1000);
    const heard = hooks.next();
    const { body } = await call("POST", `/idp/apps/${platform.app.id}/regenerate-secret`, { overlap_seconds: 60 });
    const told = await heard;
    expect(verify(secret, told)).toMatchObject({
      type: "secret.rotated",
      data: { app_id: platform.app.id, secret_id: body.secrets[0].secret_id, overlap_seconds: 60 },
    });
    expect(told.text).not.toContain(body.client_secret);
  });

  it("gets a new secret by a call: both sign for a while, then only the new one", async () => {
    const first = await newSecret();
    const second = await newSecret({ overlap_seconds: 3600 });
    const both = hooks.next();
    await call("POST", `${path}/test`);
    const told = await both;
    expect(told.headers["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
    expect(verify(first, told)).toMatchObject({ type: "webhook.test", data: { app_id: platform.app.id } });
    expect(verify(second, told)).toMatchObject({ type: "webhook.test" });

    const third = await newSecret({ overlap_seconds: 0 });
    const one = hooks.next();
    await call("POST", `${path}/test`);
    const later = await one;
    expect(verify(third, later)).toMatchObject({ type: "webhook.test" });
    for (const old of [first, second]) expect(() => verify(old, later)).toThrow();
  });

  it("gets a new secret without a body, also where the server hands over one that is empty", async () => {
    const empty = () => new ReadableStream({ start: (controller) => controller.close() });
    const said = () => new Response("{}").body!;
    const ask = async (init: object) => {
      const headers = { authorization: `Bearer ${keys.kit}` };
      const answer = await platform.fetch(`${path}/secret`, { method: "POST", headers, ...init });
      return [answer.status, await answer.json()];
    };
    const made = [200, { app_id: platform.app.id, webhook_secret: expect.stringMatching(/^whsec_/) }];
    for (const init of [{}, { body: empty(), duplex: "half" }]) expect(await ask(init)).toEqual(made);
    expect((await ask({ body: said(), duplex: "half" }))[0]).toBe(415);
  });

  it("sees what it was told, with the last error, and has it sent again under the same id", async () => {
    const secret = await newSecret();
    hooks.answers.push(503);
    const failed = hooks.next();
    const { body: queued } = await call("POST", `${path}/test`);
    expect(queued).toMatchObject({ type: "webhook.test", state: "waiting", attempts: 0 });
    await failed;
    const list = async () => (await call("GET", `${path}/events`)).body;
    await eventually(list).toMatchObject({
      total: 1,
      items: [{ event_id: queued.event_id, state: "waiting", attempts: 1, last_error: "The app answered with 503." }],
    });

    const again = hooks.next();
    expect((await call("POST", `${path}/events/${queued.event_id}/replay`)).status).toBe(200);
    const told = await again;
    expect(verify(secret, told)).toMatchObject({ type: "webhook.test" });
    expect(told.headers["webhook-id"]).toBe(queued.event_id);
    await eventually(list).toMatchObject({ items: [{ state: "delivered", attempts: 1, last_error: null }] });
  });

  it("hears in order: what comes after a failure waits until that was heard", async () => {
    const secret = await newSecret();
    hooks.answers.push(500);
    const failed = hooks.next();
    const { body: first } = await call("POST", `${path}/test`);
    const { body: second } = await call("POST", `${path}/test`);
    await failed;
    const retried = hooks.next().then(() => hooks.next());
    await eventually(async () => (await call("GET", `${path}/events`)).body.items[1]).toMatchObject({
      state: "waiting",
      attempts: 1,
    });
    platform.clock.advance(10_000);
    await retried;
    expect(hooks.told.map(({ headers }) => headers["webhook-id"])).toEqual([
      first.event_id,
      first.event_id,
      second.event_id,
    ]);
    for (const told of hooks.told) expect(verify(secret, told).type).toBe("webhook.test");
  });

  it("is told nothing unsigned: without a secret the event is given up, and says why", async () => {
    const { body: queued } = await call("POST", `${path}/test`);
    await eventually(async () => (await call("GET", `${path}/events`)).body.items[0]).toMatchObject({
      state: "given_up",
      last_error: "The app has no webhook secret yet.",
    });
    const secret = await newSecret();
    const heard = hooks.next();
    await call("POST", `${path}/events/${queued.event_id}/replay`);
    expect(verify(secret, await heard)).toMatchObject({ type: "webhook.test" });
  });

  it("[L14] is not called on an inner address, whatever its owner registers", async () => {
    await newSecret();
    const app = (await findApp(platform.ctx, platform.app.id))!;
    for (const url of ["https://169.254.169.254/", "https://127.0.0.1/", "http://localhost:1/"]) {
      await inTx(platform.ctx, (tx) => updateApp(tx, app, { webhookUrl: url }, app.ownerId));
      await call("POST", `${path}/test`);
      await eventually(async () => (await call("GET", `${path}/events`)).body.items[0]).toMatchObject({
        state: "waiting",
        attempts: 1,
      });
      await inTx(platform.ctx, (tx) => updateApp(tx, app, { webhookUrl: `${hooks.origin}/hook` }, app.ownerId));
      const heard = hooks.next();
      platform.clock.advance(10_000);
      await heard;
    }
  });
});

describe("the webhook of somebody else's app", () => {
  it("[N01] is found by nobody, and nothing is sent", async () => {
    await newSecret();
    const { body } = await call("POST", `${path}/test`);
    for (const [method, rest] of [
      ["POST", "/secret"],
      ["POST", "/test"],
      ["GET", "/events"],
      ["POST", `/events/${body.event_id}/replay`],
    ] as const) {
      expect(await call(method, path + rest, undefined, keys.maya)).toMatchObject({ status: 404 });
    }
    expect((await call("POST", `${path}/events/evt_unknown/replay`)).status).toBe(404);
    expect((await call("POST", `${path}/secret`, { overlap_seconds: -1 })).status).toBe(422);
  });

  it("sends no more than twenty tests a minute", async () => {
    for (let count = 0; count < 20; count++) expect((await call("POST", `${path}/test`)).status).toBe(200);
    expect((await call("POST", `${path}/test`)).status).toBe(429);
  });

  it("without an address has nothing to test", async () => {
    const app = (await findApp(platform.ctx, platform.app.id))!;
    await inTx(platform.ctx, (tx) => updateApp(tx, app, { webhookUrl: null }, app.ownerId));
    expect(await call("POST", `${path}/test`)).toMatchObject({
      status: 400,
      body: { detail: "The app has no webhook_url." },
    });
  });
});
