import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Gatekeeper, openGatekeeper, openImpostor } from "../platform/gatekeeper.ts";
import { freePort, openPlace, type Place } from "../platform/place.ts";
import { openTerminal, type Terminal } from "../platform/terminal.ts";
import { createVisitor } from "../platform/visitor.ts";

const password = "tulips in the attic 4";
const callback = /^http:\/\/127\.0\.0\.1:\d+\/callback$/;

let place: Place;
let gate: Gatekeeper;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  place = await openPlace();
  const user = ["--username", "maya", "--email", "maya@fennick.example", "--password", password];
  await place.command("users", "create", ...user);
  const behind = await freePort();
  await place.start({ port: behind });
  gate = await openGatekeeper(place.port, behind);
});

afterAll(async () => {
  await gate.close();
  await place.close();
});

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function terminal(): Promise<Terminal> {
  const made = await openTerminal();
  opened.push(made);
  return made;
}

const visitor = () => createVisitor(place.issuer, "maya", password);
const nothingKept = (maya: Terminal) => expect(readFile(maya.profiles)).rejects.toThrow("ENOENT");

async function signedIn(): Promise<Terminal> {
  const maya = await terminal();
  expect((await maya.login(place.issuer, visitor())).ended.code).toBe(0);
  return maya;
}

/** A sign-in that waits, with the address it opened. */
async function waiting(maya: Terminal) {
  const begun = maya.begin(["login", "--issuer", place.issuer]);
  const [, address] = await begun.until(/^ {2}(http\S+)\n/m);
  return { begun, asked: new URL(address!) };
}

describe("the browser's answer", () => {
  it("[R96] is asked for with PKCE, state and nonce, new each time, to a port of this machine", async () => {
    const maya = await terminal();
    const first = await waiting(maya);
    const second = await waiting(maya);
    const [one, two] = [first, second].map(({ asked }) => Object.fromEntries(asked.searchParams));
    expect(one).toMatchObject({ response_type: "code", client_id: "innkeeper-cli", code_challenge_method: "S256" });
    expect(one!.redirect_uri).toMatch(callback);
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(one![name]).toMatch(/^[\w-]{43}$/);
      expect(one![name]).not.toBe(two![name]);
    }
  });

  it("[R96] with another state, or none, or given twice, is shown the door, and the right one still counts", async () => {
    const maya = await terminal();
    const { begun, asked } = await waiting(maya);
    const answer = await visitor().answer(asked);
    const wrong = new URL(answer);
    wrong.searchParams.set("state", "somebody else's");
    const none = new URL(answer);
    none.searchParams.delete("state");
    const twice = new URL(answer);
    twice.searchParams.append("code", "another");
    for (const url of [wrong, none, twice]) expect((await fetch(url)).status).toBe(400);
    expect((await fetch(new URL("/", answer))).status).toBe(404);
    expect((await fetch(answer, { method: "POST" })).status).toBe(404);
    expect((await fetch(answer)).status).toBe(200);
    expect((await begun.ended).code).toBe(0);
  });

  it("[R96] of another issuer is thrown away (RFC 9207), and nothing is kept", async () => {
    for (const iss of ["https://evil.example", null]) {
      const maya = await terminal();
      const { begun, asked } = await waiting(maya);
      const answer = await visitor().answer(asked);
      if (iss) answer.searchParams.set("iss", iss);
      else answer.searchParams.delete("iss");
      const tokens = gate.seen.filter((line) => line === "POST /idp/token").length;
      expect((await fetch(answer)).status).toBe(400);
      expect(await begun.ended).toMatchObject({ code: 1, stdout: "" });
      expect((await begun.ended).stderr).toMatch(/The answer came from another platform\. Nothing was kept\.\n$/);
      expect(gate.seen.filter((line) => line === "POST /idp/token")).toHaveLength(tokens);
      await nothingKept(maya);
    }
  });

  it("[R96] may be no: then nobody is signed in", async () => {
    const maya = await terminal();
    const { begun, asked } = await waiting(maya);
    const page = await fetch(await visitor().answer(asked, "deny"));
    expect(await page.text()).toContain("You are not signed in");
    expect(await begun.ended).toMatchObject({ code: 1, stdout: "" });
    expect((await begun.ended).stderr).toMatch(/You did not allow it, so nobody is signed in\.\n$/);
    await nothingKept(maya);
  });
});

