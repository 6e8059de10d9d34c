import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { type KnownRefusal, knownRefusals, refusalPath } from "../../src/kernel/faults.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { issuer } from "../../src/testing/platform.ts";
import { createApiKey, revokeApiKey } from "../../src/tokens/index.ts";
import { refusals } from "../../src/ui/text/en/refusals.ts";
import { answerOf, openStoryteller, type Storyteller } from "./storyteller.ts";

const docs = fileURLToPath(new URL("../../../../docs/errors/", import.meta.url));
const names = Object.keys(knownRefusals) as KnownRefusal[];
const pageOf = (refusal: KnownRefusal) => `${issuer}${refusalPath(refusal)}`;

describe("the refusals that developers look for", () => {
  it("have a page of the documentation each, and no page is without its refusal", () => {
    const files = readdirSync(docs).filter((file) => file !== "README.md");
    expect(files.sort()).toEqual(names.map((name) => `${name}.md`).sort());
    const index = readFileSync(`${docs}README.md`, "utf8");
    for (const name of names) {
      const text = readFileSync(`${docs}${name}.md`, "utf8");
      expect(text.split("\n")[0]).toBe(`# ${knownRefusals[name]}`);
      const { cause, fix } = refusals.pages[name];
      expect(text).toContain(`## Why\n\n${cause}\n`);
      expect(text).toContain(`## What to do\n\n${fix}\n`);
      expect(index).toContain(`| ${knownRefusals[name]} | [${name}](${name}.md) |`);
    }
  });

  it("are spelled as ever", () => {
    expect(Object.values(knownRefusals)).toEqual([
      "Invalid redirect_uri",
      "Invalid code_challenge",
      "Authorization has been revoked",
      "Token has expired",
    ]);
  });
});

