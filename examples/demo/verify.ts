/** The story, told to a house of its own by HTTP. Exits with 1 at the first thing that is not so. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Demo, openDemo } from "./demo.ts";
import { linkOf, textOf, Visitor } from "./visitor.ts";

interface Told {
  text: string;
  turn?: string;
  notice?: string;
  bill?: string;
}

const capMicros = 50_000;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

function step(sentence: string): void {
  console.log(`✓ ${sentence}`);
}

async function ask(visitor: Visitor, { appUrl }: Demo, prompt: string): Promise<Told> {
  const response = await visitor.fetch(new URL("/story", appUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ prompt, model: "demo-small" }),
  });
  assert.equal(response.status, 200);
  const told: Told = { text: "" };
  for (const line of (await response.text()).trim().split("\n")) {
    const { piece, ...rest } = JSON.parse(line);
    told.text += piece ?? "";
    Object.assign(told, rest);
  }
  return told;
}

/** Micro-dollars in the last price of the markup. */
function priceIn(markup: string): number {
  const price = textOf(markup)
    .replaceAll(/(\$0\.0*) (?=\d)/g, "$1")
    .match(/\$\d+\.\d{6}/g)
    ?.at(-1);
  assert.ok(price, `no price in: ${textOf(markup)}`);
  return Math.round(Number(price.slice(1)) * 1e6);
}

async function signUp(visitor: Visitor, demo: Demo): Promise<void> {
  const welcome = await visitor.open(demo.appUrl);
  const door = await visitor.open(linkOf(welcome, "Sign in with Acme"));
  assert.match(textOf(door.html), /Sign in/);
  const form = await visitor.open(linkOf(door, "Create an account"));
  const consent = await visitor.submit(form, "/sign-up", {
    name: "Noor Haddad",
    username: "noor",
    email: "noor@fennick.example",
    password: "a key for every room",
  });
  assert.match(textOf(consent.html), /Storyteller wants to use your Acme account/);
  assert.match(textOf(consent.html), /up to \$1\.00 each month/);
  step("a stranger signs up on the way and reads what Storyteller wants");
  const desk = await visitor.submit(consent, "/idp/authorize/consent", {
    decision: "allow",
    cap_amount: "0.05",
    cap_period: "month",
  });
  assert.equal(desk.url.origin, demo.appUrl);
  assert.match(textOf(desk.html), /\$0\.05 left of \$0\.05 this month/);
  step("lowers the cap to $0.05 and is back in the app");
}

/** Stories until the cap refuses one. Returns what they cost together. */
async function reachCap(visitor: Visitor, demo: Demo): Promise<{ spentMicros: number; notice: string }> {
  let spentMicros = 0;
  for (let count = 1; count <= 20; count++) {
    const told = await ask(visitor, demo, "A lighthouse that is afraid of the dark");
    if (told.notice) {
      assert.equal(told.text, "", "a refused call says nothing");
      assert.match(told.notice, /data-refusal="cap"/);
      assert.ok(count > 3, "the cap holds a handful of stories");
      return { spentMicros, notice: told.notice };
    }
    // The cap is usable to its end: the last story may have room for a few words only.
    assert.match(told.text, count === 1 ? /^This is the demo upstream/ : /^This/);
    spentMicros += priceIn(told.turn!);
    assert.equal(priceIn(told.bill!), spentMicros, "the bill adds up");
    if (count === 1) step(`a story streams through the gateway and costs $${(spentMicros / 1e6).toFixed(6)}`);
  }
  return assert.fail("the cap was never reached");
}

async function raise(visitor: Visitor, demo: Demo, notice: string): Promise<void> {
  const address = linkOf({ url: new URL(demo.appUrl), status: 200, html: notice }, "Raise the cap");
  assert.equal(address.origin, demo.issuer);
  const limit = await visitor.open(address);
  assert.match(textOf(limit.html), /Raise the cap of Storyteller/);
  const done = await visitor.submit(limit, "/account/limit", { decision: "raise", cap_other: "1.00" });
  assert.equal(done.status, 200);
  const told = await ask(visitor, demo, "And then the light came back");
  assert.equal(told.notice, undefined);
  assert.match(textOf(told.bill!), /left of \$1\.00 this month/);
}

async function revoke(visitor: Visitor, demo: Demo): Promise<void> {
  const connected = await visitor.open(new URL("/account/connected", demo.issuer));
  const asked = await visitor.open(linkOf(connected, "Revoke"));
  const done = await visitor.submit(asked, "/account/apps/revoke");
  assert.match(textOf(done.html), /Storyteller is revoked/);
}

async function tell(demo: Demo): Promise<void> {
  const visitor = new Visitor();
  await signUp(visitor, demo);
  const { spentMicros, notice } = await reachCap(visitor, demo);
  assert.ok(spentMicros <= capMicros, `spent ${spentMicros} of ${capMicros}`);
  step(
    `the cap is reached after $${(spentMicros / 1e6).toFixed(6)}, and the next call is refused before it costs anything`,
  );
  await raise(visitor, demo, notice);
  step("raised by its own page, and the next story is told");
  await revoke(visitor, demo);
  const refused = await ask(visitor, demo, "One more");
  assert.match(textOf(refused.notice ?? ""), /Acme no longer lets Storyteller spend for you\. Sign in again\./);
  assert.equal(refused.text, "");
  step("revoked, and the app’s next call fails");
}

const folder = mkdtempSync(join(tmpdir(), "innkeeper-demo-"));
try {
  const ports = { innkeeper: await freePort(), app: await freePort(), upstream: await freePort() };
  const demo = await openDemo({ folder, ports });
  try {
    await tell(demo);
    console.log("The story holds.");
  } finally {
    await demo.close();
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
