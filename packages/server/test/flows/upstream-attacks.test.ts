import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { databases, openPlatform, type Page, type Platform } from "../../src/testing/index.ts";
import { type Elsewhere, openElsewhere } from "./elsewhere.ts";
import { callback, fileFor, isSignedIn, leave, pressButton, traces } from "./upstream-stage.ts";

const ada = { name: "Ada", email: "ada@school.example", email_verified: true };

function answerJson(response: ServerResponse, body: unknown, status = 200): boolean {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  return true;
}

describe("an answer of a provider that does not hold", () => {
  let elsewhere: Elsewhere;
  let platform: Platform;
  beforeAll(async () => {
    elsewhere = await openElsewhere("school", { "s-1": ada });
    const file = fileFor(elsewhere);
    const mirror = { ...file.identityProviders!.school!, name: "Mirror" };
    platform = await openPlatform(databases[0]!.open, {
      file: { ...file, identityProviders: { ...file.identityProviders, mirror } },
    });
  });
  beforeEach(() => {
    elsewhere.meddle = undefined;
  });
  afterAll(async () => {
    await platform.close();
    elsewhere.close();
  });

  /** Somebody who came back from a real sign-in, with an address that is changed on the way. */
  async function comeBack(change: (url: URL) => void): Promise<{ page: Page; entered: boolean }> {
    const browser = platform.browser();
    const back = await elsewhere.signIn(await leave(browser), "s-1");
    change(back);
    const page = await browser.open(back);
    return { page, entered: isSignedIn(browser) };
  }

  async function refused(attempt: Promise<{ page: Page; entered: boolean }>, status: number, words: string) {
    const before = await traces(platform);
    const { page, entered } = await attempt;
    expect([page.status, entered, page.location]).toEqual([status, false, null]);
    expect(page.text).toContain(words);
    expect(await traces(platform)).toEqual(before);
  }

  it("[U03] is one of another issuer: the mix-up (RFC 9207)", async () => {
    const change = (url: URL) => url.searchParams.set("iss", "https://evil.example");
    await refused(comeBack(change), 400, "does not hold");
    await refused(
      comeBack((url) => url.searchParams.delete("iss")),
      400,
      "does not hold",
    );
  });

  it("[U03] comes back by the address of another provider", async () => {
    const change = (url: URL) => {
      url.pathname = callback.replace("school", "mirror");
    };
    await refused(comeBack(change), 400, "began in another browser");
  });

  it("[U04] is used a second time", async () => {
    const browser = platform.browser();
    const back = await elsewhere.signIn(await leave(browser), "s-1");
    expect((await browser.open(back)).status).toBe(303);
    browser.cookies.delete("__Host-ik_session");
    const before = await traces(platform);
    const asked = elsewhere.asked.length;
    const again = await browser.open(back);
    expect([again.status, isSignedIn(browser)]).toEqual([400, false]);
    expect(again.text).toContain("used already");
    expect(elsewhere.asked).toHaveLength(asked);
    expect(await traces(platform)).toEqual(before);
  });

  it("[U04] is brought to another browser, with a mark of its own or none", async () => {
    const victim = platform.browser();
    const back = await elsewhere.signIn(await leave(platform.browser()), "s-1");
    for (const prepare of [() => undefined, () => victim.open("/sign-in")]) {
      await prepare();
      const page = await victim.open(back);
      expect([page.status, isSignedIn(victim)]).toEqual([400, false]);
    }
  });

  it("[U04] comes after ten minutes", async () => {
    const change = () => platform.clock.advance(600_000);
    await refused(comeBack(change), 400, "waited too long");
  });

  it.each([
    ["no state", (url: URL) => url.searchParams.delete("state")],
    ["a state that is not ours", (url: URL) => url.searchParams.set("state", "x".repeat(300))],
    ["a state of another seal", (url: URL) => url.searchParams.set("state", platform.ctx.random.text(40))],
  ])("[U04] has %s", async (_what, change) => {
    await refused(comeBack(change), 400, "Begin again here");
  });

  it("has a code that the provider does not know", async () => {
    await refused(
      comeBack((url) => url.searchParams.set("code", "made-up")),
      400,
      "does not hold",
    );
  });

  it("has a state twice", async () => {
    const { page, entered } = await comeBack((url) => url.searchParams.append("state", "another"));
    expect([page.status, entered]).toEqual([400, false]);
  });

  it("[U05] brings an ID token of somebody else's making: its signature, nonce, audience and issuer count", async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = { iss: elsewhere.origin, sub: "s-1", aud: "innkeeper", iat: 1e9, exp: 1e10, nonce: "guessed" };
    for (const header of [{ alg: "none" }, { alg: "ES256" }, { alg: "HS256" }]) {
      elsewhere.meddle = (request, response) => {
        if (request.url !== "/token") return false;
        const token = `${part(header)}.${part(claims)}.${part("signature")}`;
        return answerJson(response, { access_token: "a", token_type: "Bearer", id_token: token });
      };
      await refused(
        comeBack(() => {}),
        400,
        "does not hold",
      );
    }
  });

  it("[U05] brings a genuine ID token of another sign-in", async () => {
    let stolen: string | undefined;
    const browser = platform.browser();
    const first = await elsewhere.signIn(await leave(browser), "s-1");
    elsewhere.meddle = (request, response) => {
      if (request.url !== "/token" || stolen !== undefined) return false;
      const end = response.end.bind(response);
      response.end = ((body?: unknown, ...more: never[]) => {
        stolen = (JSON.parse(String(body)) as { id_token: string }).id_token;
        return end(body as string, ...more);
      }) as typeof response.end;
      return false;
    };
    expect((await browser.open(first)).status).toBe(303);
    expect(stolen).toBeDefined();
    elsewhere.meddle = (request, response) =>
      request.url === "/token" && answerJson(response, { access_token: "a", token_type: "Bearer", id_token: stolen });
    await refused(
      comeBack(() => {}),
      400,
      "does not hold",
    );
  });

  it("says that the person did not want to", async () => {
    const change = (url: URL) => {
      url.searchParams.delete("code");
      url.searchParams.set("error", "access_denied");
      url.searchParams.set("error_description", "<b>Call this number</b>");
    };
    const { page, entered } = await comeBack(change);
    expect([page.status, entered]).toEqual([400, false]);
    expect(page.text).toContain("did not confirm who you are");
    expect(page.text).not.toContain("Call this number");
  });

  it("never comes: the provider is broken, or says too much", async () => {
    const bodies = { "{": 502, [`{"x":"${"y".repeat(300_000)}"}`]: 502, "[]": 400 };
    for (const [body, status] of Object.entries(bodies)) {
      elsewhere.meddle = (request, response) => {
        if (request.url !== "/token") return false;
        response.writeHead(200, { "content-type": "application/json" }).end(body);
        return true;
      };
      const { page, entered } = await comeBack(() => {});
      expect([page.status, entered]).toEqual([status, false]);
    }
  });

  it("begins by a form of our own page only, and never in a frame of another site", async () => {
    const browser = platform.browser();
    const page = await browser.open("/sign-in");
    const before = elsewhere.asked.length;
    await expect(pressButton(browser, page, { csrf: null })).resolves.toMatchObject({ status: 403 });
    await expect(pressButton(platform.browser(), page)).resolves.toMatchObject({ status: 403 });
    await expect(pressButton(browser, page, { provider: "unknown" })).resolves.toMatchObject({ status: 400 });
    expect(elsewhere.asked).toHaveLength(before);
  });
});

