import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { manualClock } from "../../src/testing/clock.ts";
import { caller, keyOf } from "./outside.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

const guide = readFileSync(new URL("../../../../docs/webhooks.md", import.meta.url), "utf8");
const program = /```js\n(.*?)```/s.exec(guide)?.[1] ?? "";

let receiver: ChildProcess;
let platform: Storyteller;

afterEach(async () => {
  receiver.kill();
  await platform.close();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs the program as it stands in the guide. */
function start(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ["--input-type=module", "-e", program], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

it("the receiver of the guide verifies what it is told, and refuses what is signed otherwise", async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const file = { outbound: { allowOrigins: [origin] } };
  platform = await openStoryteller({ webhook_url: `${origin}/innkeeper` }, { file, clock: manualClock(Date.now()) });
  const call = caller(platform, await keyOf(platform, "owner"));
  const path = `/idp/apps/${platform.app.id}/webhook`;
  const { body } = await call("POST", `${path}/secret`);
  receiver = start({ WEBHOOK_SECRET: body.webhook_secret, PORT: String(port) });
  await expect.poll(() => fetch(origin).then(({ status }) => status), { timeout: 20_000 }).toBe(400);

  const said = once(createInterface(receiver.stdout!), "line");
  await platform.allow(platform.browser(), { scope: "openid" });
  await caller(platform, await keyOf(platform, "maya"))("DELETE", `/idp/authorizations/${platform.app.id}`);
  expect(await said).toEqual([`${platform.maya.id} took everything back`]);
  const latest = async () => (await call("GET", `${path}/events`)).body.items[0];
  await expect.poll(latest, { timeout: 20_000 }).toMatchObject({ type: "authorization.revoked", state: "delivered" });

  await call("POST", `${path}/secret`, { overlap_seconds: 0 });
  await call("POST", `${path}/test`);
  await expect.poll(latest, { timeout: 20_000 }).toMatchObject({ last_error: "The app answered with 400." });
});
