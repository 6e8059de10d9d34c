import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Browser } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

describe("the language of the pages", () => {
  let platform: Storyteller;
  let browser: Browser;

  beforeEach(async () => {
    platform = await openStoryteller();
    browser = platform.browser();
  });
  afterEach(() => platform.close());

  const signIn = async () => browser.submit(await browser.open(signInForm), signInForm, { login: "maya", password });
  const choose = (page: Awaited<ReturnType<Browser["open"]>>, language: string) =>
    browser.submit(page, "/language", { language });

  it("[D01] follows what the browser accepts, and says so to caches and screen readers", async () => {
    const response = await platform.fetch("/idp/login", { headers: { "accept-language": "de-AT, en;q=0.5" } });
    expect(response.headers.get("content-language")).toBe("de");
    expect(response.headers.get("vary")).toBe("Accept-Language, Cookie");
    expect(await response.text()).toContain('<html lang="de" dir="ltr">');
  });

  it("[D01] follows the choice in the foot, which leads back to the same page", async () => {
    const page = await browser.open("/idp/login?next=/account/usage");
    const answer = await choose(page, "ja");
    expect(answer.location?.href).toBe(page.url.href);
    const again = await browser.follow(answer);
    expect(again.text).toContain('<html lang="ja"');
    expect(again.text).toContain('name="next" value="/account/usage"');
    expect((await browser.open("/apps")).headers.get("content-language")).toBe("ja");
  });

  it("[D01] follows ui_locales before all else, until another language is chosen on the way", async () => {
    await choose(await browser.open("/idp/login"), "ja");
    const asked = await browser.follow(await browser.open(platform.request({ ui_locales: "fr de" })));
    expect(asked.text).toContain('<html lang="de"');
    const chosen = await browser.follow(await choose(asked, "en"));
    expect(chosen.text).toContain('<html lang="en"');
    const refused = await browser.submit(chosen, signInForm, { login: "maya", password: "not the password" });
    expect(refused.text).toContain('<html lang="en"');
  });

  it("[D01] of an account that has one is the account's, and the choice in the foot changes it", async () => {
    await signIn();
    await browser.submit(await browser.open("/account/profile/edit"), "/account/profile/edit", { locale: "de" });
    browser.cookies.delete("ik_language");
    const german = await browser.open("/account/connected");
    expect(german.text).toContain('<html lang="de"');
    await choose(german, "ja");
    browser.cookies.delete("ik_language");
    expect((await browser.open("/account/connected")).text).toContain('<html lang="ja"');
  });

  it("[D04] of an account is not changed by a form of another page", async () => {
    await signIn();
    await browser.submit(await browser.open("/account/profile/edit"), "/account/profile/edit", { locale: "de" });
    const page = await browser.open("/account/connected");
    expect((await browser.submit(page, "/language", { language: "ja", csrf: "forged" })).status).toBe(403);
    expect((await browser.open("/account/connected")).text).toContain('<html lang="de"');
  });

  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "/a\r\nset-cookie: x=1",
  ])("[D04] never leads away: %s", async (next) => {
    const answer = await browser.submit(await browser.open("/idp/login"), "/language", { language: "de", next });
    expect(answer.location?.pathname).toBe("/account");
    expect(answer.location?.origin).toBe(answer.url.origin);
  });

  it("[D04] never leads away with a request that waits either", async () => {
    const door = await browser.follow(await browser.open(platform.request({ ui_locales: "fr de" })));
    const { search } = door.url;
    const choose = (path: string) => browser.submit(door, "/language", { language: "ja", next: path + search });
    expect((await choose(signInForm)).location?.pathname).toBe(signInForm);
    for (const path of ["/.//evil.example/", "/a/..//evil.example/", "/%2e//evil.example/"]) {
      expect((await choose(path)).location?.href).toBe(`${door.url.origin}/account`);
    }
  });

  it("passes over a language that there is not", async () => {
    const page = await browser.open("/idp/login");
    expect((await choose(page, "xx")).status).toBe(303);
    expect(browser.cookies.has("ik_language")).toBe(false);
  });

  it("is not offered on the answer to a form, which may show something once only", async () => {
    const refused = await browser.submit(await browser.open(signInForm), signInForm, { login: "maya", password: "no" });
    expect(refused.status).toBe(400);
    expect(refused.text).not.toContain('action="/language"');
  });

  it("[D01] holds for refusals too", async () => {
    const headers = { accept: "text/html", "accept-language": "de" };
    const response = await platform.fetch("/no-such-page", { headers });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('<html lang="de"');
  });
});
