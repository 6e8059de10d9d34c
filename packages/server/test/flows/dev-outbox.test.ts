import { afterEach, describe, expect, it } from "vitest";
import { createInnkeeper, type Innkeeper } from "../../src/index.ts";
import { createBrowser } from "../../src/testing/browser.ts";
import { openMailbox } from "./mailbox.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

const form = { name: "Noor Haddad", username: "noor", email: "noor@fennick.example", password: "a key for every room" };
const origin = "http://localhost:8420";

let platform: Storyteller | undefined;
let home: Innkeeper | undefined;
afterEach(async () => {
  await home?.close();
  await platform?.close();
  [home, platform] = [undefined, undefined];
});

/** The same platform on a development machine. */
async function openHome(issuer = origin) {
  platform = await openStoryteller();
  const { clock, random, config } = platform.ctx;
  const innkeeper = await createInnkeeper({ config: { ...config, issuer }, store: platform.store, clock, random });
  home = innkeeper;
  return { innkeeper, browser: createBrowser((request) => innkeeper.fetch(request, { peer: "127.0.0.1" }), issuer) };
}

const statusOf = async (innkeeper: Innkeeper, path: string, peer: string, headers = {}) =>
  (await innkeeper.fetch(new Request(origin + path, { headers }), { peer })).status;

describe("the outbox", () => {
  it("[V12] of a development machine shows each letter in both forms, and its code works", async () => {
    const { browser } = await openHome();
    expect((await browser.open("/dev/outbox")).text).toContain("No mail yet");
    const page = await browser.follow(await browser.submit(await browser.open("/sign-up"), "/sign-up", form));
    const outbox = await browser.open("/dev/outbox");
    expect(outbox.text).toContain("Confirm your address for Acme");
    expect(outbox.text).toContain("noor@fennick.example");
    const code = /^ {4}(\d{6})$/m.exec(outbox.text)![1]!;
    const look = /href="(\/dev\/outbox\/mail\?id=[^"]+)"/.exec(outbox.text)![1]!;
    const letter = await browser.open(look);
    expect(letter.text).toContain(`>${code}</p>`);
    expect(letter.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(letter.text).not.toMatch(/<script|src=/);
    const done = await browser.follow(await browser.submit(page, "/account/profile/email/confirm", { code }));
    expect(done.text).toContain("is confirmed.");
  });

  it("[V12] is not there for other machines, under other names, or for mails that do not exist", async () => {
    const { innkeeper, browser } = await openHome();
    await browser.submit(await browser.open("/sign-up"), "/sign-up", form);
    expect(await statusOf(innkeeper, "/dev/outbox", "::ffff:127.0.0.1")).toBe(200);
    expect(await statusOf(innkeeper, "/dev/outbox", "127.0.0.1", { host: "localhost:8420" })).toBe(200);
    expect(await statusOf(innkeeper, "/dev/outbox", "192.0.2.7")).toBe(404);
    expect(await statusOf(innkeeper, "/dev/outbox", "127.0.0.1", { host: "rebound.example:8420" })).toBe(404);
    expect(await statusOf(innkeeper, "/dev/outbox/mail?id=mail_1", "127.0.0.1")).toBe(404);
  });

  it("[V12] is not there through a tunnel that ends on this machine, whatever it says of its other end", async () => {
    const { innkeeper } = await openHome();
    const host = "localhost:8420";
    for (const said of [
      { "x-forwarded-for": "203.0.113.9" },
      { "x-forwarded-for": "127.0.0.1" },
      { forwarded: "for=203.0.113.9" },
      { "x-forwarded-host": "abc.tunnel.example" },
      { via: "1.1 proxy" },
    ]) {
      expect([said, await statusOf(innkeeper, "/dev/outbox", "127.0.0.1", { host, ...said })]).toEqual([said, 404]);
    }
  });

  it("[V12] does not exist on https, with or without a mail server", async () => {
    platform = await openStoryteller();
    expect((await platform.fetch("/dev/outbox", { peer: "127.0.0.1" })).status).toBe(404);
    const box = await openMailbox();
    const mailing = await openStoryteller({}, { file: box.file });
    expect((await mailing.fetch("/dev/outbox", { peer: "127.0.0.1" })).status).toBe(404);
    await mailing.close();
    await box.close();
  });
});
