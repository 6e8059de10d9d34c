import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findApp } from "../../src/apps/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { issuer, password } from "../../src/testing/platform.ts";
import { openOutside } from "./outside.ts";
import { openStoryteller, type Storyteller, signInForm, stored } from "./storyteller.ts";

const domain = "storyteller.example";
const trust = "/account/apps/trust";

let outside: Awaited<ReturnType<typeof openOutside>>;
let texts: Record<string, string[]>;
let platform: Storyteller;
let kit: Browser;
let path: string;
let png: Uint8Array<ArrayBuffer>;

beforeEach(async () => {
  texts = {};
  outside = await openOutside();
  const resolver = { addresses: async () => [], texts: async (name: string) => texts[name] ?? [] };
  platform = await openStoryteller({}, { resolver, file: { outbound: { allowOrigins: [outside.origin] } } });
  path = `${trust}?app=${platform.app.id}`;
  kit = platform.browser();
  const door = await kit.follow(await kit.open(path));
  await kit.submit(door, signInForm, { login: "kit", password });
  const create = { width: 64, height: 64, channels: 3 as const, background: { r: 20, g: 120, b: 200 } };
  png = new Uint8Array(await sharp({ create }).png().toBuffer());
});
afterEach(async () => {
  await platform.close();
  outside.close();
});

const app = async () => (await findApp(platform.ctx, platform.app.id))!;
const send = async (action: string, values: Record<string, string | null> = {}) =>
  kit.submit(await kit.open(path), `${trust}/${action}`, values);

/** As a browser sends a form with a file. */
async function upload(bytes: Uint8Array<ArrayBuffer>, more: { csrf?: string; site?: string } = {}): Promise<Response> {
  const page = await kit.open(path);
  const own = /action="[^"]*\/logo" enctype[^>]*><input type="hidden" name="csrf" value="([^"]+)"/.exec(page.text)![1]!;
  const form = new FormData();
  form.set("csrf", more.csrf ?? own);
  form.set("app", platform.app.id);
  form.set("picture", new Blob([bytes]), "../../evil.png");
  const cookie = [...kit.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const headers = { cookie, origin: issuer, "sec-fetch-site": more.site ?? "same-origin" };
  return platform.fetch(`${trust}/logo`, { method: "POST", body: form, headers });
}

describe("the domain", () => {
  it("is proven step by step, wears a seal, and is given up", async () => {
    const begun = await kit.follow(await send("domain", { domain: "Storyteller.Example" }));
    for (const words of [`_innkeeper-challenge.${domain}`, `innkeeper-domain-verification=${platform.app.id}`]) {
      expect(begun.text).toContain(words);
    }
    const early = await kit.submit(begun, `${trust}/verify`);
    expect([early.status, early.text.includes("Neither the record nor the file")]).toEqual([400, true]);
    texts[`_innkeeper-challenge.${domain}`] = [`innkeeper-domain-verification=${platform.app.id}`];
    const proven = await kit.follow(await kit.submit(early, `${trust}/verify`));
    expect(proven.text).toContain("The domain is proven.");
    expect((await app()).verifiedDomain).toBe(domain);
    expect((await platform.browser().open("/apps")).text).toContain("Verified");
    const preview = await kit.open(`/account/apps/preview?app=${platform.app.id}`);
    expect(preview.text).not.toContain("We do not know who makes");
    await kit.submit(proven, `${trust}/drop`);
    expect((await app()).verifiedDomain).toBeNull();
  });

  it.each([
    ["not a domain", "Write the name of a domain"],
    ["", "Write the name of a domain"],
    ["10.0.0.1", "Write the name of a domain"],
    ["evil.example", "must lie within the domain"],
  ])("refuses %j beside its field, and changes nothing", async (name, words) => {
    const before = await stored(platform);
    const refused = await send("domain", { domain: name });
    expect([refused.status, refused.text.includes(words)]).toEqual([400, true]);
    expect(await stored(platform)).toBe(before);
  });
});

describe("the logo", () => {
  it("is uploaded, drawn anew, shown from our own address, and removed", async () => {
    const answer = await upload(png);
    expect(answer.headers.get("location")).toContain("done=logo");
    const page = await kit.open(path);
    const served = /<img src="(\/logos\/logo_\w+)"/.exec(page.text)![1]!;
    expect((await platform.fetch(served)).headers.get("content-type")).toBe("image/webp");
    expect((await app()).faceChangedAt).toBe(platform.clock.now());
    const gone: Page = await kit.follow(await kit.submit(page, `${trust}/logo-remove`));
    expect(gone.text).toContain("The logo is gone.");
    expect((await app()).logoId).toBeNull();
  });

  it("refuses what is no picture or too large, and changes nothing", async () => {
    const before = await stored(platform);
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    expect((await upload(svg)).status).toBe(400);
    expect((await upload(new Uint8Array(0))).status).toBe(400);
    const large = await upload(new Uint8Array(1_048_577));
    expect([large.status, (await large.text()).includes("larger than this page takes")]).toEqual([413, true]);
    expect(await stored(platform)).toBe(before);
  });

  it("[H01] takes no file without the form's token, with a made up one, or from another site", async () => {
    const before = await stored(platform);
    for (const more of [{ csrf: "" }, { csrf: "made up" }, { site: "cross-site" }]) {
      expect((await upload(png, more)).status).toBe(403);
    }
    const cookie = [...kit.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const plain = { method: "POST", headers: { cookie, "sec-fetch-site": "same-origin" } };
    expect((await platform.fetch(`${trust}/logo`, { ...plain, body: new URLSearchParams({ a: "b" }) })).status).toBe(
      415,
    );
    const broken = { cookie, "content-type": "multipart/form-data; boundary=x" };
    expect((await platform.fetch(`${trust}/logo`, { method: "POST", headers: broken, body: "--y\r\n" })).status).toBe(
      400,
    );
    expect(await stored(platform)).toBe(before);
  });

  it.each(["http://10.0.0.1/logo.png", "file:///etc/passwd", "https://localhost/logo.png", "nothing"])(
    "fetches nothing from %s",
    async (logo_address) => {
      const before = await stored(platform);
      const refused = await send("logo-address", { logo_address });
      expect([refused.status, refused.text.includes("We could not fetch it.")]).toEqual([400, true]);
      expect(await stored(platform)).toBe(before);
    },
  );

  it("[N03] changes only after a sign-in of the last half hour", async () => {
    const page = await kit.open(path);
    platform.clock.advance(30 * 60_000 + 1);
    const before = await stored(platform);
    expect((await upload(png)).headers.get("location")).toContain(signInForm);
    expect((await kit.submit(page, `${trust}/domain`, { domain })).location?.pathname).toBe(signInForm);
    expect(await stored(platform)).toBe(before);
  });
});
