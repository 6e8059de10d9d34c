import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConfigFile } from "../../src/config/read-config.ts";
import { type Browser, databases, issuer, openPlatform, type Page, type Platform } from "../../src/testing/index.ts";
import { clientId, clientSecret, type Elsewhere, openElsewhere } from "./elsewhere.ts";

const callback = "/idp/upstream/school/callback";

const fileFor = (elsewhere: Elsewhere, more: Record<string, unknown> = {}): ConfigFile => ({
  brand: { name: "Acme" },
  signup: { credit: "2.00" },
  identityProviders: { school: { name: "School", issuer: elsewhere.origin, clientId, clientSecret, ...more } },
});

/** From the page of all ways to the provider. */
async function leave(browser: Browser, next?: string): Promise<URL> {
  const page = await browser.open(`/sign-in${next ? `?next=${encodeURIComponent(next)}` : ""}`);
  const left = await press(browser, page);
  expect(left.status).toBe(303);
  return left.location!;
}

/** The form of the provider's button stands beside the one of the password. */
function press(browser: Browser, page: Page): Promise<Page> {
  const form = /<form[^>]*aria-label="Sign in with an account[^>]*>.*?<\/form>/s.exec(page.text)?.[0] ?? "";
  return browser.submit({ ...page, text: form }, "/idp/login", { provider: "school" });
}

describe.each(databases)("signing in with an account elsewhere, on $name", ({ open }) => {
  let elsewhere: Elsewhere;
  let platform: Platform;
  beforeAll(async () => {
    elsewhere = await openElsewhere("school", {
      "s-1": { name: "Ada Lovelace", preferred_username: "ada", email: "ada@school.example", email_verified: true },
      "s-2": { name: "Ada Other", preferred_username: "ada", email: "ada2@school.example", email_verified: true },
      "s-3": { email: "kit@fennick.example", email_verified: true, preferred_username: "kit" },
    });
    platform = await openPlatform(open, { file: fileFor(elsewhere) });
  });
  afterAll(async () => {
    await platform.close();
    elsewhere.close();
  });

  it("asks with code, PKCE, state and nonce, and comes back to the page that waits", async () => {
    const browser = platform.browser();
    const away = await leave(browser, "/account/usage");
    expect(away.origin).toBe(elsewhere.origin);
    const asked = Object.fromEntries(away.searchParams);
    expect(asked).toMatchObject({
      client_id: clientId,
      redirect_uri: issuer + callback,
      response_type: "code",
      scope: "openid email profile",
      code_challenge_method: "S256",
    });
    expect(asked.nonce).toMatch(/^[\w-]{22}$/);
    const back = await browser.open(await elsewhere.signIn(away, "s-1"));
    expect(back.text).toBe("");
    expect([back.status, back.location?.pathname]).toEqual([303, "/account/usage"]);
    const home = await browser.follow(back);
    expect([home.status, home.url.pathname]).toEqual([200, "/account/usage"]);
  });
});