describe("the document of a provider", () => {
  /** The platform of a provider whose document says something else of one address. */
  async function openLying(change: (metadata: Record<string, unknown>, origin: string) => void) {
    const elsewhere = await openElsewhere("school", { "s-1": ada });
    const honest = (await (await fetch(`${elsewhere.origin}/.well-known/openid-configuration`)).json()) as object;
    elsewhere.meddle = (request, response) => {
      if (request.url !== "/.well-known/openid-configuration") return false;
      const metadata: Record<string, unknown> = { ...honest };
      change(metadata, elsewhere.origin);
      return answerJson(response, metadata);
    };
    const platform = await openPlatform(databases[0]!.open, { file: fileFor(elsewhere) });
    const close = async () => {
      await platform.close();
      elsewhere.close();
    };
    return { elsewhere, platform, close };
  }

  it("[L14] leads us to no inner address: only the origin that the operator configured is trusted", async () => {
    const inner = await openElsewhere("inner");
    const { elsewhere, platform, close } = await openLying((metadata) => {
      metadata.token_endpoint = `${inner.origin}/token`;
      metadata.jwks_uri = `${inner.origin}/jwks`;
    });
    const browser = platform.browser();
    const page = await browser.open(await elsewhere.signIn(await leave(browser), "s-1"));
    expect([page.status, isSignedIn(browser)]).toEqual([502, false]);
    expect(inner.asked).toEqual([]);
    inner.close();
    await close();
  });

  it("[U05] of another issuer is not believed", async () => {
    const { platform, close } = await openLying((metadata) => {
      metadata.issuer = "https://evil.example";
    });
    const browser = platform.browser();
    const page = await pressButton(browser, await browser.open("/sign-in"));
    expect([page.status, page.location]).toEqual([502, null]);
    expect(page.text).toContain("does not answer at the moment");
    await close();
  });

  it("that was not there a moment ago is asked for again", async () => {
    let broken = true;
    const { elsewhere, platform, close } = await openLying((metadata) => {
      if (broken) delete metadata.issuer;
    });
    const browser = platform.browser();
    expect((await pressButton(browser, await browser.open("/sign-in"))).status).toBe(502);
    broken = false;
    expect((await leave(browser)).origin).toBe(elsewhere.origin);
    await close();
  });
});
