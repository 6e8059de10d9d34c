import { describe, expect, it } from "vitest";
import { deactivateApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { issuer, redirectUri } from "../../src/testing/platform.ts";
import { answerOf, consentForm, openStoryteller, signInForm, stored } from "./storyteller.ts";

const localUri = "http://127.0.0.1/callback";
const both = { redirect_uris: [redirectUri, localUri] };

describe("an authorization request that names nowhere to answer", () => {
  it.each([
    ["the path in other letter case", { redirect_uri: "https://storyteller.example/Callback" }],
    ["a query added to a loopback address", { redirect_uri: `${localUri}?bar=foo` }],
    ["an address of a stranger", { redirect_uri: "https://evil.example/callback" }],
    ["an address with another port", { redirect_uri: "https://storyteller.example:8443/callback" }],
    ["no address", { redirect_uri: undefined }],
    ["an unknown app", { client_id: "cid_doesnotexist000000000000" }],
    ["an empty app", { client_id: "" }],
    ["no app", { client_id: undefined }],
  ])(
    "[A01][A02][A04][A11] %s ends on a page, for people who are signed in and allowed the app too",
    async (_what, more) => {
      const platform = await openStoryteller(both);
      const signedIn = platform.browser();
      expect(answerOf(await platform.allow(signedIn)).code).toBeDefined();
      const before = await stored(platform);
      for (const browser of [signedIn, platform.browser()]) {
        const page = await browser.open(platform.request({ ...more, prompt: "none" }));
        expect(page.status).toBe(400);
        expect(page.location).toBeNull();
        expect(page.text).toContain('id="fatal-error"');
        expect(page.text).not.toContain("evil.example");
        expect(page.text).not.toContain("Storyteller");
      }
      expect(await stored(platform)).toBe(before);
      await platform.close();
    },
  );

  it.each(["redirect_uri", "client_id", "scope", "state"])("[A05] %s given twice ends on a page", async (name) => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    await platform.allow(browser);
    const before = await stored(platform);
    const values: Record<string, string> = {
      redirect_uri: redirectUri,
      client_id: platform.app.clientId,
      scope: "openid profile",
      state: "a state",
    };
    const once = platform.request({ scope: "openid profile" });
    for (const value of [values[name]!, "https://evil.example/"]) {
      const page = await browser.open(`${once}&${name}=${encodeURIComponent(value)}`);
      expect([page.status, page.location]).toEqual([400, null]);
      expect(page.text).toContain('id="fatal-error"');
    }
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("[A02] differs in nothing but the port of a loopback address", async () => {
    const platform = await openStoryteller(both);
    const other = await platform.browser().open(platform.request({ redirect_uri: "http://127.0.0.1:49152/callback" }));
    expect(other.location?.pathname).toBe(signInForm);
    await platform.close();
  });

  it("stops when the app was deactivated while a page was read", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await platform.signIn(browser, platform.request());
    await inTx(platform.ctx, (ctx) => deactivateApp(ctx, platform.app.id, "usr_operator"));
    const before = await stored(platform);
    const answer = await browser.submit(page, consentForm, { decision: "allow" });
    expect([answer.status, answer.location]).toEqual([400, null]);
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });
});

describe("an authorization request with a mistake", () => {
  const challenge = (text: string) => ({ code_challenge: text });
  const mistakes: [string, string, Record<string, string | undefined>][] = [
    ["response_type=token", "unsupported_response_type", { response_type: "token" }],
    ["response_type=id_token", "unsupported_response_type", { response_type: "id_token" }],
    ["response_type=code token", "unsupported_response_type", { response_type: "code token" }],
    ["no response_type", "invalid_request", { response_type: undefined }],
    ["no code_challenge", "invalid_request", challenge("")],
    ["code_challenge_method=plain", "invalid_request", { code_challenge_method: "plain" }],
    ["a challenge without method", "invalid_request", { code_challenge_method: undefined }],
    ["a challenge of 42 characters", "invalid_request", challenge("x".repeat(42))],
    ["a challenge of 44 characters", "invalid_request", challenge("x".repeat(44))],
    ["a challenge with =", "invalid_request", challenge(`${"x".repeat(42)}=`)],
    ["a challenge with +", "invalid_request", challenge(`${"x".repeat(42)}+`)],
    ["a challenge with /", "invalid_request", challenge(`${"x".repeat(42)}/`)],
    ["a request object", "request_not_supported", { request: "eyJhbGciOiJub25lIn0.e30." }],
    ["a request by reference", "request_uri_not_supported", { request_uri: "https://internal/" }],
    ["an unknown scope", "invalid_scope", { scope: "openid admin" }],
    ["a scope no app may have", "invalid_scope", { scope: "openid keys:write" }],
    ["an amount that is none", "invalid_request", { budget_limit: "lots" }],
    ["prompt=none with login", "invalid_request", { prompt: "none login" }],
  ];

  it.each(mistakes)(
    "[A06][A08][A09][A10][R43] %s is answered to the app as %s, and nothing else happens",
    async (_what, error, more) => {
      const platform = await openStoryteller({ client_type: "public" });
      const browser = platform.browser();
      await platform.allow(browser);
      const before = await stored(platform);
      for (const state of ["a state", undefined]) {
        const answer = await browser.open(platform.request({ state, ...more }));
        expect(answer.status).toBe(303);
        expect(`${answer.location?.origin}${answer.location?.pathname}`).toBe(redirectUri);
        expect(answer.location?.hash).toBe("");
        const { error_uri, ...told } = answerOf(answer);
        expect(error_uri ?? `${issuer}/errors/`).toMatch(`${issuer}/errors/`);
        expect(told).toEqual({
          error,
          error_description: expect.any(String),
          iss: issuer,
          ...(state && { state }),
        });
      }
      expect(await stored(platform)).toBe(before);
      await platform.close();
    },
  );
});

describe("an authorization request that is good", () => {
  it("[A12] is answered with code, state and issuer", async () => {
    const platform = await openStoryteller();
    const state = `"><svg onload=alert(1)> +&=%20`;
    const answer = await platform.allow(platform.browser(), { state });
    expect(answerOf(answer)).toEqual({ code: expect.any(String), state, iss: issuer });
    const metadata = await (await platform.fetch("/.well-known/openid-configuration")).json();
    expect(metadata).toMatchObject({ issuer, authorization_response_iss_parameter_supported: true });
    await platform.close();
  });

  it("[A12] is answered with state and issuer when the person refuses", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await platform.signIn(browser, platform.request());
    const before = await stored(platform);
    const answer = await browser.submit(page, consentForm, { decision: "deny" });
    expect(answerOf(answer)).toEqual({
      error: "access_denied",
      error_description: expect.any(String),
      state: "a state",
      iss: issuer,
    });
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("writes nothing once it is remembered", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    await platform.allow(browser);
    const before = await stored(platform);
    expect(answerOf(await browser.open(platform.request())).code).toBeDefined();
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("[A13] with prompt=none shows no page", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const silent = async (more = {}) => answerOf(await browser.open(platform.request({ prompt: "none", ...more })));
    expect(await silent()).toMatchObject({ error: "login_required", state: "a state", iss: issuer });
    await platform.signIn(browser, platform.request());
    expect(await silent()).toMatchObject({ error: "consent_required", state: "a state", iss: issuer });
    expect(await silent({ prompt: "none login" })).toMatchObject({ error: "invalid_request" });
    await platform.allow(browser);
    expect(await silent()).toMatchObject({ code: expect.any(String) });
    expect(await silent({ scope: "openid email" })).toMatchObject({ error: "consent_required" });
    await platform.close();
  });

  it("[A14] with a max_age below the session's asks for a new sign-in, and says when it was", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const authTime = async (answer: Parameters<typeof platform.redeem>[0]) => {
      const { id_token } = await platform.redeem(answer);
      return JSON.parse(Buffer.from(String(id_token).split(".")[1]!, "base64url").toString()).auth_time as number;
    };
    const first = await authTime(await platform.allow(browser));
    platform.clock.advance(90_000);
    expect(await authTime(await browser.open(platform.request({ max_age: "3600" })))).toBe(first);
    const asked = await browser.open(platform.request({ max_age: "60" }));
    expect(asked.location?.pathname).toBe(signInForm);
    expect(await authTime(await platform.allow(browser, { max_age: "60" }))).toBe(first + 90);
    platform.clock.advance(1);
    expect((await browser.open(platform.request({ prompt: "login" }))).location?.pathname).toBe(signInForm);
    await platform.close();
  });

  it("may come as a form of another site, without its cookies", async () => {
    const platform = await openStoryteller();
    const path = platform.request({ state: "ü &" });
    const body = path.slice(path.indexOf("?") + 1);
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: "https://storyteller.example" };
    const again = await platform.fetch("/idp/authorize", { method: "POST", body, headers });
    expect([again.status, again.headers.get("location")]).toEqual([303, path]);
    expect(again.headers.getSetCookie()).toEqual([]);
    await platform.close();
  });
});

