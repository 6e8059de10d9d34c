import { describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { keySchemes, listSignatureKeys, setUserDisabled, unlinkKey, writeAddress } from "../../src/people/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { issuer } from "../../src/testing/platform.ts";
import { type Holder, holderOf, linked, textOf } from "../hotkey-holder.ts";
import { answerOf, openStoryteller, type Storyteller, stored } from "./storyteller.ts";

const door = "/idp/login/key";
const form = "/idp/login";
const session = (browser: Browser) => browser.cookies.get("__Host-ik_session");

/** What a browser shows after its text was signed by this key and sent. */
async function enter(browser: Browser, holder: Holder, values: Record<string, string> = {}): Promise<Page> {
  const page = await browser.open(door);
  const filled = { hotkey: holder.address, signature: await holder.sign(textOf(page)), ...values };
  return browser.submit(page, form, filled);
}

/** A platform whose Maya has linked this key. */
async function openLinked(holder: Holder): Promise<Storyteller> {
  const platform = await openStoryteller();
  await linked(platform, "maya", holder);
  return platform;
}

/** Refused, and nobody is signed in by it. */
async function expectRefused(browser: Browser, page: Page, words: string): Promise<void> {
  expect([page.status, page.location]).toEqual([401, null]);
  expect(page.title).toMatch(/^Error: /);
  expect(page.text).toContain(words);
  expect(session(browser)).toBeUndefined();
  expect((await browser.open("/account/connected")).location?.pathname).toBe("/idp/login");
}

describe.each(keySchemes)("signing in on the page with an %s key", (scheme) => {
  it("leads on to the app, as the person and with a session of possession", async () => {
    const holder = await holderOf(scheme, 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    const first = await browser.follow(await browser.open(platform.request({ scope: "openid" })));
    const way = /href="(\/idp\/login\/key\?request=[^"]+)"/.exec(first.text)![1]!;
    const page = await browser.open(way);
    expect(page.text).toContain("Storyteller");
    const signature = await holder.sign(textOf(page));
    const consent = await browser.follow(await browser.submit(page, form, { hotkey: holder.address, signature }));
    const answer = await browser.submit(consent, "/idp/authorize/consent", { decision: "allow" });
    const { id_token: idToken } = await platform.redeem(answer);
    const claims = JSON.parse(Buffer.from(String(idToken).split(".")[1]!, "base64url").toString());
    expect(claims).toMatchObject({ sub: platform.maya.id, amr: ["pop"] });
    expect(answerOf(answer).state).toBe("a state");
    await platform.close();
  });

  it("takes what a wallet wraps, and the number of the scheme before the signature", async () => {
    const holder = await holderOf(scheme, 1);
    const platform = await openLinked(holder);
    for (const numbered of [false, true]) {
      const browser = platform.browser();
      const page = await browser.open(door);
      const signature = await holder.signWrapped(textOf(page));
      const number = scheme === "ed25519" ? "00" : "01";
      const sent = numbered ? `0x${number}${signature}` : `0x${signature.toUpperCase()}`;
      const answer = await browser.submit(page, form, { hotkey: holder.address, signature: sent });
      expect(answer.location?.pathname).toBe("/account/connected");
    }
    await platform.close();
  });

  it("[I07] is the same account in whatever way the key is written", async () => {
    const holder = await holderOf(scheme, 1);
    const platform = await openLinked(holder);
    const hex = Buffer.from(holder.publicKey).toString("hex");
    const written = [hex, hex.toUpperCase(), `0x${hex}`, `  ${holder.address}\n`];
    for (const prefix of [0, 2, 63, 64, 255, 16_383]) written.push(writeAddress(holder.publicKey, prefix));
    for (const hotkey of written) {
      const browser = platform.browser();
      expect((await enter(browser, holder, { hotkey })).location?.pathname, hotkey).toBe("/account/connected");
      expect((await browser.open("/account/profile")).text).toContain(platform.maya.id);
    }
    expect(await listSignatureKeys(platform.ctx, platform.maya.id)).toHaveLength(1);
    const browser = platform.browser();
    // Letters of an SS58 address mean something: in another case it is no address, and never somebody else's.
    await expectRefused(
      browser,
      await enter(browser, holder, { hotkey: holder.address.toLowerCase() }),
      "not one of this text",
    );
    await platform.close();
  });
});

