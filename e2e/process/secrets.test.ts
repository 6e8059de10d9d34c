import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, registerApp, type TokenAnswer } from "../platform/app.ts";
import { openPlace, type Place, type Running } from "../platform/place.ts";
import { openUpstream, type Upstream } from "../platform/upstream.ts";
import { createVisitor, type Visitor } from "../platform/visitor.ts";

const secrets = { old: "sentinel-of-the-former-secret-0123456789", now: "sentinel-of-the-newest-secret-9876543210" };
const password = "sentinel of the password, 4 tulips";
const wrongPassword = "sentinel of a password that is wrong";
const prompt = "sentinel of the prompt that somebody wrote";

let upstream: Upstream;
let place: Place;
let server: Running;
let app: App;
let key: string;
let visitor: Visitor;
let tokens: TokenAnswer;
/** Live until it is redeemed or a minute has gone. */
let code: string;

beforeAll(async () => {
  upstream = await openUpstream();
  const { baseUrl, apiKey } = upstream;
  const model = { upstream: "main", prices: { input: "1.00", output: "2.00" }, maxOutputTokens: 100 };
  const models = {
    "test-model": { ...model, upstreamModel: "test-model" },
    broken: { ...model, upstreamModel: "broken" },
  };
  place = await openPlace({
    file: { upstreams: { main: { baseUrl, apiKey } }, models },
    env: { INNKEEPER_SECRET: secrets.old, INNKEEPER_LOG_LEVEL: "debug" },
  });
  const user = ["--username", "maya", "--email", "maya@fennick.example", "--password", password];
  await place.command("users", "create", ...user, "--credit", "5.00");
  key = String((await place.command("keys", "create", "--user", "maya", "--full")).key);
  app = await registerApp(place, "maya");
  server = await place.start();
  visitor = createVisitor(place.issuer, "maya", password);
  tokens = await app.redeem(await visitor.answer(app.authorization()));
  code = (await visitor.answer(app.authorization())).searchParams.get("code")!;
});

afterAll(async () => {
  await place.close();
  await upstream.close();
});

const get = (path: string, bearer: string) =>
  fetch(place.issuer + path, { headers: { authorization: `Bearer ${bearer}` } });