describe("a platform that is none", () => {
  const login = async (issuer: string) => {
    const maya = await terminal();
    const ended = await maya.run(["login", "--issuer", issuer]);
    await nothingKept(maya);
    return { code: ended.code, stdout: ended.stdout, stderr: ended.stderr };
  };

  it.each([
    ["no address", "acme", 2, /^"acme" is no issuer: it must begin with https:\/\//],
    ["plain http to elsewhere", "http://acme.example", 2, /is no issuer/],
    ["an address with a query", "https://acme.example/?a=b", 2, /is no issuer/],
    ["an address with a password", "https://maya:pw@acme.example", 2, /is no issuer/],
  ])("[R97] %s: one sentence", async (_what, issuer, code, sentence) => {
    const ended = await login(issuer);
    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(sentence) });
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
  });

  it("[R97] nobody there: one sentence", async () => {
    const issuer = `http://127.0.0.1:${await freePort()}`;
    expect(await login(issuer)).toEqual({
      code: 1,
      stdout: "",
      stderr: `${issuer} cannot be reached (ECONNREFUSED).\n`,
    });
  });

  it("[R97] another program there, one that says it is somebody else, one that leads elsewhere: one sentence each", async () => {
    const metadata = (origin: string) => ({
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: "http://evil.example/token",
      revocation_endpoint: `${origin}/revoke`,
    });
    const cases = [
      {
        answer: () => ({ body: { hello: "world" } }),
        says: /^There is no platform to sign in to at \S+ \(HTTP 200\)\.$/,
      },
      { answer: () => ({ status: 404 }), says: /^There is no platform to sign in to at \S+ \(HTTP 404\)\.$/ },
      {
        answer: () => ({ status: 302, headers: { location: place.issuer } }),
        says: /^There is no platform .*HTTP 302/,
      },
      {
        answer: () => ({ body: { ...metadata(place.issuer) } }),
        says: /^\S+ says that it is "\S+"\. Nothing was sent to either\.$/,
      },
      {
        answer: (_: string, origin: string) => ({ body: metadata(origin) }),
        says: /^The platform names no token_endpoint that could be trusted/,
      },
    ];
    for (const { answer, says } of cases) {
      const impostor = await openImpostor(answer);
      opened.push(impostor);
      const ended = await login(impostor.origin);
      expect(ended).toMatchObject({ code: 1, stdout: "" });
      expect(ended.stderr.trim()).toMatch(says);
      expect(impostor.seen).toEqual(["GET /.well-known/openid-configuration"]);
    }
  });
});

describe("tokens", () => {
  const rewrite = async (maya: Terminal, change: object) => {
    const all = JSON.parse(await readFile(maya.profiles, "utf8"));
    for (const profile of Object.values(all.profiles)) Object.assign(profile as object, change);
    await writeFile(maya.profiles, JSON.stringify(all));
    return JSON.parse(await readFile(maya.profiles, "utf8")).profiles[new URL(place.issuer).host];
  };
  const asked = () => gate.seen.filter((line) => line === "POST /idp/token").length;

  it("[R98] that end are refreshed once, however many commands want to", async () => {
    const maya = await signedIn();
    const before = await rewrite(maya, { expiresAt: Date.now() - 1 });
    const times = asked();
    const ended = await Promise.all(Array.from({ length: 4 }, () => maya.run(["whoami"])));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(asked() - times).toBe(1);
    const after = await rewrite(maya, {});
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    for (const { stdout, stderr } of ended) expect(stdout + stderr).not.toContain(after.accessToken);
    expect((await maya.run(["whoami"])).code).toBe(0);
    expect(asked() - times).toBe(1);
  });

  it("[R98] that this machine's clock holds for fresh are refreshed when the platform says no", async () => {
    const maya = await signedIn();
    await rewrite(maya, { accessToken: "ik_at_nothing" });
    expect((await maya.run(["whoami"])).code).toBe(0);
  });

  it("[R98] whose sign-in was ended elsewhere: one sentence, what to do", async () => {
    const maya = await signedIn();
    const { items } = await maya.ask<{ items: { app_id: string }[] }>("authorizations", "list");
    await maya.ask("authorizations", "revoke", items[0]!.app_id);
    const sentence = `Your sign-in at ${place.issuer} has ended. Run: innkeeper login --issuer ${place.issuer}\n`;
    await expect.poll(async () => (await maya.run(["whoami"])).stderr, { timeout: 10_000 }).toBe(sentence);
    const nobody = await maya.run(["logout"]);
    expect(nobody.code).toBe(0);
  });
});

