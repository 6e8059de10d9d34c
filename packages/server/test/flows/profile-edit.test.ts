import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Browser } from "../../src/testing/browser.ts";
import { issuer, password } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

const path = "/account/profile/edit";

describe("what people say of themselves", () => {
  let platform: Storyteller;
  let browser: Browser;

  beforeEach(async () => {
    platform = await openStoryteller();
    browser = platform.browser();
    await browser.submit(await browser.open(signInForm), signInForm, { login: "maya", password });
  });
  afterEach(() => platform.close());

  const userinfo = async (token: unknown) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await platform.fetch("/idp/userinfo", { headers })).json() as Promise<Record<string, unknown>>;
  };
  const upload = async (bytes: Uint8Array, csrf?: string) => {
    const page = await browser.open(path);
    const body = new FormData();
    body.set(
      "csrf",
      csrf ?? /name="csrf" value="([^"]+)"[^>]*>\s*<div class="field"><label for="picture"/.exec(page.text)![1]!,
    );
    body.set("picture", new Blob([bytes as Uint8Array<ArrayBuffer>]), "me.png");
    const cookie = [...browser.cookies].map((pair) => pair.join("=")).join("; ");
    const form = new Response(body);
    const type = form.headers.get("content-type")!;
    return platform.fetch(`${path}/picture`, {
      method: "POST",
      body: await form.arrayBuffer(),
      headers: { cookie, "content-type": type, "sec-fetch-site": "same-origin", origin: issuer },
    });
  };
  const dot = (colour: string) =>
    sharp({ create: { width: 30, height: 20, channels: 3, background: colour } })
      .png()
      .toBuffer();

  it("apps see from their next call on", async () => {
    const { access_token } = await platform.redeem(await platform.allow(browser, { scope: "openid profile" }));
    expect(await userinfo(access_token)).not.toHaveProperty("nickname");
    const saved = await browser.submit(await browser.open(path), path, {
      name: "Maya Fennick",
      nickname: "May",
      locale: "de",
    });
    expect(saved.location?.search).toBe("?saved=1");
    expect((await upload(await dot("red"))).status).toBe(303);
    const told = await userinfo(access_token);
    expect(told).toMatchObject({ name: "Maya Fennick", nickname: "May", locale: "de" });
    expect(told.picture).toMatch(new RegExp(`^${issuer}/avatars/ava_\\w+$`));
  });

  it("is in the language that was chosen", async () => {
    await browser.submit(await browser.open(path), path, { locale: "de" });
    expect((await browser.open(path)).text).toContain('<html lang="de"');
    await browser.submit(await browser.open(path), path, { locale: "xx" });
    expect((await browser.open(path)).text).toContain('<html lang="en"');
  });

  it("[T01] is one line of ordinary text, or nothing changes", async () => {
    const page = await browser.open(path);
    const before = await everyRow(platform.ctx);
    const wrong: Record<string, string>[] = [
      { name: "" },
      { name: "x".repeat(65) },
      { name: "a\nb" },
      { nickname: "a\u202eb" },
      { name: "\u3164" },
      { name: "ma\u200bya" },
      { nickname: "\u2800" },
    ];
    for (const bad of wrong) {
      const answer = await browser.submit(page, path, bad);
      expect([answer.status, answer.title]).toEqual([400, expect.stringMatching(/^Error:/)]);
    }
    expect((await browser.submit(page, path, { csrf: "made up" })).status).toBe(403);
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it("[X06] has a picture that is drawn anew, served by us, and gone when it is replaced or removed", async () => {
    await upload(await dot("red"));
    const src = async () => /src="(\/avatars\/[^"]+)"/.exec((await browser.open(path)).text)?.[1];
    const first = (await src())!;
    const served = await platform.fetch(first);
    expect([served.status, served.headers.get("content-type")]).toEqual([200, "image/webp"]);
    const { width, height } = await sharp(Buffer.from(await served.arrayBuffer())).metadata();
    expect([width, height]).toEqual([256, 256]);
    await upload(await dot("blue"));
    expect(await src()).not.toBe(first);
    expect((await platform.fetch(first)).status).toBe(404);
    const second = (await src())!;
    await browser.submit(await browser.open(path), `${path}/picture-remove`);
    expect((await platform.fetch(second)).status).toBe(404);
    expect(JSON.parse((await everyRow(platform.ctx)).avatars!)).toEqual([]);
  });

  it("[X06] takes no picture that is none, and none by a forged form", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect((await upload(svg)).status).toBe(400);
    expect((await upload(new Uint8Array(0))).status).toBe(400);
    expect((await upload(await dot("red"), "made up")).status).toBe(403);
    const long = await upload(new Uint8Array(1_200_000));
    expect([long.status, await long.text()]).toEqual([400, expect.stringContaining("or it is too large")]);
    for (const id of ["ava_unknown", "..%2f..%2fetc", "logo_1"]) {
      expect((await platform.fetch(`/avatars/${id}`)).status).toBe(404);
    }
    expect(JSON.parse((await everyRow(platform.ctx)).avatars!)).toEqual([]);
  });
});