describe("the pages on the way", () => {
  it("[A21] lead on by 303, so that no browser repeats a password", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await browser.follow(await browser.open(platform.request()));
    const entered = await browser.submit(page, signInForm, { login: "maya", password: "tulips in the attic 4" });
    expect(entered.status).toBe(303);
    const consent = await browser.follow(entered);
    expect((await browser.submit(consent, consentForm, { decision: "allow" })).status).toBe(303);
    await platform.close();
  });

  it("[A22][A23][H17] cannot be framed, send no referrer, load nothing foreign, run nothing", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const signIn = await browser.follow(await browser.open(platform.request()));
    const consent = await platform.signIn(browser, platform.request());
    const fatal = await browser.open("/idp/authorize");
    const signUp = await browser.open(`/sign-up?request=${signIn.url.searchParams.get("request")}`);
    for (const page of [signIn, consent, fatal, signUp]) {
      const policy = page.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("default-src 'none'");
      // Passkeys need a script; the page of all ways is the only one with it, and it is ours.
      expect(policy.replace(page === signIn ? /script-src https:\/\/[^ ;]+\/assets\/[^ ;]+; ?/ : "", "")).not.toMatch(
        /script-src|unsafe/,
      );
      expect(page.headers.get("x-frame-options")).toBe("DENY");
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
      expect(page.headers.get("cache-control")).toBe("no-store");
      const text =
        page === signIn ? page.text.replace(/<script src="\/assets\/[^"]+" defer><\/script>/, "") : page.text;
      expect(text).not.toMatch(/<script|javascript:|\son\w+=|style=/i);
      expect(page.text).not.toMatch(/(?:src|<link[^>]*href|action)="(?:https?:)?\/\//);
    }
    // Chromium applies form-action to the redirect that follows a form.
    for (const page of [signIn, consent, signUp]) {
      expect(page.headers.get("content-security-policy")).not.toContain("form-action");
    }
    const answer = await browser.submit(consent, consentForm, { decision: "allow" });
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    await platform.close();
  });

  it("[A24] tell other origins nothing", async () => {
    const platform = await openStoryteller();
    for (const [method, path] of [
      ["GET", platform.request()],
      ["GET", "/idp/authorize"],
      ["OPTIONS", "/idp/authorize"],
      ["GET", signInForm],
      ["GET", consentForm],
    ] as const) {
      const headers = { origin: "https://storyteller.example", "access-control-request-method": "GET" };
      const response = await platform.fetch(path, { method, headers });
      const cors = [...response.headers.keys()].filter((name) => name.startsWith("access-control-"));
      expect(cors).toEqual([]);
    }
    await platform.close();
  });
});
