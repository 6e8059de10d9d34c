import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPlace, type Place } from "../platform/place.ts";
import { openTerminal, type Terminal } from "../platform/terminal.ts";
import { createVisitor, type Visitor } from "../platform/visitor.ts";

const password = "tulips in the attic 4";

let place: Place;
let maya: Terminal;
let visitor: Visitor;

beforeAll(async () => {
  place = await openPlace();
  const user = ["--username", "maya", "--email", "maya@fennick.example", "--password", password];
  await place.command("users", "create", ...user);
  await place.start();
  maya = await openTerminal();
  visitor = createVisitor(place.issuer, "maya", password);
  const { browser } = visitor;
  await browser.submit(await browser.open("/idp/login"), "/idp/login", { login: "maya", password });
});

afterAll(async () => {
  await maya.close();
  await place.close();
});

/** On another device: the code that the terminal shows, and one button. */
async function answer(code: string, decision: string): Promise<void> {
  const { browser } = visitor;
  const typed = await browser.submit(await browser.open("/device"), "/device", { user_code: code });
  const page = await browser.follow(typed);
  expect(page.text).toContain("Innkeeper command line");
  await browser.follow(await browser.submit(page, "/device/consent", { decision }));
}

describe("where there is no browser", () => {
  it("[R99] a code from another device signs in, and shows no token", async () => {
    const begun = maya.begin(["login", "--issuer", place.issuer, "--json"], { DISPLAY: undefined });
    const [, code] = await begun.until(/^ {2}([A-Z]{4}-[A-Z]{4})$/m);
    await answer(code!, "allow");
    const ended = await begun.ended;
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ issuer: place.issuer, username: "maya" });
    const { profiles } = JSON.parse(await readFile(maya.profiles, "utf8"));
    const { refreshToken } = profiles[new URL(place.issuer).host];
    expect(ended.stdout + ended.stderr).not.toContain(refreshToken);
    expect(await maya.ask("whoami")).toMatchObject({ username: "maya", by: "tokens" });
    await maya.ask("logout");
  });

  it("[R99] over SSH, and wherever --device asks for it, the same; no is no", async () => {
    const begun = maya.begin(["login", "--issuer", place.issuer], { SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22" });
    const [, code] = await begun.until(/^ {2}([A-Z]{4}-[A-Z]{4})$/m);
    await answer(code!, "deny");
    const ended = await begun.ended;
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toMatch(/You did not allow it, so nobody is signed in\.\n$/);
    await maya.begin(["login", "--issuer", place.issuer, "--device"]).until(/^ {2}[A-Z]{4}-[A-Z]{4}$/m);
  });
});

describe("a hotkey", () => {
  const seed = randomBytes(32).toString("hex");
  let file: string;

  beforeAll(async () => {
    file = join(maya.home, "hotkey");
    await writeFile(file, seed, { mode: 0o600 });
  });

  /** The account API with the session of the browser, as the pages of the platform call it. */
  async function inPerson<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const cookie = [...visitor.browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, origin: place.issuer, "content-type": "application/json" };
    const response = await fetch(place.issuer + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  it("[R99] that nobody linked signs nobody in", async () => {
    const ended = await maya.run(["login", "--issuer", place.issuer, "--hotkey-file", file]);
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    expect((await maya.run(["whoami"])).code).toBe(1);
  });

  it("[R99] that is linked signs every call, and nothing else of it is kept", async () => {
    const { nonce, text } = await inPerson<{ nonce: string; text: string }>("GET", "/users/me/hotkeys/nonce");
    const textFile = join(maya.home, "text");
    await writeFile(textFile, text);
    const sign = ["sign", "--hotkey-file", file, "--text-file", textFile];
    const { hotkey, signature } = await maya.ask<{ hotkey: string; signature: string }>(...sign);
    const link = { hotkey, signature, nonce };
    const { hotkey_id: id } = await inPerson<{ hotkey_id: string }>("POST", "/users/me/hotkeys", link);

    expect(await maya.ask("login", "--issuer", place.issuer, "--hotkey-file", file)).toMatchObject({
      username: "maya",
    });
    const kept = await readFile(maya.profiles, "utf8");
    expect(kept).toContain(hotkey);
    expect(kept).not.toContain(seed);
    expect(kept).not.toMatch(/token/i);
    expect(await maya.ask("whoami")).toMatchObject({ username: "maya", by: "hotkey" });
    const app = ["apps", "create", "--name", "Fieldnotes", "--redirect-uri", "https://fieldnotes.example/callback"];
    expect(await maya.ask(...app)).toMatchObject({ name: "Fieldnotes", client_secret: expect.any(String) });
    expect(await maya.ask("apps", "list", "--search", "a&b=c d/é")).toMatchObject({ total: 0 });

    await inPerson("DELETE", `/users/me/hotkeys/${id}`);
    const gone = await maya.run(["whoami"]);
    expect([gone.code, gone.stdout]).toEqual([1, ""]);
    expect(await maya.ask("logout")).toMatchObject({ signed_out: true });
  });
});

describe("the operator's own rules", () => {
  it("let one app use client_credentials and do without PKCE, and never a public one", async () => {
    const create = ["apps", "create", "--owner", "maya", "--redirect-uri", "https://a.example/callback"];
    const { app_id: id } = await place.command(...create, "--name", "Robot");
    const { app_id: open } = await place.command(...create, "--name", "Open", "--public-client");
    const allowed = await place.command("apps", "allow-grant", String(id), "client_credentials");
    expect(allowed.grant_types).toEqual(["authorization_code", "refresh_token", "client_credentials"]);
    const withdrawn = await place.command("apps", "allow-grant", String(id), "client_credentials", "--withdraw");
    expect(withdrawn.grant_types).toEqual(["authorization_code", "refresh_token"]);
    expect(await place.command("apps", "pkce", String(id), "--waive")).toMatchObject({ require_pkce: false });
    expect(await place.command("apps", "pkce", String(id), "--require")).toMatchObject({ require_pkce: true });
    await expect(place.command("apps", "pkce", String(open), "--waive")).rejects.toThrow("always uses PKCE");
    await expect(place.command("apps", "allow-grant", String(open), "client_credentials")).rejects.toThrow("public");
    await expect(place.command("apps", "allow-grant", String(id), "password")).rejects.toThrow("There is no grant");
  });
});
