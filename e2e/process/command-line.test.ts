import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPlace, type Place } from "../platform/place.ts";
import { createVisitor } from "../platform/visitor.ts";

const password = "tulips in the attic 4";
let place: Place;
/** What the server must answer within, after a command has ended. */
const withinASecond = { timeout: 1000, interval: 20 };

beforeAll(async () => {
  place = await openPlace();
  const user = ["--username", "maya", "--email", "maya@fennick.example", "--password", password];
  await place.command("users", "create", ...user, "--credit", "5.00");
  await place.start();
});

afterAll(() => place.close());

async function me(key: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${place.issuer}/users/me`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("a running server sees within a second what the command line does:", () => {
  it("[R11] a new key, and that it is revoked", async () => {
    const { key, key_id: id } = await place.command("keys", "create", "--user", "maya", "--full");
    expect((await me(key)).status).toBe(200);
    await place.command("keys", "revoke", String(id));
    await expect.poll(async () => (await me(key)).status, withinASecond).toBe(401);
  });

  it("[R11] a new user, who signs in", async () => {
    const user = ["--username", "kit", "--email", "kit@larkin.example", "--password", password];
    await place.command("users", "create", ...user);
    const { browser } = createVisitor(place.issuer, "kit", password);
    const door = await browser.open("/sign-in");
    const desk = await browser.follow(await browser.submit(door, "/idp/login", { login: "kit", password }));
    expect(desk.url.pathname).toBe("/account/connected");
  });

  it("a new user whose address the operator vouches for, once", async () => {
    const vouched = ["--email", "Zoe@Fennick.example", "--password", password, "--email-verified"];
    await place.command("users", "create", "--username", "zoe", ...vouched);
    const { browser } = createVisitor(place.issuer, "zoe", password);
    const form = { login: "zoe@fennick.example", password };
    const desk = await browser.follow(await browser.submit(await browser.open("/sign-in"), "/idp/login", form));
    expect(desk.url.pathname).toBe("/account/connected");
    const again = await place.run(["users", "create", "--username", "zoe2", ...vouched]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("email: taken");
  });

  it("[R11] money in a wallet", async () => {
    const { key } = await place.command("keys", "create", "--user", "maya", "--full");
    expect((await me(key)).body).toMatchObject({ balance: "5.00" });
    await place.command("users", "credit", "maya", "2.50");
    await expect.poll(async () => (await me(key)).body, withinASecond).toMatchObject({ balance: "7.50" });
  });

  it("[R11] a new app, which may sign users in at once", async () => {
    const redirectUri = "https://storyteller.example/callback";
    const app = ["--owner", "maya", "--name", "Storyteller", "--redirect-uri", redirectUri];
    const { client_id: clientId } = await place.command("apps", "create", ...app);
    const asked = new URL("/idp/authorize", place.issuer);
    asked.search = String(
      new URLSearchParams({ client_id: String(clientId), redirect_uri: redirectUri, response_type: "code" }),
    );
    const answer = await fetch(asked, { redirect: "manual" });
    // The app is known: its own mistake, no code_challenge, is told to the app itself.
    expect(answer.headers.get("location")).toMatch(`${redirectUri}?error=invalid_request`);
  });

  it("[T22] an app with the platform's own name, which only the operator gives", async () => {
    const app = ["--owner", "maya", "--redirect-uri", "https://login.example/callback"];
    const made = await place.command("apps", "create", ...app, "--name", "Innkeeper Login");
    expect(made.app_id).toMatch(/^app_/);
  });

  it("[R11] a new signing key, published before it signs", async () => {
    const kids = async () => {
      const answer = await fetch(`${place.issuer}/.well-known/jwks.json`);
      return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    };
    const before = await kids();
    const { keys } = (await place.command("signing-keys", "rotate", "--alg", "ES256")) as {
      keys: { kid: string; active_at: string }[];
    };
    const [made] = keys;
    expect(Date.parse(made!.active_at)).toBeGreaterThan(Date.now());
    await expect.poll(kids, withinASecond).toEqual(expect.arrayContaining([...before, made!.kid]));
  });

  it("[R11] a new epoch, which ends every session", async () => {
    const { browser } = createVisitor(place.issuer, "maya", password);
    const door = await browser.open("/sign-in");
    await browser.submit(door, "/idp/login", { login: "maya", password });
    expect((await browser.open("/account/connected")).status).toBe(200);
    await place.command("epoch", "renew");
    await expect
      .poll(async () => (await browser.open("/account/connected")).location?.pathname, withinASecond)
      .toBe("/idp/login");
  });
});