describe("signing in on the page", () => {
  it("[H08] begins a new session and ends the one the browser had", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    await enter(browser, holder);
    const before = session(browser)!;
    platform.clock.advance(31 * 60_000);
    const page = await browser.open(`${door}?next=/account/security`);
    const answer = await browser.submit(page, form, {
      hotkey: holder.address,
      signature: await holder.sign(textOf(page)),
    });
    expect(answer.location?.pathname).toBe("/account/security");
    expect(session(browser)).not.toBe(before);
    const old = platform.browser();
    old.cookies.set("__Host-ik_session", before);
    expect((await old.open("/account/connected")).location?.pathname).toBe("/idp/login");
    await platform.close();
  });

  it("[I02] refuses a signature of a text that names another domain, address or purpose", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const changes: [string | RegExp, string][] = [
      [/^id\.acme\.example/, "evil.example"],
      [`URI: ${issuer}/idp/login`, "URI: https://evil.example/idp/login"],
      [`URI: ${issuer}/idp/login`, `URI: ${issuer}/idp/cli_login`],
      ["Purpose: sign-in", "Purpose: cli-sign-in"],
      ["Version: 1", "Version: 2"],
      [/Nonce: .*\n/, ""],
      [/Expiration Time: 20/, "Expiration Time: 21"],
    ];
    for (const [from, to] of changes) {
      const browser = platform.browser();
      const page = await browser.open(door);
      const text = textOf(page).replace(from, to);
      expect(text).not.toBe(textOf(page));
      const before = await stored(platform);
      const answer = await browser.submit(page, form, { hotkey: holder.address, signature: await holder.sign(text) });
      await expectRefused(browser, answer, "not one of this text");
      expect(await stored(platform)).toBe(before);
    }
    const browser = platform.browser();
    const page = await browser.open(door);
    // A bare nonce could be had under any pretext.
    const nonce = /Nonce: (.*)/.exec(textOf(page))![1]!;
    const answer = await browser.submit(page, form, { hotkey: holder.address, signature: await holder.sign(nonce) });
    await expectRefused(browser, answer, "not one of this text");
    await platform.close();
  });

  it("[I03] refuses an older nonce, another account's key, another kind of key, and a text of another time", async () => {
    const holder = await holderOf("sr25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    const older = await browser.open(door);
    const signature = await holder.sign(textOf(older));
    const refuse = async (values: Record<string, string>, words: string) =>
      expectRefused(browser, await enter(browser, holder, values), words);
    await refuse({ signature }, "not one of this text");

    const stranger = await holderOf("sr25519", 2);
    const kits = await holderOf("ed25519", 3);
    await linked(platform, "kit", kits);
    await refuse({ hotkey: stranger.address }, "not one of this text");
    await refuse({ hotkey: kits.address }, "not one of this text");
    const page = await browser.open(door);
    const filled = { hotkey: stranger.address, signature: await stranger.sign(textOf(page)) };
    await expectRefused(browser, await browser.submit(page, form, filled), "No account has this hotkey");

    // The same 32 bytes as a seed make another key in the other scheme; a number that lies does not help.
    const twin = await holderOf("ed25519", 1);
    await refuse({ hotkey: holder.address, signature: await twin.sign(textOf(page)) }, "not one of this text");
    await refuse({ signature: `00${await holder.sign(textOf(page))}`, nonce: nonceOf(page) }, "not one of this text");

    const early = await browser.open(door);
    platform.clock.advance(300_000);
    const late = await browser.submit(early, form, {
      hotkey: holder.address,
      signature: await holder.sign(textOf(early)),
    });
    await expectRefused(browser, late, "waited too long");
    const tomorrow = await browser.open(door);
    platform.clock.advance(-10_000);
    const ahead = { hotkey: holder.address, signature: await holder.sign(textOf(tomorrow)) };
    await expectRefused(browser, await browser.submit(tomorrow, form, ahead), "waited too long");
    await platform.close();
  });

  it("[I04] refuses a text that was shown in another browser", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const [attacker, victim] = [platform.browser(), platform.browser()];
    const shown = await attacker.open(door);
    const signature = await holder.sign(textOf(shown));
    const before = await stored(platform);
    const answer = await enter(victim, holder, { signature, nonce: nonceOf(shown) });
    await expectRefused(victim, answer, "was shown in another browser");
    expect(await stored(platform)).toBe(before);
    // Nor with the whole form: its token belongs to the browser too.
    victim.cookies.delete("__Host-ik_browser");
    await victim.open(door);
    const stolen = await victim.submit(shown, form, { hotkey: holder.address, signature });
    expect([stolen.status, session(victim)]).toEqual([403, undefined]);
    await platform.close();
  });

  it("[I09] takes a signature once, for five minutes", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    const page = await browser.open(door);
    platform.clock.advance(299_999);
    const filled = { hotkey: holder.address, signature: await holder.sign(textOf(page)) };
    expect((await browser.submit(page, form, filled)).status).toBe(303);
    browser.cookies.delete("__Host-ik_session");
    await expectRefused(browser, await browser.submit(page, form, filled), "was used already");
    await platform.close();
  });

  it("shows the same text again after a mistake, and keeps the address", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    const page = await browser.open(door);
    const wrong = await browser.submit(page, form, { hotkey: holder.address, signature: "ab" });
    expect(textOf(wrong)).toBe(textOf(page));
    expect(wrong.text).toContain(`value="${holder.address}"`);
    expect(wrong.text).not.toContain('value="ab"');
    expect(wrong.headers.get("www-authenticate")).toBe("Hotkey");
    const right = await browser.submit(wrong, form, {
      hotkey: holder.address,
      signature: await holder.sign(textOf(wrong)),
    });
    expect(right.status).toBe(303);
    await platform.close();
  });

  it("refuses the keys of disabled accounts, unlinked keys, and forged forms", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, true));
    await expectRefused(browser, await enter(browser, holder), "No account has this hotkey");
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, false));
    const page = await browser.open(door);
    const filled = { hotkey: holder.address, signature: await holder.sign(textOf(page)) };
    for (const forged of [{ csrf: null }, { csrf: "AAAA" }]) {
      expect((await browser.submit(page, form, { ...filled, ...forged })).status).toBe(403);
    }
    expect((await browser.submit(page, form, filled, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    const [key] = await listSignatureKeys(platform.ctx, platform.maya.id);
    await inTx(platform.ctx, (tx) => unlinkKey(tx, { userId: platform.maya.id, keyId: key!.id }));
    await expectRefused(browser, await browser.submit(page, form, filled), "No account has this hotkey");
    await platform.close();
  });

  it("tells a peer with too many attempts to wait, and no other", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    const page = await browser.open(door);
    for (let attempt = 0; attempt < 100; attempt++) {
      expect((await browser.submit(page, form, { hotkey: "x", signature: "y" })).status).toBe(401);
    }
    const refused = await browser.submit(page, form, { hotkey: "x", signature: "y" });
    expect([refused.status, refused.text.includes("Too many attempts")]).toEqual([429, true]);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = new URLSearchParams({ auth_method: "hotkey", csrf: csrfOf(page), hotkey: "x" });
    const headers = { cookie, "sec-fetch-site": "same-origin" };
    const other = await platform.fetch(form, { method: "POST", body, headers, peer: "192.0.2.77" });
    expect(other.status).toBe(401);
    await platform.close();
  });

  it("runs one script of ours at most, and frames, styles and sends nothing elsewhere", async () => {
    const platform = await openStoryteller();
    const page = await platform.browser().open(door);
    const scripts = [...page.text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    const path = /src="([^"]+)"/.exec(scripts[0] ?? "")?.[1];
    expect(scripts).toEqual([`<script src="${path}" defer>`]);
    expect(page.headers.get("content-security-policy")).toContain(
      `default-src 'none'; style-src 'self'; script-src ${issuer}${path};`,
    );
    const script = await platform.fetch(path!);
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(script.headers.get("x-content-type-options")).toBe("nosniff");
    const other = await platform.fetch("/sign-up");
    expect(other.headers.get("content-security-policy")).not.toContain("script-src");
    await platform.close();
  });
});

function nonceOf(page: Page): string {
  return /Nonce: (.*)/.exec(textOf(page))![1]!;
}

function csrfOf({ text }: Page): string {
  return /name="csrf" value="([^"]*)"/.exec(text)![1]!;
}
