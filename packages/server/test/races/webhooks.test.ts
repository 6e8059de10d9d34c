import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { appMetadata, createApp, rotateWebhookSecret } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { listWebhooks, queueWebhook } from "../../src/events/index.ts";
import { openSeals } from "../../src/keys/index.ts";
import { databases, type TestDatabase } from "../../src/testing/databases.ts";
import { openTokenProcess, type TokenProcess } from "./token-process.ts";

const many = process.env.INNKEEPER_FULL === "1" ? 500 : 60;

interface Attempt {
  path: string;
  id: string;
  response: ServerResponse;
}

describe.each(databases)("two processes that bring webhooks, on $name", ({ open }) => {
  let database: TestDatabase;
  let here: TokenProcess;
  let attempts: Attempt[] = [];
  let play: (attempt: Attempt) => void;
  let rivals: ChildProcess[] = [];
  const server = createServer((request, response) => {
    const attempt = { path: request.url ?? "", id: String(request.headers["webhook-id"]), response };
    attempts.push(attempt);
    play(attempt);
  });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  beforeAll(async () => {
    await once(server.listen(0, "127.0.0.1"), "listening");
    database = await open();
    here = await openTokenProcess(database.url);
  });
  afterAll(async () => {
    await here.close();
    await database.drop();
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    attempts = [];
  });
  afterEach(async () => {
    await Promise.all(rivals.map(stop));
    rivals = [];
  });

  async function startRival(aheadMs = 0): Promise<ChildProcess> {
    const script = fileURLToPath(new URL("webhook-rival.ts", import.meta.url));
    const rival = spawn(process.execPath, [script, database.url, origin(), String(aheadMs)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    rivals.push(rival);
    await once(createInterface(rival.stdout!), "line");
    return rival;
  }

  async function stop(rival: ChildProcess): Promise<void> {
    if (rival.exitCode !== null || rival.signalCode !== null) return;
    const gone = once(rival, "exit");
    rival.stdin!.end();
    await gone;
  }

  async function addApp(name: string): Promise<string> {
    const { lasting } = await openSeals(here.ctx);
    const wanted = { name, redirect_uris: ["https://app.example/"], webhook_url: `${origin()}/${name}` };
    return inTx(here.ctx, async (tx) => {
      const made = await createApp(tx, "usr_owner", appMetadata(["openid"]).parse(wanted));
      if (!made.ok) throw new Error(made.why);
      await rotateWebhookSecret(tx, lasting, { appId: made.app.id, actorId: "usr_owner", overlapSeconds: 0 });
      return made.app.id;
    });
  }

  async function queue(appId: string): Promise<string> {
    const event = await inTx(here.ctx, (tx) => queueWebhook(tx, { appId, type: "webhook.test", data: {} }));
    return event!.id;
  }

  const delivered = async (appId: string) =>
    (await listWebhooks(here.ctx, appId, { page: 0, limit: many })).items.filter(({ deliveredAt }) => deliveredAt)
      .length;

  it("[R80] send each attempt once, one at a time and in order for each app", async () => {
    const apps = await Promise.all(["Left", "Right"].map(addApp));
    const queued: string[][] = [[], []];
    for (let count = 0; count < many; count++) {
      for (const [index, app] of apps.entries()) queued[index]!.push(await queue(app));
    }
    const open = new Map<string, number>();
    let most = 0;
    play = ({ path, response }) => {
      open.set(path, (open.get(path) ?? 0) + 1);
      most = Math.max(most, open.get(path)!);
      setImmediate(() => {
        open.set(path, open.get(path)! - 1);
        response.end();
      });
    };
    await Promise.all([startRival(), startRival()]);
    for (const app of apps) await expect.poll(() => delivered(app), { timeout: 50_000 }).toBe(many);
    for (const [index, name] of ["Left", "Right"].entries()) {
      expect(attempts.filter(({ path }) => path === `/${name}`).map(({ id }) => id)).toEqual(queued[index]);
    }
    expect(most).toBe(1);
  });

  it("[R81] bring what a killed one was bringing, under the same id, and then what waits", async () => {
    const app = await addApp("Killed");
    const first = await queue(app);
    const second = await queue(app);
    const held = new Promise<void>((resolve) => {
      play = () => resolve();
    });
    const doomed = await startRival();
    await held;
    const gone = once(doomed, "exit");
    doomed.kill("SIGKILL");
    await gone;
    play = ({ response }) => void response.end();
    // While the lease lasts, nobody else touches it; a minute later somebody does.
    await startRival(30_000);
    await startRival(61_000);
    await expect.poll(() => delivered(app), { timeout: 30_000 }).toBe(2);
    expect(attempts.map(({ id }) => id)).toEqual([first, first, second]);
  });
});
