import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { recordSecurityEvent } from "../../src/people/index.ts";
import { createBrowser } from "../../src/testing/browser.ts";
import { issuer } from "../../src/testing/platform.ts";
import { type Mailbox, openMailbox, proveEmail } from "./mailbox.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

const address = "maya@fennick.example";

let platform: Storyteller;
let box: Mailbox;

beforeAll(async () => {
  box = await openMailbox();
  platform = await openStoryteller({}, { file: box.file });
  await proveEmail(platform, platform.maya.id, address);
});
afterAll(async () => {
  await platform.close();
  await box.close();
});

/** The names at the head of each letter, in their order. */
const headOf = (data: string) =>
  data
    .slice(0, data.indexOf("\n\n"))
    .split("\n")
    .flatMap((line) => /^([\w-]+):/.exec(line)?.[1] ?? []);
const recipients = () => box.server.inClear.filter((line) => line.startsWith("RCPT"));

describe("a letter", () => {
  it("[H14] leads where the issuer is, whatever host it was asked for under", async () => {
    const headers = { host: "evil.example", "x-forwarded-host": "evil.example", forwarded: "host=evil.example" };
    const evil = createBrowser((request) => {
      const asked = new Request(request.url.replace(issuer, "https://evil.example"), request);
      for (const [name, value] of Object.entries(headers)) asked.headers.set(name, value);
      return platform.innkeeper.fetch(asked, { peer: "192.0.2.7" });
    }, issuer);
    for (const form of ["/idp/login/email", "/reset-password"]) {
      expect((await evil.submit(await evil.open(form), form, { email: address })).status).toBe(200);
    }
    await inTx(platform.ctx, (tx) => recordSecurityEvent(tx, { userId: platform.maya.id, kind: "password_changed" }));
    const letters = await box.letters(platform, address);
    expect(letters).toHaveLength(3);
    const texts = box.server.letters.map(({ data }) => data.replaceAll("=\n", "").replaceAll("=3D", "="));
    expect(texts.join("\n")).not.toContain("evil.example");
    const links = texts.flatMap((text) => [...text.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([link]) => link));
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(new URL(link).origin).toBe(issuer);
  });

  it("[T04] gets no header and no reader from what strangers write", async () => {
    const usual = headOf(box.server.letters[0]!.data);
    const before = box.server.letters.length;
    const names = [
      "a\r\nBcc: all@evil.example",
      "a\nBcc: all@evil.example",
      "a\r\n\r\n<html>",
      "=?utf-8?q?=0D=0ABcc:?=",
    ];
    for (const name of names) {
      await inTx(platform.ctx, (tx) =>
        recordSecurityEvent(tx, { userId: platform.maya.id, kind: "key_created", detail: { name } }),
      );
    }
    const odd = `"=?utf-8?q?=0d=0abcc=3a=20all=40evil.example?="@fennick.example`.replaceAll('"', "");
    await proveEmail(platform, platform.maya.id, odd);
    await inTx(platform.ctx, (tx) => recordSecurityEvent(tx, { userId: platform.maya.id, kind: "password_changed" }));
    await box.letters(platform);
    const letters = box.server.letters.slice(before);
    expect(letters).toHaveLength(names.length + 1);
    for (const { data } of letters) expect(headOf(data)).toEqual(usual);
    expect(letters.map(({ to }) => to)).toEqual([...names.map(() => address), odd]);
    expect(recipients()).toHaveLength(box.server.letters.length);
    expect(letters.at(-1)!.data).not.toMatch(/^bcc:/im);
  });

  it("[T04] is sent to nobody by an address that is more than one", async () => {
    const browser = platform.browser();
    const form = "/reset-password";
    const before = box.server.letters.length;
    const page = await browser.open(form);
    for (const email of [
      `${address}\nBcc: all@evil.example`,
      `${address}\r\nRCPT TO:<all@evil.example>`,
      `${address},all@evil.example`,
      `${address};all@evil.example`,
      `<${address}>, <all@evil.example>`,
      `all@evil.example <${address}>`,
      `"${address}"@evil.example`,
      `${address}%0d%0aBcc: all@evil.example`,
      `maya@fennick.example\u2028all@evil.example`,
    ]) {
      const answer = await browser.submit(page, form, { email });
      expect([email, answer.status]).toEqual([email, 400]);
    }
    await box.letters(platform);
    expect(box.server.letters).toHaveLength(before);
  });
});
