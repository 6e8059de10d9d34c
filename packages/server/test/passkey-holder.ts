import type { Authenticator, Deviation } from "../src/testing/authenticator.ts";
import type { Browser, Page } from "../src/testing/browser.ts";
import { signInByPassword } from "./hotkey-holder.ts";

export const passkeyRoom = "/account/security/passkeys";

/** What a page asks the browser for, as its script reads it. */
export function optionsOf({ text }: Page): Parameters<Authenticator["create"]>[0] & Record<string, unknown> {
  const options = /data-options="([^"]*)"/.exec(text)?.[1];
  if (options === undefined) throw new Error("the page asks for no passkey");
  return JSON.parse(options.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&"));
}

/** Makes a passkey for whoever is signed in. */
export async function addOnPage(browser: Browser, device: Authenticator, deviation?: Deviation): Promise<Page> {
  const page = await browser.open(`${passkeyRoom}?add=1`);
  const passkey = device.create(optionsOf(page), deviation);
  return browser.follow(await browser.submit(page, `${passkeyRoom}/add`, { passkey }));
}

/** A browser in which the account of this name has this device's passkey. */
export async function withPasskey(
  platform: { browser(): Browser },
  login: string,
  device: Authenticator,
): Promise<Browser> {
  const browser = platform.browser();
  await signInByPassword(browser, login);
  const page = await addOnPage(browser, device);
  if (!page.text.includes("It signs you in from now on")) throw new Error(`no passkey was added: ${page.title}`);
  return browser;
}

/** What a page of signing in answers to this device. */
export async function enterByPasskey(
  browser: Browser,
  device: Authenticator,
  deviation?: Deviation,
  shown?: Page,
): Promise<Page> {
  const page = shown ?? (await browser.open("/sign-in"));
  return browser.submit(page, "/idp/login", {
    auth_method: "passkey",
    passkey: device.get(optionsOf(page), deviation),
  });
}
