import type { ConfigFile } from "../../src/config/read-config.ts";
import { query } from "../../src/store/index.ts";
import { type Browser, issuer, type Page, type Platform, password } from "../../src/testing/index.ts";
import { clientId, clientSecret, type Elsewhere } from "./elsewhere.ts";

export const callback = "/idp/upstream/school/callback";
export const linkedPath = "/account/security/providers";

export const fileFor = (elsewhere: Elsewhere, more: Record<string, unknown> = {}): ConfigFile => ({
  brand: { name: "Acme" },
  signup: { credit: "2.00" },
  identityProviders: { school: { name: "School", issuer: elsewhere.origin, clientId, clientSecret, ...more } },
});

/** From the page of all ways to the provider: where the browser is sent. */
export async function leave(browser: Browser, from = "/sign-in"): Promise<URL> {
  const left = await pressButton(browser, await browser.open(from));
  if (left.location === null) throw new Error(`the button leads nowhere: ${left.status} ${left.text}`);
  return left.location;
}

/** Two forms of the page have one action, so the other one is left out. */
export function pressButton(browser: Browser, page: Page, values: Record<string, string | null> = {}): Promise<Page> {
  const form = /<form[^>]*aria-label="Sign in with an account.*?<\/form>/s.exec(page.text)?.[0] ?? "";
  return browser.submit({ ...page, text: form }, "/idp/login", { provider: "school", ...values });
}

/** All the way there and back, in the same browser. */
export async function enterBy(elsewhere: Elsewhere, browser: Browser, subject: string, from?: string): Promise<Page> {
  return browser.open(await elsewhere.signIn(await leave(browser, from), subject));
}

export async function signInByPassword(browser: Browser, login: string): Promise<Page> {
  const page = await browser.open("/sign-in");
  const form = /<form[^>]*class="stack"[^>]*action="\/idp\/login".*?<\/form>/s.exec(page.text)?.[0] ?? "";
  return browser.submit({ ...page, text: form }, "/idp/login", { login, password });
}

/** Presses the button that links, signed in already. */
export async function leaveToLink(browser: Browser): Promise<URL> {
  const left = await browser.submit(await browser.open(linkedPath), `${linkedPath}/link`, { provider: "school" });
  if (left.location === null) throw new Error(`the button leads nowhere: ${left.status}`);
  return left.location;
}

export function isSignedIn(browser: Browser): boolean {
  return browser.cookies.has("__Host-ik_session");
}

/** Everything that a sign-in from elsewhere could have made or changed. */
export async function traces({ ctx }: Platform) {
  const [users, identities, sessions] = await Promise.all([
    query(ctx, (db) => db.selectFrom("users").selectAll().orderBy("id")),
    query(ctx, (db) => db.selectFrom("identities").selectAll().orderBy("subject")),
    query(ctx, (db) => db.selectFrom("sessions").select(["id", "user_id"]).orderBy("id")),
  ]);
  return { users, identities, sessions };
}

export { issuer };
