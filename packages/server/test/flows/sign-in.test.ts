import { describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { setUserDisabled } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { createBrowser, type Page } from "../../src/testing/browser.ts";
import { issuer, password } from "../../src/testing/platform.ts";
import { answerOf, consentForm, openStoryteller, signInForm, stored } from "./storyteller.ts";

/** A page without what is random in it. */
function plain({ text }: Page): string {
  return text
    .replace(/(?:name="csrf" value|data-options)="[^"]*"/g, "")
    .replace(/name="login"[^>]*value="[^"]*"/g, 'name="login"');
}

describe("signing in", () => {
  it("[H08] begins a session that the browser did not have, and ends the one it had", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    await platform.signIn(browser, platform.request());
    const first = browser.cookies.get("__Host-ik_session");
    const page = await browser.follow(await browser.open(`${signInForm}?next=/account/connected`));
    platform.clock.advance(3_600_000);
    const again = await browser.open(platform.request({ max_age: "60" }));
    await browser.submit(await browser.follow(again), signInForm, { login: "maya", password });
    const second = browser.cookies.get("__Host-ik_session");
    expect(page.url.pathname).toBe("/account/connected");
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
    const old = await platform.fetch("/account/connected", { headers: { cookie: `__Host-ik_session=${first}` } });
    expect(old.headers.get("location")).toContain(signInForm);
    await platform.close();
  });

  it("takes no session from the browser that it did not begin", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    browser.cookies.set("__Host-ik_session", "x".repeat(43));
    await platform.signIn(browser, platform.request());
    expect(browser.cookies.get("__Host-ik_session")).not.toBe("x".repeat(43));
    await platform.close();
  });

  it("[H11] gives cookies that stay with this host, out of reach of scripts and other sites", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const first = await browser.open(platform.request());
    const entered = await browser.submit(await browser.follow(first), signInForm, { login: "maya", password });
    const set = [...first.headers.getSetCookie(), ...entered.headers.getSetCookie()];
    expect(set).toHaveLength(2);
    for (const cookie of set) {
      expect(cookie).toMatch(/^__Host-ik_\w+=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=\d+$/);
    }
    await platform.close();
  });

  it("[R50] says the same to a wrong password, an unknown and a disabled user", async () => {
    const platform = await openStoryteller();
    const disabled = await platform.addUser("nora");
    await inTx(platform.ctx, (ctx) => setUserDisabled(ctx, disabled.id, true));
    const browser = platform.browser();
    const page = await browser.follow(await browser.open(platform.request()));
    const attempt = (login: string, word: string) => browser.submit(page, signInForm, { login, password: word });

    const wrong = await attempt("maya", "not her password");
    expect(wrong.status).toBe(400);
    expect(wrong.title).toMatch(/^Error:/);
    expect(wrong.text).toContain("That name and password do not belong together");
    for (const other of [
      await attempt("nobody", "not her password"),
      await attempt("nobody@fennick.example", "not her password"),
      await attempt("maya@fennick.example", password),
      await attempt("nora", password),
      await attempt("maya", ""),
      await attempt("", ""),
    ]) {
      expect(plain(other)).toEqual(plain(wrong));
      expect(other.status).toBe(wrong.status);
    }
    await platform.close();
  });

  it("[R51] is limited for each peer, whatever names are tried", async () => {
    const platform = await openStoryteller();
    const from = (peer: string) => createBrowser((request) => platform.innkeeper.fetch(request, { peer }), issuer);
    const browser = from("2001:db8::1");
    const page = await browser.open(signInForm);
    for (let attempt = 0; attempt < 100; attempt += 20) {
      const names = Array.from({ length: 20 }, (_, index) => `nobody${attempt + index}`);
      await Promise.all(names.map((login) => browser.submit(page, signInForm, { login, password: "wrong" })));
    }
    expect((await browser.submit(page, signInForm, { login: "maya", password })).status).toBe(429);
    const neighbour = from("2001:db8::2");
    const form = await neighbour.open(signInForm);
    expect((await neighbour.submit(form, signInForm, { login: "maya", password })).status).toBe(429);
    const stranger = from("2001:db8:1::1");
    const door = await stranger.open(signInForm);
    expect((await stranger.submit(door, signInForm, { login: "maya", password })).status).toBe(303);
    await platform.close();
  });

  it("[H01] without its token, or from another site, is refused, and nothing changes", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await browser.follow(await browser.open(platform.request()));
    const before = await stored(platform);
    const entered = { login: "maya", password };
    const other = platform.browser();
    await other.open(signInForm);
    for (const answer of [
      await browser.submit(page, signInForm, { ...entered, csrf: null }),
      await browser.submit(page, signInForm, { ...entered, csrf: "made up" }),
      await browser.submit(page, signInForm, entered, { "sec-fetch-site": "cross-site" }),
      await browser.submit(page, signInForm, entered, { "sec-fetch-site": "same-site", origin: issuer }),
      await other.submit(page, signInForm, entered),
      await platform.browser().submit(page, signInForm, entered),
    ]) {
      expect([answer.status, answer.location, answer.headers.getSetCookie()]).toEqual([403, null, []]);
    }
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("[H12] leads to no other host, whatever the address says", async () => {
    const platform = await openStoryteller();
    for (const evil of [
      "//evil.example",
      "/\\evil.example",
      "https:evil.example",
      "https://evil.example/account",
      "%2f%2fevil.example",
      "/account/../..//evil.example",
      "/account//evil.example",
      "/account@evil.example",
      "/account\\evil.example",
      "/account/connected?x=\r\nlocation:x",
      "javascript:alert(1)",
    ]) {
      for (const name of ["next", "redirect_to", "return_to", "continue"]) {
        const browser = platform.browser();
        const page = await browser.open(`${signInForm}?${new URLSearchParams({ [name]: evil })}`);
        expect(page.text).not.toContain("evil");
        const answer = await browser.submit(page, signInForm, { login: "maya", password, [name]: evil });
        expect(answer.location?.href).toBe(`${issuer}/account/connected`);
        platform.clock.advance(600_000);
      }
    }
    const browser = platform.browser();
    const page = await browser.open(
      `${signInForm}?${new URLSearchParams({ next: "/account/connected?change=grt_1" })}`,
    );
    const answer = await browser.submit(page, signInForm, { login: "maya", password });
    expect(answer.location?.href).toBe(`${issuer}/account/connected?change=grt_1`);
    await platform.close();
  });
});