describe("a developer who did something wrong", () => {
  let platform: Storyteller;
  let browser: Browser;
  // biome-ignore lint/suspicious/noExplicitAny: the answer of a wire
  let tokens: any;
  beforeAll(async () => {
    platform = await openStoryteller();
  });
  afterAll(() => platform.close());
  beforeEach(async () => {
    browser = platform.browser();
    tokens = await platform.redeem(await platform.allow(browser, { scope: "openid account:read gateway:access" }));
  });

  const get = async (path: string, bearer: string) => {
    const answer = await platform.fetch(path, { headers: { authorization: `Bearer ${bearer}` } });
    return { status: answer.status, challenge: answer.headers.get("www-authenticate"), text: await answer.text() };
  };
  const places = ["/idp/userinfo", "/v1/models", "/users/me", "/idp/authorizations"];
  const metadataOf = (path: string) => (path.startsWith("/v1") ? "/v1" : "");
  const expectTold = async (bearer: string, refusal: KnownRefusal) => {
    for (const path of places) {
      const { status, challenge, text } = await get(path, bearer);
      expect(status).toBe(401);
      expect(text).toContain(`"${knownRefusals[refusal]}: `);
      expect(challenge).toContain(`error="invalid_token", error_description="${knownRefusals[refusal]}: `);
      expect(challenge).toContain(`error_uri="${pageOf(refusal)}"`);
      expect(challenge).toContain(
        `resource_metadata="${issuer}/.well-known/oauth-protected-resource${metadataOf(path)}"`,
      );
    }
  };
  const expectToldNothing = async (bearer: string) => {
    for (const path of places) {
      const { status, challenge, text } = await get(path, bearer);
      expect(status).toBe(401);
      for (const words of Object.values(knownRefusals)) expect(challenge + text).not.toContain(words);
    }
  };
  const ask = async (form: Record<string, string>) => {
    const { clientId, clientSecret } = platform.app;
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form });
    return (await platform.fetch("/idp/token", { method: "POST", body })).json();
  };

  it("reads cause and fix where error_uri leads", async () => {
    for (const name of names) {
      const page = await browser.open(pageOf(name));
      expect([page.status, page.title]).toEqual([200, `${knownRefusals[name]} · Acme`]);
      expect(page.text).toContain("What to do");
    }
    expect((await platform.fetch("/errors/other")).status).toBe(404);
  });

  it("is told of an address that is not registered, with no way there", async () => {
    for (const redirect_uri of ["https://evil.example/callback", undefined]) {
      const page = await browser.open(platform.request({ redirect_uri }));
      expect([page.status, page.location]).toEqual([400, null]);
      expect(page.text).toContain('<a href="/errors/invalid-redirect-uri">Invalid redirect_uri</a>');
      expect(page.text).not.toContain("evil.example");
    }
    const answer = await platform.allow(browser);
    const grant = { grant_type: "authorization_code", code: answerOf(answer).code!, code_verifier: "x".repeat(43) };
    expect(await ask({ ...grant, redirect_uri: "https://storyteller.example/other" })).toEqual({
      error: "invalid_grant",
      error_description: "Invalid redirect_uri: it is not the one the code was sent to.",
      error_uri: pageOf("invalid-redirect-uri"),
    });
  });

  it("is told of a missing, short or plain challenge", async () => {
    for (const wrong of [
      { code_challenge: undefined },
      { code_challenge: "short" },
      { code_challenge_method: "plain" },
    ]) {
      const answer = answerOf(await browser.open(platform.request(wrong)));
      expect(answer.error).toBe("invalid_request");
      expect(answer.error_description).toMatch(/^Invalid code_challenge: /);
      expect(answer.error_uri).toBe(pageOf("invalid-code-challenge"));
    }
  });

  it("is told that a token has expired, wherever it is shown", async () => {
    platform.clock.advance(3_600_000);
    await expectTold(tokens.access_token, "token-expired");
    platform.clock.advance(31 * 86_400_000);
    const refused = await ask({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });
    expect(refused).toMatchObject({ error: "invalid_grant", error_uri: pageOf("token-expired") });
    expect(refused.error_description).toMatch(/^Token has expired: /);
  });

  it("is told that an authorization was revoked, and a stranger is told nothing", async () => {
    const path = `/idp/token/revoke`;
    await platform.fetch(path, { method: "POST", body: new URLSearchParams({ token: tokens.access_token }) });
    await expectTold(tokens.access_token, "authorization-revoked");
    await platform.fetch(path, { method: "POST", body: new URLSearchParams({ token: tokens.refresh_token }) });
    const refused = await ask({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });
    expect(refused).toMatchObject({ error: "invalid_grant", error_uri: pageOf("authorization-revoked") });
    expect(refused.error_description).toMatch(/^Authorization has been revoked: /);
    const stranger = await ask({ grant_type: "refresh_token", refresh_token: `${tokens.refresh_token}x` });
    expect(stranger).not.toHaveProperty("error_uri");
    for (const text of [`${tokens.access_token}x`, "ik_at_x", `sk-ik-${"a".repeat(40)}`, "eyJhbGciOiJub25lIn0.e30."]) {
      await expectToldNothing(text);
    }
  });

  it("is told of a key too, by whoever holds it", async () => {
    const { maya, ctx, clock } = platform;
    const wanted = { userId: maya.id, workspaceId: maya.workspaceId, grantId: null, name: "", scopes: ["profile"] };
    const make = async (expiresAt: number | null) => {
      const made = await inTx(ctx, (tx) => createApiKey(tx, { ...wanted, expiresAt }));
      if (!made.ok) throw new Error(made.why);
      return made;
    };
    const [short, long] = [await make(clock.now() + 1000), await make(null)];
    clock.advance(1000);
    await expectTold(short.key, "token-expired");
    await inTx(ctx, (tx) => revokeApiKey(tx, long.apiKey.id));
    await expectTold(long.key, "authorization-revoked");
  });

  it("finds the metadata of what was called", async () => {
    const [account, gateway] = await Promise.all(
      ["", "/v1"].map(async (path) => (await platform.fetch(`/.well-known/oauth-protected-resource${path}`)).json()),
    );
    expect(account).toMatchObject({ resource: issuer, authorization_servers: [issuer] });
    expect(account.scopes_supported).toContain("account:read");
    expect(account.scopes_supported).not.toContain("gateway:access");
    expect(gateway).toMatchObject({ resource: `${issuer}/v1`, authorization_servers: [issuer] });
    const bare = await platform.fetch("/users/me");
    const metadata = `resource_metadata="${issuer}/.well-known/oauth-protected-resource"`;
    expect([bare.status, bare.headers.get("www-authenticate")]).toEqual([401, `Bearer ${metadata}`]);
    const narrow = await get(
      "/idp/userinfo",
      String((await platform.redeem(await platform.allow(browser, { scope: "account:read" }))).access_token),
    );
    expect([narrow.status, narrow.challenge]).toEqual([
      403,
      `Bearer error="insufficient_scope", scope="openid", ${metadata}`,
    ]);
  });
});
