import { Buffer } from "node:buffer";
import { publicKeyOf, signWith, writeAddress } from "@innkeeper/server";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible, flawsOf } from "./accessible.ts";
import { photograph } from "./chromium.ts";
import { openStage, press, type Stage, signIn } from "./stage.ts";

const secret = new Uint8Array(32).fill(7);
const sign = async (text: string) => Buffer.from(await signWith("sr25519", secret, Buffer.from(text))).toString("hex");

let stage: Stage;
let address: string;

beforeAll(async () => {
  stage = await openStage();
  address = writeAddress(await publicKeyOf("sr25519", secret));
});

afterAll(() => stage.close());

const at = (path: string) => stage.place.issuer + path;

/** What wallets bring into every page: an extension that asks, and signs in its own wrapping. */
async function withWallet(options: { refuses?: boolean; accounts?: string[] } = {}): Promise<Page> {
  const page = await stage.newPage({ viewport: { width: 1280, height: 800 } });
  await page.exposeFunction("signInWallet", async (hex: string) => {
    const text = Buffer.from(hex.slice(2), "hex").toString();
    return `0x${await sign(`<Bytes>${text}</Bytes>`)}`;
  });
  await page.addInitScript(
    ({ accounts, refuses }) => {
      const world = globalThis as unknown as {
        injectedWeb3: object;
        signInWallet(hex: string): Promise<string>;
        document: Document;
      };
      const signer = {
        async signRaw({ data }: { data: string }) {
          if (refuses) throw new Error("Cancelled");
          return { id: 1, signature: await world.signInWallet(data) };
        },
      };
      const list = accounts.map((each, index) => ({ address: each, name: `key ${index}`, type: "sr25519" }));
      list.push({ address: "0x54Dab85EE2c7b9F7421100d7134eFb5DfA4239bF", name: "another chain", type: "ethereum" });
      const wallet = { accounts: { get: async () => list }, signer };
      // As real ones do: a moment after the page has begun.
      setTimeout(() => {
        world.injectedWeb3 = { "fake-wallet": { version: "1", enable: async () => wallet } };
      }, 300);
    },
    { accounts: options.accounts ?? [address], refuses: options.refuses ?? false },
  );
  return page;
}

/** The text the page shows, signed and pasted. */
async function paste(page: Page): Promise<void> {
  await page.getByLabel("Hotkey").fill(address);
  await page.getByLabel("Signature").fill(await sign(await page.getByLabel("Text to sign").inputValue()));
}

/** A page whose one script is ours. */
async function expectGood(page: Page, name: string): Promise<void> {
  const scripts = page.locator("script");
  expect(await scripts.count()).toBe(1);
  expect(await scripts.getAttribute("src")).toMatch(/^\/assets\/wallet\.[\w-]{12}\.js$/);
  expect(await page.locator("style, [style], [onclick]").count()).toBe(0);
  expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
  expect(await flawsOf(page), name).toEqual([]);
  await photograph(page, `page-${name}`);
}

async function good(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await photograph(page, `page-${name}`);
}

// In this order: the key is linked first.
describe("a hotkey", () => {
  it("is linked by a wallet of the browser", async () => {
    const page = await withWallet();
    await page.goto(at("/account/security"));
    await signIn(page, "maya");
    await page.goto(at("/account/security"));
    await good(page, "security-empty");
    await page.getByRole("link", { name: "Link a hotkey" }).click();
    await expectGood(page, "security-link");
    await page.getByLabel("Name").fill("wallet");
    await press(page, "Sign with fake-wallet");
    await page.getByText("wallet is linked. Its signature signs you in from now on.").waitFor();
    await good(page, "security");
    await page.getByRole("link", { name: "Unlink wallet" }).click();
    await good(page, "security-unlink");
  });

  it("signs in by a wallet, on the way to an app", async () => {
    const stranger = writeAddress(new Uint8Array(32).fill(9));
    const page = await withWallet({ accounts: [stranger, address] });
    const blocked: string[] = [];
    page.on("console", (line) => line.text().includes("Content Security Policy") && blocked.push(line.text()));
    await page.goto(stage.storyteller.authorization().href);
    await page.getByRole("link", { name: "Use a hotkey instead" }).click();
    await page.getByText("to go on to Storyteller").waitFor();
    await press(page, "Sign with fake-wallet");
    await expectGood(page, "key-sign-in-wallet");
    const short = (each: string) => `${each.slice(0, 6)}…${each.slice(-6)}`;
    await press(page, `Use key 0, ${short(stranger)}`);
    await page.getByText("That signature is not one of this text by this hotkey").waitFor();
    expect(await page.getByLabel("Hotkey").inputValue()).toBe(stranger);
    await expectGood(page, "key-sign-in-wrong");
    await press(page, "Sign with fake-wallet");
    await press(page, `Use key 1, ${short(address)}`);
    await page.getByRole("heading", { name: "Storyteller wants to use your Acme account" }).waitFor();
    expect(blocked).toEqual([]);
  });

  it("stays where it is when the wallet does not sign", async () => {
    const page = await withWallet({ refuses: true });
    await page.goto(at("/idp/login/key"));
    await press(page, "Sign with fake-wallet");
    await page.getByRole("status").filter({ hasText: "Your wallet did not sign." }).waitFor();
    expect(await page.getByLabel("Signature").inputValue()).toBe("");
    const empty = await withWallet({ accounts: [] });
    await empty.goto(at("/idp/login/key"));
    await press(empty, "Sign with fake-wallet");
    await empty.getByRole("status").filter({ hasText: "Your wallet shows no account that can sign here." }).waitFor();
  });

  it("[H17] signs in by paste, without a script and without a wallet", async () => {
    const options: BrowserContextOptions = { javaScriptEnabled: false };
    const page = await stage.newPage(options);
    await page.goto(at("/sign-in"));
    await page.getByRole("link", { name: "Use a hotkey instead" }).click();
    expect(await page.locator("#wallet").isVisible()).toBe(false);
    await paste(page);
    await press(page, "Sign in");
    await page.getByRole("heading", { name: "Connected apps" }).waitFor();
    const plain = await stage.newPage({ viewport: { width: 1280, height: 800 } });
    await plain.goto(at("/idp/login/key"));
    await expectGood(plain, "key-sign-in");
    await plain.getByRole("link", { name: "Use your password instead" }).click();
    await plain.getByLabel("Password").waitFor();
  });

  it("signs in from a program, after a question", async () => {
    const page = await stage.newPage({ viewport: { width: 1280, height: 800 } });
    const newAddress = async () => {
      const { nonce, text } = (await (await fetch(at("/idp/cli_login/nonce"))).json()) as Record<string, string>;
      const asked = new URLSearchParams({ hotkey: address, signature: await sign(text!), nonce: nonce! });
      return at(`/idp/cli_login?${asked}`);
    };
    const opened = await newAddress();
    await page.goto(opened);
    await page.getByText("This hotkey belongs to the account maya").waitFor();
    await good(page, "cli-login");
    await press(page, "Sign in");
    await page.getByRole("heading", { name: "Connected apps" }).waitFor();
    const again = await page.goto(opened);
    expect(again!.status()).toBe(400);
    await page.locator("#fatal-error").waitFor();
    await good(page, "cli-login-used");
  });
});