const chat = (model: string, bearer: string, content: string) =>
  fetch(`${place.issuer}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify({ model, messages: [{ role: "user", content }] }),
  });

/** Everything that must be nowhere but with whom it was given to, by name. */
function sentinels(): Record<string, string> {
  return {
    "the secret": secrets.old,
    "the upstream's key": upstream.apiKey,
    "the API key": key,
    "the client secret": app.clientSecret,
    "the access token": tokens.access_token,
    "the refresh token": tokens.refresh_token,
    "the ID token": tokens.id_token!,
    "the code": code,
    "the session cookie": visitor.browser.cookies.get("ik_session")!,
    "the browser's mark": visitor.browser.cookies.get("ik_browser")!,
    "the password": password,
    "the wrong password": wrongPassword,
    "the prompt": prompt,
  };
}

/** Which of them stand in the bytes, in clear or as the bytes that their text stands for. */
function findIn(bytes: Buffer): string[] {
  const found = Object.entries(sentinels()).filter(([, text]) => {
    const bare = text.replace(/^(?:ik_[a-z]+_|sk-ik-|csc_)/, "");
    const forms = [
      Buffer.from(bare),
      Buffer.from(bare, "base64url"),
      Buffer.from(Buffer.from(bare).toString("base64")),
    ];
    return forms.some((form) => form.length >= 12 && bytes.includes(form));
  });
  return found.map(([name]) => name);
}

/** Every value of every table: on its pages in the file a long one may lie in pieces. */
function dump(file: string): Buffer {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  const rows = tables.flatMap(({ name }) => database.prepare(`select * from "${name}"`).all());
  database.close();
  expect(rows.length).toBeGreaterThan(20);
  return Buffer.from(rows.flatMap((row) => Object.values(row).map(String)).join("\n"));
}

describe("what was given to somebody", () => {
  it("[E09] stands nowhere in the database in clear, while it lives", async () => {
    expect((await chat("test-model", key, prompt)).status).toBe(200);
    expect((await get("/idp/userinfo", tokens.access_token)).status).toBe(200);
    const data = join(place.folder, "data");
    const files = (await readdir(data)).filter((name) => name.startsWith("innkeeper.sqlite"));
    expect(files.length).toBeGreaterThan(1);
    for (const name of files) expect(findIn(await readFile(join(data, name))), name).toEqual([]);
    const dumped = dump(join(data, "innkeeper.sqlite"));
    expect(findIn(dumped)).toEqual([]);
    // The search sees what is there: fingerprints are.
    const session = visitor.browser.cookies.get("ik_session")!;
    expect(dumped.includes(createHash("sha256").update(session).digest("base64url"))).toBe(true);
    expect(findIn(Buffer.concat([dumped, Buffer.from(tokens.refresh_token)]))).toEqual(["the refresh token"]);
  });

  it("[O10] stands nowhere in the log, whatever goes wrong with it", async () => {
    const { issuer } = place;
    expect((await chat("broken", tokens.access_token, prompt)).status).toBe(502);
    expect((await chat("broken", key, prompt)).status).toBe(502);
    const signIn = createVisitor(issuer, "maya", wrongPassword);
    await expect(signIn.answer(app.authorization())).rejects.toThrow("no answer, but 400");
    for (const [, text] of Object.entries(sentinels())) {
      const asked = new URLSearchParams({ token: text, access_token: text, code: text, client_secret: text });
      const form = { method: "POST", body: new URLSearchParams({ grant_type: "authorization_code", code: text }) };
      const json = { method: "POST", headers: { "content-type": "application/json" } };
      const answers = await Promise.all([
        get("/idp/userinfo", text),
        get("/users/me", `${text}x`),
        fetch(`${issuer}/idp/token?${asked}`, form),
        fetch(`${issuer}/idp/token`, {
          ...form,
          headers: { authorization: `Basic ${btoa(`${app.clientId}:${text}`)}` },
        }),
        fetch(`${issuer}/idp/authorize?${asked}`),
        fetch(`${issuer}/nowhere/${encodeURIComponent(text)}?${asked}`),
        fetch(`${issuer}/v1/chat/completions`, { ...json, body: `{"messages": "${text}` }),
        fetch(`${issuer}/idp/apps`, { ...json, body: JSON.stringify({ name: text }) }),
      ]);
      for (const { status } of answers) expect(status).toBeLessThan(500);
    }
    expect(
      server
        .said()
        .split("\n")
        .filter((line) => line.includes('"request refused"')).length,
      "it does log",
    ).toBeGreaterThan(1);
    expect(findIn(Buffer.from(server.said()))).toEqual([]);
  });
});

describe("a secret that is retired", () => {
  const isActive = async (token: string) => {
    const answer = await fetch(`${place.issuer}/idp/token/introspect`, {
      method: "POST",
      body: new URLSearchParams({ token }),
    });
    return ((await answer.json()) as { active: boolean }).active;
  };

  const restartWith = async (...given: string[]) => {
    server.signal("SIGTERM");
    expect((await server.ended).code).toBe(0);
    server = await place.start({ env: { INNKEEPER_SECRET: given.join(" ") } });
  };

  it("[R14] opens what it sealed beside its successor, and nothing from the first answer without it", async () => {
    const first = tokens;
    const stranger = createVisitor(place.issuer, "nobody", "");
    const form = await stranger.browser.open("/sign-in");
    const submit = async () => (await stranger.browser.submit(form, "/idp/login", { login: "nobody" })).status;
    await restartWith(secrets.now, secrets.old);
    expect(await isActive(first.access_token)).toBe(true);
    expect((await get("/v1/models", first.access_token)).status).toBe(200);
    const second = await app.refresh(first.refresh_token);
    expect(second.error).toBeUndefined();
    expect(await submit(), "only the name is wrong").toBe(400);

    const keySet = async () => (await fetch(`${place.issuer}/.well-known/jwks.json`)).text();
    const keys = await keySet();
    await restartWith(secrets.now);
    expect((await get("/v1/models", first.access_token)).status).toBe(401);
    expect((await get("/idp/userinfo", first.access_token)).status).toBe(401);
    expect(await isActive(first.access_token)).toBe(false);
    expect((await app.refresh(first.refresh_token)).error).toBe("invalid_grant");
    expect(await submit()).toBe(403);
    // What the successor sealed lives on, what was never sealed too, and ID tokens of before can still be checked.
    expect(await isActive(second.access_token)).toBe(true);
    expect((await get("/users/me", key)).status).toBe(200);
    expect(await keySet()).toBe(keys);
  });
});