describe("profiles", () => {
  it("[R93] that others could read are refused until they cannot", async () => {
    const maya = await signedIn();
    await chmod(maya.profiles, 0o640);
    for (const args of [["whoami"], ["apps", "list"], ["logout"], ["login", "--issuer", place.issuer]]) {
      const ended = await maya.run(args);
      expect([args, ended.code, ended.stdout]).toEqual([args, 1, ""]);
      expect(ended.stderr).toBe(`Others on this computer can read ${maya.profiles}. Run: chmod 600 ${maya.profiles}\n`);
    }
    await chmod(maya.profiles, 0o600);
    expect((await maya.run(["whoami"])).code).toBe(0);
  });

  it("that this program did not write are left as they are", async () => {
    const maya = await terminal();
    const file = join(maya.home, "mine.json");
    await writeFile(file, '{"profiles": {"x": {"kind": "tokens"}}}', { mode: 0o600 });
    const ended = await maya.run(["whoami"], { INNKEEPER_PROFILES: file });
    expect(ended).toMatchObject({
      code: 1,
      stderr: `${file} does not hold profiles. Move it away and sign in again.\n`,
    });
    expect(await readFile(file, "utf8")).toContain('"kind": "tokens"');
  });

  it("have names, belong to one platform each, and are chosen by name or issuer", async () => {
    const maya = await signedIn();
    expect((await maya.login(place.issuer, visitor(), ["--profile", "work"])).ended.code).toBe(0);
    expect(await maya.ask("whoami")).toMatchObject({ profile: "work" });
    const first = new URL(place.issuer).host;
    expect(await maya.ask("whoami", "--profile", first)).toMatchObject({ profile: first });
    expect(await maya.ask("whoami", "--issuer", `${place.issuer}/`)).toMatchObject({ profile: "work" });
    const cases: [string[], number, string][] = [
      [["whoami", "--profile", "none"], 1, 'There is no profile "none". Run: innkeeper login'],
      [["whoami", "--issuer", "https://other.example"], 1, "You are not signed in at https://other.example."],
      [["whoami", "--profile", "work", "--issuer", "https://other.example"], 2, 'The profile "work" is for'],
      [["login", "--profile", "work", "--issuer", "https://other.example"], 2, 'The profile "work" is for'],
      [["login", "--profile", "__proto__", "--issuer", place.issuer], 2, "The name of a profile begins with"],
    ];
    for (const [args, code, sentence] of cases) {
      const ended = await maya.run(args);
      expect([args, ended.code, ended.stderr.startsWith(sentence)]).toEqual([args, code, true]);
    }
    await maya.ask("logout", "--profile", "work");
    expect(await maya.ask("whoami")).toMatchObject({ profile: first });
  });
});

describe("what is typed wrong", () => {
  it.each([
    [["apps"]],
    [["apps", "create", "--name", "Fieldnotes"]],
    [["apps", "show"]],
    [["apps", "lisst"]],
    [["whoami", "--loud"]],
    [["apps", "list", "--page", "0"]],
    [["apps", "rotate-secret", "app_x", "--overlap", "soon"]],
    [["apps", "create", "--local", "--name", "Fieldnotes", "--redirect-uri", "https://a.example/"]],
    [["apps", "create", "--owner", "maya", "--profile", "x", "--name", "F", "--redirect-uri", "https://a.example/"]],
    [["keys", "list", "--local"]],
    [["keys", "list", "--user", "maya", "--page", "2"]],
    [["keys", "create", "--user", "maya", "--limit", "5", "--period", "decade"]],
    [["keys", "create", "--expires", "soon"]],
    [["keys", "create", "--expires", "2001-01-01"]],
    [["keys", "create", "--full", "--scope", "openid"]],
    [["sessions", "revoke"]],
    [["sessions", "revoke", "x", "--all"]],
    [["login"]],
    [["login", "--hotkey-file", "x", "--device", "--issuer", "https://a.example"]],
  ])("[R97] innkeeper %s: exit code 2, nothing on the answer's stream, no stack", async (args) => {
    const ended = await (await terminal()).run(args);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: "" });
    expect(ended.stderr).not.toBe("");
    expect(ended.stderr).not.toMatch(/^\s+at |node:internal/m);
  });

  it("help is no mistake", async () => {
    const maya = await terminal();
    for (const args of [["--help"], ["apps", "--help"], ["login", "--help"], ["help", "keys"]]) {
      const ended = await maya.run(args);
      expect([args, ended.code, ended.stderr]).toEqual([args, 0, ""]);
      expect(ended.stdout).toContain("Usage: innkeeper");
    }
  });
});