describe("a request on its way through the pages", () => {
  it("of another browser is refused", async () => {
    const platform = await openStoryteller();
    const attacker = await platform.browser().open(platform.request());
    const victim = platform.browser();
    await platform.signIn(victim, platform.request());
    const before = await stored(platform);
    for (const path of [signInForm, consentForm]) {
      const page = await victim.open(`${path}${attacker.location?.search}`);
      expect([page.status, page.location]).toEqual([400, null]);
      expect(page.text).toContain("another browser");
    }
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("goes on in two tabs, each to its own answer", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const [one, two] = [
      await browser.follow(await browser.open(platform.request({ state: "one" }))),
      await browser.follow(await browser.open(platform.request({ state: "two" }))),
    ];
    const consents = [];
    for (const tab of [one, two]) {
      consents.push(await browser.follow(await browser.submit(tab, signInForm, { login: "maya", password })));
    }
    const answer = await browser.submit(consents[1]!, consentForm, { decision: "allow" });
    expect(answerOf(answer)).toMatchObject({ state: "two", code: expect.any(String) });
    const other = await browser.open(consents[0]!.url);
    expect(answerOf(other)).toMatchObject({ state: "one", code: expect.any(String) });
    await platform.close();
  });

  it("ends after an hour", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await browser.follow(await browser.open(platform.request()));
    platform.clock.advance(3_600_001);
    const answer = await browser.submit(page, signInForm, { login: "maya", password });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("waited too long");
    await platform.close();
  });

  it("cannot be made up or changed", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await browser.follow(await browser.open(platform.request()));
    const sealed = page.url.searchParams.get("request")!;
    for (const request of [`${sealed}A`, sealed.slice(0, -2), sealed.toLowerCase(), "e30", ""]) {
      const answer = await browser.open(`${consentForm}?request=${request}`);
      expect([answer.status, answer.location]).toEqual([400, null]);
    }
    await platform.close();
  });

  it("[H06] shows no link of an app but to the web, whatever stands in the database", async () => {
    const metadata = {
      privacy_policy_url: "https://storyteller.example/privacy",
      terms_url: "https://storyteller.example/terms",
    };
    const platform = await openStoryteller(metadata);
    const fields = ["homepage_url", "logo_url", "privacy_policy_url", "terms_url"] as const;
    for (const field of fields) {
      for (const url of ["javascript:alert(1)", "data:text/html,x"]) {
        await expect(platform.addApp("usr_kit", { name: "Other", [field]: url })).rejects.toThrow("http or https URL");
      }
    }
    const browser = platform.browser();
    const honest = await browser.follow(await browser.open(platform.request()));
    expect(honest.text).toContain('href="https://storyteller.example/privacy" rel="noreferrer"');
    const planted = Object.fromEntries(fields.map((field) => [field, "javascript:alert(1)"]));
    await inTx(platform.ctx, (ctx) => query(ctx, (db) => db.updateTable("apps").set(planted).returning("id")));
    const door = await browser.follow(await browser.open(platform.request()));
    const consent = await platform.signIn(browser, platform.request());
    for (const page of [door, consent]) {
      expect(page.text).toContain("Storyteller");
      expect(page.text).not.toContain("javascript:");
    }
    await platform.close();
  });

  it("[H14] leads where the issuer is, whatever the request says it came to", async () => {
    const platform = await openStoryteller();
    const headers = { host: "evil.example", "x-forwarded-host": "evil.example", forwarded: "host=evil.example" };
    const evil = async (path: string) => {
      const request = new Request(`https://evil.example${path}`, { headers, redirect: "manual" });
      return platform.innkeeper.fetch(request, { peer: "192.0.2.1" });
    };
    const metadata = await (await evil("/.well-known/openid-configuration")).text();
    expect(JSON.parse(metadata).issuer).toBe(issuer);
    expect(metadata).not.toContain("evil");
    const refused = await evil(platform.request({ prompt: "none" }));
    expect(new URL(refused.headers.get("location")!).searchParams.get("iss")).toBe(issuer);
    const asked = await evil(platform.request());
    expect(asked.headers.get("location")).toMatch(/^\/idp\/login\?/);
    expect(await (await evil(signInForm)).text()).not.toContain("evil");
    await platform.close();
  });

  it("names the person the app expects, and keeps what was written", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await browser.follow(await browser.open(platform.request({ login_hint: 'maya"><b>' })));
    expect(page.text).toContain('value="maya&quot;&gt;&lt;b&gt;"');
    const answer = await browser.submit(page, signInForm, { login: "mya", password });
    expect(answer.text).toContain('value="mya"');
    expect(answer.text).toContain("Storyteller");
    await platform.close();
  });
});
