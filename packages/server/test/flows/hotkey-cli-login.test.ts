import { describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { listSignatureKeys, setUserDisabled, unlinkKey, writeAddress } from "../../src/people/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { issuer } from "../../src/testing/platform.ts";
import { type Holder, holderOf, linked, signInByPassword, textOf } from "../hotkey-holder.ts";
import { openStoryteller, type Storyteller, stored } from "./storyteller.ts";

const path = "/idp/cli_login";
const session = (browser: Browser) => browser.cookies.get("__Host-ik_session");

async function openLinked(holder: Holder): Promise<Storyteller> {
  const platform = await openStoryteller();
  await linked(platform, "maya", holder);
  return platform;
}

async function newNonce(platform: Storyteller): Promise<{ nonce: string; text: string; expires_in: number }> {
  return (await platform.fetch(`${path}/nonce`)).json();
}

/** The address that a program of this holder opens in a browser. */
async function addressFrom(
  platform: Storyteller,
  holder: Holder,
  values: Record<string, string> = {},
): Promise<string> {
  const { nonce, text } = await newNonce(platform);
  const asked = { hotkey: holder.address, signature: await holder.sign(text), nonce, ...values };
  return `${path}?${new URLSearchParams(asked)}`;
}

function expectEnd(page: Page, status: number, error: string): void {
  expect([page.status, page.location, page.headers.getSetCookie()]).toEqual([status, null, []]);
  expect(page.text).toContain('id="fatal-error"');
  expect(page.text).toContain(`<dd class="mono">${error}</dd>`);
}

describe("signing in from the command line", () => {
  it("gives a nonce with the text that it stands in", async () => {
    const platform = await openStoryteller();
    const before = await stored(platform);
    const { nonce, text, expires_in } = await newNonce(platform);
    expect(expires_in).toBe(300);
    expect(text.split("\n")[0]).toBe("id.acme.example wants you to sign in with your key.");
    const facts = Object.fromEntries(text.split("\n").map((line) => line.split(": ")));
    expect(facts).toMatchObject({ URI: `${issuer}/idp/cli_login`, Version: "1", Purpose: "cli-sign-in", Nonce: nonce });
    expect(Date.parse(facts["Expiration Time"]) - Date.parse(facts["Issued At"])).toBe(300_000);
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("shows whose key it is and changes nothing; only its form signs in", async () => {
    const holder = await holderOf("sr25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    const address = await addressFrom(platform, holder, { hotkey: writeAddress(holder.publicKey, 0) });
    const before = await stored(platform);
    const page = await browser.open(address);
    await browser.open(address);
    expect(page.status).toBe(200);
    expect(page.title).toBe(`Sign in as ${holder.address.slice(0, 6)}…${holder.address.slice(-6)}? · Acme`);
    expect(page.text).toContain("<bdi>maya</bdi>");
    expect(page.text).toContain(holder.address);
    expect(page.headers.get("content-security-policy")).not.toContain("script-src");
    expect([await stored(platform), session(browser)]).toEqual([before, undefined]);

    const answer = await browser.submit(page, path);
    expect(answer.location?.pathname).toBe("/account/connected");
    expect((await browser.open("/account/profile")).text).toContain(platform.maya.id);
    await platform.close();
  });

  it("[H08] tells whom it replaces, and begins a new session", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    await signInByPassword(browser, "kit");
    const before = session(browser)!;
    const page = await browser.open(await addressFrom(platform, holder));
    expect(page.text).toContain("It ends the sign-in of <bdi>kit");
    await browser.submit(page, path);
    expect(session(browser)).not.toBe(before);
    const old = platform.browser();
    old.cookies.set("__Host-ik_session", before);
    expect((await old.open("/account/connected")).location?.pathname).toBe("/idp/login");
    await platform.close();
  });

  it("[I09] takes a nonce once, for five minutes", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const address = await addressFrom(platform, holder);
    const [browser, second] = [platform.browser(), platform.browser()];
    const [page, other] = [await browser.open(address), await second.open(address)];
    expect((await browser.submit(page, path)).status).toBe(303);
    expectEnd(await second.submit(other, path), 400, "invalid_nonce");
    expectEnd(await second.open(address), 400, "invalid_nonce");
    expect(session(second)).toBeUndefined();

    const late = await addressFrom(platform, holder);
    const shown = await second.open(late);
    platform.clock.advance(300_000);
    expectEnd(await second.open(late), 400, "invalid_nonce");
    expectEnd(await second.submit(shown, path), 400, "invalid_nonce");
    expect(session(second)).toBeUndefined();
    await platform.close();
  });

  it("[I02][I10] refuses what was signed for the page, for linking, for a call, and a bare nonce", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    const { nonce, text } = await newNonce(platform);
    const texts = [
      nonce,
      text.replace("id.acme.example", "evil.example"),
      text.replace("cli-sign-in", "sign-in"),
      `${text}\n`,
    ];
    for (const changed of texts) {
      const address = await addressFrom(platform, holder, { nonce, signature: await holder.sign(changed) });
      expectEnd(await browser.open(address), 400, "invalid_signature");
    }
    // A signature of the page's text, with the page's nonce.
    const page = await browser.open("/idp/login/key");
    const pageNonce = /Nonce: (.*)/.exec(textOf(page))![1]!;
    const signature = await holder.sign(textOf(page));
    expectEnd(
      await browser.open(await addressFrom(platform, holder, { nonce: pageNonce, signature })),
      400,
      "invalid_nonce",
    );
    // And the other way.
    const cli = await newNonce(platform);
    const asked = { hotkey: holder.address, nonce: cli.nonce, signature: await holder.sign(cli.text) };
    expect((await browser.submit(page, "/idp/login", asked)).status).toBe(401);
    expect(session(browser)).toBeUndefined();
    await platform.close();
  });

  it("refuses keys that nobody has, and those of disabled accounts, as no account", async () => {
    const holder = await holderOf("sr25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    expectEnd(await browser.open(await addressFrom(platform, await holderOf("sr25519", 2))), 404, "no_account");
    expectEnd(await browser.open(await addressFrom(platform, await holderOf("ed25519", 1))), 404, "no_account");
    const address = await addressFrom(platform, holder);
    const page = await browser.open(address);
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, true));
    expectEnd(await browser.open(address), 404, "no_account");
    expectEnd(await browser.submit(page, path), 404, "no_account");
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, false));
    const [key] = await listSignatureKeys(platform.ctx, platform.maya.id);
    await inTx(platform.ctx, (tx) => unlinkKey(tx, { userId: platform.maya.id, keyId: key!.id }));
    expectEnd(await browser.submit(page, path), 404, "no_account");
    await platform.close();
  });

  it("refuses broken and missing parameters, repeats nothing of them, and changes nothing", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    const before = await stored(platform);
    const evil = "<script>alert(1)</script>";
    const bad: [Record<string, string>, string][] = [
      [{ nonce: "" }, "invalid_nonce"],
      [{ nonce: evil }, "invalid_nonce"],
      [{ nonce: "A".repeat(5000) }, "invalid_nonce"],
      [{ hotkey: "" }, "invalid_signature"],
      [{ hotkey: evil }, "invalid_signature"],
      [{ hotkey: "1".repeat(5000) }, "invalid_signature"],
      [{ signature: "" }, "invalid_signature"],
      [{ signature: "00".repeat(64) }, "invalid_signature"],
      [{ signature: "f".repeat(5001) }, "invalid_signature"],
    ];
    for (const [values, error] of bad) {
      const page = await browser.open(await addressFrom(platform, holder, values));
      expectEnd(page, 400, error);
      expect(page.text).not.toContain("alert(1)");
    }
    expectEnd(await browser.open(path), 400, "invalid_nonce");
    expect((await browser.open(`${path}?nonce=a&nonce=b`)).status).toBe(400);
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("[H01] takes its form from its own page and browser only", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const [browser, other] = [platform.browser(), platform.browser()];
    const page = await browser.open(await addressFrom(platform, holder));
    const before = await stored(platform);
    await other.open("/sign-in");
    const forged = [
      await browser.submit(page, path, { csrf: null }),
      await browser.submit(page, path, {}, { "sec-fetch-site": "cross-site" }),
      await other.submit(page, path),
    ];
    expect(forged.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect([await stored(platform), session(browser), session(other)]).toEqual([before, undefined, undefined]);
    await platform.close();
  });

  it("tells a peer with too many attempts to wait", async () => {
    const platform = await openStoryteller();
    const statuses = new Set<number>();
    for (let attempt = 0; attempt < 100; attempt++) statuses.add((await platform.fetch(`${path}?nonce=x`)).status);
    expect([...statuses]).toEqual([400]);
    const refused = await platform.fetch(`${path}?nonce=x`);
    expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
    expect((await platform.fetch(`${path}?nonce=x`, { peer: "192.0.2.77" })).status).toBe(400);
    await platform.close();
  });
});
