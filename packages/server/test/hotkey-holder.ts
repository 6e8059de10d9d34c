import { Buffer } from "node:buffer";
import { type KeyScheme, publicKeyOf, signWith, writeAddress } from "../src/people/index.ts";
import type { Browser, Page } from "../src/testing/browser.ts";
import { password } from "../src/testing/platform.ts";

/** Somebody who holds a key, and signs whatever is asked. */
export interface Holder {
  scheme: KeyScheme;
  publicKey: Uint8Array;
  /** SS58, with the generic prefix. */
  address: string;
  sign(text: string): Promise<string>;
  /** As a wallet signs what is no transaction. */
  signWrapped(text: string): Promise<string>;
}

/** The same seed is the same key. */
export async function holderOf(scheme: KeyScheme, seed: number): Promise<Holder> {
  const secret = new Uint8Array(32).fill(seed);
  const publicKey = await publicKeyOf(scheme, secret);
  const sign = async (text: string) => Buffer.from(await signWith(scheme, secret, Buffer.from(text))).toString("hex");
  return {
    ...{ scheme, publicKey, address: writeAddress(publicKey), sign },
    signWrapped: (text) => sign(`<Bytes>${text}</Bytes>`),
  };
}

/** The text that a page gives to be signed. */
export function textOf({ text }: Page): string {
  return /<textarea[^>]*>\n(.*?)<\/textarea>/s.exec(text)?.[1] ?? "";
}

export async function signInByPassword(browser: Browser, login: string): Promise<Page> {
  const page = await browser.open("/sign-in");
  return browser.follow(await browser.submit(page, "/idp/login", { login, password }));
}

/** Links the key on the page of whoever is signed in. */
export async function linkOnPage(browser: Browser, holder: Holder, values: Record<string, string> = {}): Promise<Page> {
  const page = await browser.open("/account/security?link=1");
  const filled = { name: "laptop", hotkey: holder.address, signature: await holder.sign(textOf(page)), ...values };
  return browser.follow(await browser.submit(page, "/account/security/link", filled));
}

/** A browser in which the account of this name has linked this key. */
export async function linked(platform: { browser(): Browser }, login: string, holder: Holder): Promise<Browser> {
  const browser = platform.browser();
  await signInByPassword(browser, login);
  const page = await linkOnPage(browser, holder);
  if (!page.text.includes("laptop")) throw new Error(`the key was not linked: ${page.title}`);
  return browser;
}
