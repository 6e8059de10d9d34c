import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type App, registerApp } from "../platform/app.ts";
import { openPlace, type Place } from "../platform/place.ts";
import { openUpstream } from "../platform/upstream.ts";
import { type Callback, openCallback } from "./callback.ts";
import { openChromium } from "./chromium.ts";

export const password = "tulips in the attic 4";

/** A platform with Maya and Kit, an app of Kit's that waits for answers, and a real browser. */
export interface Stage {
  place: Place;
  chromium: Browser;
  callback: Callback;
  /** Its answers go to `callback`. */
  storyteller: App;
  /** Makes another app whose answers go to `callback`. */
  register(name: string): Promise<App>;
  /** A page in a browser of its own, with cookies of its own. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const [upstream, callback, chromium] = await Promise.all([openUpstream(), openCallback(), openChromium()]);
  const { baseUrl, apiKey } = upstream;
  const prices = { input: "1.00", output: "2000.00" };
  const place = await openPlace({
    file: {
      brand: { name: "Acme", links: { privacy: "https://acme.example/privacy", terms: "https://acme.example/terms" } },
      upstreams: { main: { baseUrl, apiKey } },
      models: { "acme-large": { upstream: "main", upstreamModel: "acme-large", prices, maxOutputTokens: 100 } },
      signup: { credit: "5.00" },
    },
  });
  for (const [name, domain] of [
    ["maya", "fennick.example"],
    ["kit", "larkin.example"],
  ]) {
    const who = ["--username", name!, "--email", `${name}@${domain}`, "--password", password];
    await place.command("users", "create", ...who);
  }
  const register = (name: string) => registerApp(place, "kit", name, callback.uri);
  const storyteller = await register("Storyteller");
  await place.start();
  return {
    ...{ place, chromium, callback, storyteller, register },
    newPage: async (options) => (await chromium.newContext(options)).newPage(),
    async close() {
      await chromium.close();
      await place.close();
      await Promise.all([upstream.close(), callback.close()]);
    },
  };
}

/** Fills in the sign-in page that is open. */
export async function signIn(page: Page, username: string, secret = password): Promise<void> {
  await page.getByLabel("Username or e-mail").fill(username);
  await page.getByLabel("Password").fill(secret);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
