import { Buffer } from "node:buffer";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findApp } from "../../src/apps/index.ts";
import { query } from "../../src/store/index.ts";
import { issuer } from "../../src/testing/platform.ts";
import { caller, keyOf, openOutside } from "./outside.ts";
import { openStoryteller, type Storyteller, stored } from "./storyteller.ts";

let outside: Awaited<ReturnType<typeof openOutside>>;
let platform: Storyteller;
let call: ReturnType<typeof caller>;
let path: string;
let png: Buffer;

beforeEach(async () => {
  outside = await openOutside();
  const file = { outbound: { allowOrigins: [outside.origin] } };
  platform = await openStoryteller({ logo_url: "https://tracker.example/logo.png" }, { file });
  call = caller(platform, await keyOf(platform, "owner"));
  path = `/idp/apps/${platform.app.id}/logo`;
  const background = { r: 20, g: 120, b: 200 };
  png = await sharp({ create: { width: 64, height: 64, channels: 3, background } })
    .png()
    .toBuffer();
});
afterEach(async () => {
  await platform.close();
  outside.close();
});

const upload = (bytes: Uint8Array, type = "image/png") => call("POST", path, bytes, { "content-type": type });
const logos = () => query(platform.ctx, (db) => db.selectFrom("app_logos").select("id"));

describe("a logo", () => {
  it("[R83] is uploaded, drawn anew and served by us to be kept for ever", async () => {
    const { status, body } = await upload(png);
    expect(status).toBe(200);
    expect(body).toEqual({ app_id: platform.app.id, served_logo_url: expect.stringMatching(/\/logos\/logo_\w{26}$/) });
    const served = await platform.fetch(body.served_logo_url.slice(issuer.length));
    expect(Object.fromEntries(served.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
    const bytes = Buffer.from(await served.arrayBuffer());
    expect(bytes.includes(png)).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 256, height: 256 });
    expect((await call("GET", `/idp/apps/${platform.app.id}`)).body.served_logo_url).toBe(body.served_logo_url);
  });

  it("is fetched through the guard where the owner says it is", async () => {
    outside.play = (_, response) => void response.writeHead(200, { "content-type": "text/plain" }).end(png);
    const { status, body } = await call("POST", path, { url: `${outside.origin}/logo.png` });
    expect(status).toBe(200);
    expect((await platform.fetch(body.served_logo_url.slice(issuer.length))).status).toBe(200);
  });

  it("[L14][K02] is not fetched from inner addresses, after redirects, or beyond its size", async () => {
    const before = await stored(platform);
    for (const url of [
      "https://127.0.0.1/",
      "https://169.254.169.254/latest/",
      "http://hooks.example/",
      "file:///etc/x",
    ]) {
      const { status, body } = await call("POST", path, { url });
      expect(status).toBe(422);
      expect(body.detail).toMatchObject([{ loc: ["body", "url"] }]);
    }
    expect(outside.received).toEqual([]);
    outside.play = (_, response) => void response.writeHead(302, { location: `${outside.origin}/2` }).end();
    expect((await call("POST", path, { url: `${outside.origin}/1` })).status).toBe(422);
    outside.play = (_, response) => void response.end(Buffer.alloc(1_048_577));
    expect((await call("POST", path, { url: `${outside.origin}/1` })).status).toBe(422);
    outside.play = (_, response) => void response.writeHead(200, { "content-type": "image/png" }).end("no picture");
    expect((await call("POST", path, { url: `${outside.origin}/1` })).status).toBe(422);
    expect(outside.received).toHaveLength(3);
    expect(await stored(platform)).toBe(before);
  });

  it("is refused when it is no picture, or too large, and nothing changes", async () => {
    const before = await stored(platform);
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"/>`);
    expect((await upload(svg, "image/svg+xml")).status).toBe(415);
    expect((await upload(svg)).status).toBe(422);
    expect((await upload(Buffer.concat([png, Buffer.alloc(1_048_576)]))).status).toBe(413);
    expect((await call("POST", path, { address: "https://x.example/" })).status).toBe(422);
    expect(await stored(platform)).toBe(before);
    expect(await logos()).toEqual([]);
  });

  it("[N03] changes the face of the app: who consented is asked again, and it is logged", async () => {
    const browser = platform.browser();
    await platform.allow(browser, { scope: "openid" });
    expect((await platform.allow(browser, { scope: "openid" })).location?.searchParams.get("code")).toBeTruthy();
    platform.clock.advance(1000);
    await upload(png);
    const page = await browser.follow(await browser.open(platform.request({ scope: "openid" })));
    expect(page.url.pathname).toBe("/idp/authorize/consent");
    const log = await query(platform.ctx, (db) =>
      db.selectFrom("audit_log").selectAll().where("action", "=", "app.logo_changed"),
    );
    expect(log).toMatchObject([{ subject_id: platform.app.id }]);
  });

  it("is shown on the consent page and among connected apps from our own origin, never from the app's", async () => {
    const browser = platform.browser();
    const without = await platform.signIn(browser, platform.request({ scope: "openid" }));
    expect(without.text).not.toContain("tracker.example");
    expect(without.text).not.toContain("/logos/");
    const { body } = await upload(png);
    const src = `src="${body.served_logo_url.slice(issuer.length)}"`;
    const page = await browser.follow(await browser.open(platform.request({ scope: "openid" })));
    expect(page.text).toContain(src);
    await platform.allow(browser, { scope: "openid" });
    const connected = await browser.open("/account/connected");
    expect(connected.text).toContain(src);
    for (const { text } of [page, connected]) expect(text).not.toContain("tracker.example");
    const key = await keyOf(platform, "maya");
    const listed = await caller(platform, key)("GET", "/idp/authorizations");
    expect(listed.body.items[0].app_logo_url).toBe(body.served_logo_url);
  });

  it("is taken away, and the one before is gone with a new one", async () => {
    const first = (await upload(png)).body.served_logo_url as string;
    const second = (await upload(png)).body.served_logo_url as string;
    expect(second).not.toBe(first);
    expect((await platform.fetch(first.slice(issuer.length))).status).toBe(404);
    expect(await logos()).toHaveLength(1);
    expect((await call("DELETE", path)).body).toEqual({ app_id: platform.app.id, served_logo_url: null });
    expect((await platform.fetch(second.slice(issuer.length))).status).toBe(404);
    expect(await logos()).toEqual([]);
    expect((await findApp(platform.ctx, platform.app.id))?.logoId).toBeNull();
    expect((await call("DELETE", path)).status).toBe(200);
  });

  it("[N01] of somebody else's app is not found, nor is one that was never there", async () => {
    const other = caller(platform, await keyOf(platform, "maya"));
    expect((await other("POST", path, png, { "content-type": "image/png" })).status).toBe(404);
    expect((await other("DELETE", path)).status).toBe(404);
    for (const name of ["logo_00000000000000000000000000", "x", "..%2fetc"]) {
      expect((await platform.fetch(`/logos/${name}`)).status).toBe(404);
    }
    expect(await logos()).toEqual([]);
  });
});
