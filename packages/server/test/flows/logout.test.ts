import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deactivateApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { issuer, password } from "../../src/testing/platform.ts";
import { openStoryteller, type Storyteller, stored } from "./storyteller.ts";

const returnUri = "https://storyteller.example/bye?from=acme";
const path = "/idp/logout";

let platform: Storyteller;
let browser: Browser;
/** Of Maya, who is signed in with `browser`. */
let hint: string;

beforeEach(async () => {
  platform = await openStoryteller({ post_logout_redirect_uris: [returnUri] });
  browser = platform.browser();
  hint = String((await platform.redeem(await platform.allow(browser))).id_token);
});
afterEach(() => platform.close());

const leave = (parameters: Record<string, string>) => browser.open(`${path}?${new URLSearchParams(parameters)}`);
const isSignedIn = async (someone = browser) => (await someone.open("/account/profile")).status === 200;
const expectQuestion = async (page: Page) => {
  expect([page.status, page.location]).toEqual([200, null]);
  expect(page.text).toContain('id="logout-yes"');
  expect(page.text).toContain("maya@fennick.example");
  expect(page.text).not.toContain("storyteller.example");
  expect(await isSignedIn()).toBe(true);
};
const expectSignedOut = async (page: Page) => {
  expect(page.text).toContain('id="logged-out"');
  expect(await isSignedIn()).toBe(false);
};

describe("an app that signed its user out", () => {
  it("ends the session with an ID token of that user, and has them back with its state", async () => {
    const copied = new Map(browser.cookies);
    const page = await leave({ id_token_hint: hint, post_logout_redirect_uri: returnUri, state: "a state&more" });
    expect(page.status).toBe(303);
    expect(page.location?.href).toBe(`${returnUri}&state=a+state%26more`);
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await isSignedIn()).toBe(false);
    // The cookie is worth nothing, wherever it was copied to.
    const thief = platform.browser();
    for (const [name, value] of copied) thief.cookies.set(name, value);
    expect(await isSignedIn(thief)).toBe(false);
  });

  it("ends it with an expired one too, and without an address to go back to", async () => {
    platform.clock.advance(2 * 3_600_000);
    const page = await leave({ id_token_hint: hint });
    expect(page.location?.pathname).toBe(path);
    await expectSignedOut(await browser.follow(page));
  });

  it("leaves what the user allowed as it is", async () => {
    const tokens = await platform.redeem(await platform.allow(browser));
    await leave({ id_token_hint: hint });
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    expect((await platform.fetch("/idp/userinfo", { headers })).status).toBe(200);
  });

  it("may send a form from its own site, with which no cookie comes", async () => {
    const body = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: returnUri, state: "s" });
    const answer = await platform.fetch(path, {
      method: "POST",
      body,
      headers: { origin: "https://storyteller.example" },
    });
    expect(answer.status).toBe(303);
    const location = answer.headers.get("location")!;
    expect(location).not.toContain(hint);
    expect(await isSignedIn()).toBe(true);
    expect((await browser.open(location)).location?.href).toBe(`${returnUri}&state=s`);
    expect(await isSignedIn()).toBe(false);
  });

  it("has them back although nobody is signed in any more", async () => {
    browser.cookies.clear();
    const page = await leave({ client_id: platform.app.clientId, post_logout_redirect_uri: returnUri });
    expect(page.location?.href).toBe(returnUri);
    await expectSignedOut(await leave({}));
  });
});

describe("[H09] a request that comes with the cookie only", () => {
  it("is a question, and changes nothing", async () => {
    const before = await stored(platform);
    await expectQuestion(await leave({}));
    await expectQuestion(await leave({ state: "s", post_logout_redirect_uri: "https://evil.example/" }));
    await expectQuestion(await leave({ client_id: platform.app.clientId, post_logout_redirect_uri: returnUri }));
    expect(await stored(platform)).toBe(before);
  });

  it("signs out when the person says so, and goes back to the app", async () => {
    const page = await leave({ client_id: platform.app.clientId, post_logout_redirect_uri: returnUri, state: "s" });
    const answer = await browser.submit(page, "/sign-out", { logout: "yes" });
    expect(answer.location?.href).toBe(`${returnUri}&state=s`);
    expect(await isSignedIn()).toBe(false);
  });

  it("stays when the person says so, and is refused to a form of another site", async () => {
    const page = await leave({ client_id: platform.app.clientId, post_logout_redirect_uri: returnUri });
    const stay = await browser.submit(page, "/sign-out", { logout: "no" });
    expect(stay.location?.origin).toBe(issuer);
    const forged = await browser.submit(page, "/sign-out", { logout: "yes", csrf: "x" });
    expect(forged.status).toBe(403);
    const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await browser.submit(page, "/sign-out", { logout: "yes" }, foreign)).status).toBe(403);
    expect(await isSignedIn()).toBe(true);
  });

  it("is a question for an ID token of somebody else, or for what is none", async () => {
    const [head, claims, signature] = hint.split(".") as [string, string, string];
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const tokens = await platform.redeem(await platform.allow(browser));
    const bad = [
      `${encode({ alg: "none" })}.${claims}.`,
      `${head}.${encode({ iss: issuer, sub: platform.maya.id, aud: platform.app.clientId })}.${signature}`,
      `${hint}x`,
      String(tokens.access_token),
      "x".repeat(3000),
    ];
    for (const id_token_hint of bad) {
      await expectQuestion(await leave({ id_token_hint, post_logout_redirect_uri: returnUri }));
    }
    await expectQuestion(
      await leave({ id_token_hint: hint, client_id: "cid_other", post_logout_redirect_uri: returnUri }),
    );
  });

  it("asks whoever is signed in here, when the ID token is of somebody else", async () => {
    await platform.addUser("noor");
    const hers = platform.browser();
    await hers.submit(await hers.open("/idp/login"), "/idp/login", { login: "noor", password });
    const asked = await hers.open(`${path}?${new URLSearchParams({ id_token_hint: hint })}`);
    expect(asked.text).toContain('id="logout-yes"');
    expect(await isSignedIn(hers)).toBe(true);
  });

  it("is a question when the app is gone", async () => {
    await inTx(platform.ctx, (tx) => deactivateApp(tx, platform.app.id, "system"));
    await expectQuestion(await leave({ id_token_hint: hint, post_logout_redirect_uri: returnUri }));
  });
});

describe("[H10] an address that the app did not register, letter by letter", () => {
  const others = [
    `${returnUri}&more=1`,
    "https://storyteller.example/bye",
    "https://storyteller.example/Bye?from=acme",
    "https://evil.example/bye?from=acme",
    "https://storyteller.example/callback",
    "//evil.example",
    "javascript:alert(1)",
  ];

  it.each(others)("is not followed: %s", async (post_logout_redirect_uri) => {
    const page = await leave({ id_token_hint: hint, post_logout_redirect_uri, state: "s" });
    expect([page.location?.origin, page.location?.search]).toEqual([issuer, ""]);
    await expectSignedOut(await browser.follow(page));
  });

  it("is not followed by way of the question either, nor when it stands twice", async () => {
    const page = await leave({ client_id: platform.app.clientId, post_logout_redirect_uri: others[3]! });
    const answer = await browser.submit(page, "/sign-out", { logout: "yes" });
    expect(answer.location?.href).toBe(`${issuer}/sign-out`);
    const twice = `${path}?post_logout_redirect_uri=${encodeURIComponent(returnUri)}&post_logout_redirect_uri=x`;
    expect((await browser.open(twice)).status).toBe(400);
    expect((await browser.open(`${path}?request=forged`)).location).toBeNull();
  });
});
