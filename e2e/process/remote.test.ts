import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, redirectUri, registerApp } from "../platform/app.ts";
import { openPlace, type Place } from "../platform/place.ts";
import { openTerminal, type Terminal } from "../platform/terminal.ts";
import { createVisitor } from "../platform/visitor.ts";

const password = "tulips in the attic 4";
const withinASecond = { timeout: 1000, interval: 20 };

interface Page {
  total: number;
  items: Record<string, unknown>[];
}

let place: Place;
let maya: Terminal;
let storyteller: App;

beforeAll(async () => {
  place = await openPlace();
  for (const name of ["maya", "kit"]) {
    const user = ["--username", name, "--email", `${name}@fennick.example`, "--password", password];
    await place.command("users", "create", ...user, "--credit", "5.00");
  }
  await place.start();
  storyteller = await registerApp(place, "kit");
  maya = await openTerminal();
});

afterAll(async () => {
  await maya.close();
  await place.close();
});

const visitor = () => createVisitor(place.issuer, "maya", password);
const profile = async () => JSON.parse(await readFile(maya.profiles, "utf8")).profiles[new URL(place.issuer).host];
const userinfo = async (token: string) =>
  (await fetch(`${place.issuer}/idp/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status;

describe("innkeeper login", () => {
  it("[R92] signs in through the browser of this machine, says so in both places, and shows no token", async () => {
    const { ended, page, text } = await maya.login(place.issuer, visitor());
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.stdout).toContain(`Signed in at ${place.issuer} as maya`);
    expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(text).toContain("<h1>You are signed in</h1>");
    const { accessToken, refreshToken } = await profile();
    for (const token of [accessToken, refreshToken]) expect(ended.stdout + ended.stderr + text).not.toContain(token);
  });

  it("[R93] keeps what it got in a file that nobody else can read, in a folder of its own", async () => {
    expect((await stat(maya.profiles)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(maya.profiles))).mode & 0o777).toBe(0o700);
  });

  it("says who is signed in, where, and what the sign-in may do", async () => {
    expect(await maya.ask("whoami")).toMatchObject({
      issuer: place.issuer,
      username: "maya",
      email: "maya@fennick.example",
      balance: "5.00",
      by: "tokens",
      scope: expect.stringContaining("apps:write"),
    });
    const { stdout } = await maya.run(["whoami"]);
    expect(stdout).toMatch(/^user +maya \(usr_\w+\)$/m);
  });

  it("[R92] ends the older sign-in when the same person signs in again", async () => {
    const { accessToken } = await profile();
    expect(await userinfo(accessToken)).toBe(200);
    expect((await maya.login(place.issuer, visitor())).ended.code).toBe(0);
    await expect.poll(() => userinfo(accessToken), withinASecond).toBe(401);
    expect((await maya.run(["whoami"])).code).toBe(0);
  });
});

describe("innkeeper apps", () => {
  const create = ["apps", "create", "--name", "Fieldnotes", "--redirect-uri", redirectUri];

  it("[R94] registers, shows, changes and lists an app", async () => {
    const made = await maya.ask(...create, "--unlisted", "--budget", "5.00/month", "--description", "Notes");
    expect(made).toMatchObject({ name: "Fieldnotes", client_secret: expect.stringMatching(/^csc_/), public: false });
    const shown = await maya.ask("apps", "show", "fieldnotes");
    expect(shown).toMatchObject({ app_id: made.app_id, role: "owner", budget_proposal: { limit: "5.00" } });
    expect(shown).not.toHaveProperty("client_secret");
    const changed = await maya.ask("apps", "update", "Fieldnotes", "--description", "", "--refresh-days", "7");
    expect(changed).toMatchObject({ description: null, refresh_token_lifetime_days: 7, name: "Fieldnotes" });
    const own = await maya.ask<Page>("apps", "list");
    expect(own.items.map(({ name }) => name)).toEqual(["Fieldnotes"]);
    const all = await maya.ask<Page>("apps", "list", "--all", "--search", "story");
    expect(all.items.map(({ name }) => name)).toEqual(["Storyteller"]);
    const { stdout } = await maya.run(["apps", "list"]);
    expect(stdout).toMatch(/^APP +NAME +YOU ARE .*\napp_\w+ +Fieldnotes +owner +confidential/);
  });

  it("[R94] rotates a secret with overlap, lists what is good, and kills one at once", async () => {
    const rotated = await maya.ask("apps", "rotate-secret", "Fieldnotes", "--overlap", "12h");
    expect(rotated.client_secret).toMatch(/^csc_/);
    const { secrets } = await maya.ask<{ secrets: { secret_id: string; expires_at: string | null }[] }>(
      "apps",
      "secrets",
      "Fieldnotes",
    );
    expect(secrets).toHaveLength(2);
    const old = secrets.find(({ expires_at }) => expires_at !== null)!;
    expect(Date.parse(old.expires_at!) - Date.now()).toBeGreaterThan(11 * 3_600_000);
    const left = await maya.ask<{ secrets: object[] }>("apps", "secrets", "Fieldnotes", "--kill", old.secret_id);
    expect(left.secrets).toHaveLength(1);
  });

  it("[R94] shares an app, lists whom with, and takes it back", async () => {
    const shared = await maya.ask("apps", "share", "Fieldnotes", "kit", "--role", "manager");
    expect(shared).toMatchObject({ shared_to_username: "kit", role: "manager" });
    const { shares } = await maya.ask<{ shares: object[] }>("apps", "shares", "Fieldnotes");
    expect(shares).toMatchObject([{ username: "kit", role: "manager" }]);
    await maya.ask("apps", "unshare", "Fieldnotes", "Kit");
    expect(await maya.ask("apps", "shares", "Fieldnotes")).toMatchObject({ shares: [] });
    const again = await maya.run(["apps", "unshare", "Fieldnotes", "kit"]);
    expect(again).toMatchObject({ code: 1, stdout: "", stderr: 'The app is not shared with "kit".\n' });
  });

  it("[R94] shows the platform's words when it refuses, one line for each field", async () => {
    const taken = await maya.run(create);
    expect(taken).toMatchObject({ code: 1, stdout: "", stderr: "An application with this name already exists\n" });
    const wrong = await maya.run(["apps", "create", "--name", "x", "--redirect-uri", "http://evil.example/"]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/^name: A name has 3 to 64 characters$/m);
    expect(wrong.stderr).toMatch(/^redirect_uris\.0: \S/m);
    const nobodys = await maya.run(["apps", "show", "app_01jd0000000000000000000000"]);
    expect(nobodys).toMatchObject({ code: 1, stderr: "Application not found\n" });
    expect((await maya.run(["apps", "show", "Storyteller"])).stderr).toBe('You have no app "Storyteller".\n');
  });

  it("[R94] deactivates and activates an app, and deletes it only when it is said twice", async () => {
    const { app_id: id } = await maya.ask("apps", "deactivate", "Fieldnotes");
    expect((await maya.ask<Page>("apps", "list")).items).toEqual([]);
    expect(await maya.ask("apps", "activate", String(id))).toMatchObject({ active: true });
    const unsure = await maya.run(["apps", "delete", "Fieldnotes"]);
    expect(unsure).toMatchObject({ code: 1, stderr: "Nothing was deleted. Without a terminal, --yes says it.\n" });
    expect(await maya.ask("apps", "delete", "Fieldnotes", "--yes")).toEqual({ app_id: id, deleted: true });
    expect((await maya.run(["apps", "show", String(id)])).stderr).toBe("Application not found\n");
  });
});

describe("innkeeper authorizations", () => {
  it("[R95] lists what is allowed and ends it: the app's token is dead within a second", async () => {
    const answer = await visitor().answer(storyteller.authorization());
    const { access_token: token } = await storyteller.redeem(answer);
    const { items } = await maya.ask<Page>("authorizations", "list");
    const names = items.map(({ app_name }) => app_name);
    expect(names.sort()).toEqual(["Innkeeper command line", "Storyteller"]);
    const { app_id: id } = items.find(({ app_name }) => app_name === "Storyteller")!;
    expect(await maya.ask("authorizations", "revoke", String(id))).toEqual({ app_id: id, revoked: true });
    await expect.poll(() => userinfo(token), withinASecond).toBe(401);
    const again = await maya.run(["authorizations", "revoke", String(id)]);
    expect(again).toMatchObject({ code: 1, stderr: "Authorization not found\n" });
  });
});

describe("innkeeper keys and sessions", () => {
  it("[R95] makes a key with a limit, which a script uses without a profile, and revokes it", async () => {
    const key = await maya.ask("keys", "create", "--name", "Night job", "--scope", "account:read", "--limit", "2.00");
    expect(key).toMatchObject({
      name: "Night job",
      scopes: ["account:read"],
      caps: [{ period: "total", limit: "2.00" }],
    });
    const env = { INNKEEPER_TOKEN: String(key.key), XDG_CONFIG_HOME: "/nowhere" };
    const script = await maya.run(["whoami", "--issuer", place.issuer, "--json"], env);
    expect(JSON.parse(script.stdout)).toMatchObject({ username: "maya", by: "key", profile: null });
    const astray = await maya.run(["whoami"], env);
    expect(astray).toMatchObject({
      code: 2,
      stderr: "INNKEEPER_TOKEN needs --issuer or INNKEEPER_ISSUER beside it.\n",
    });
    const { items } = await maya.ask<Page>("keys", "list");
    expect(items.map(({ name }) => name)).toEqual(["Night job"]);
    await maya.ask("keys", "revoke", String(key.key_id));
    await expect
      .poll(async () => (await maya.run(["whoami", "--issuer", place.issuer], env)).stderr, { timeout: 5000 })
      .toMatch(/^Authorization has been revoked\b.*\n$/);
  });

  it("[R95] lists the browsers that are signed in, and signs them out", async () => {
    const { browser } = visitor();
    await browser.submit(await browser.open("/idp/login"), "/idp/login", { login: "maya", password });
    const before = await maya.ask<Page>("sessions", "list");
    expect(before.items.length).toBeGreaterThan(0);
    await maya.ask("sessions", "revoke", String(before.items[0]!.session_id));
    expect((await maya.ask<Page>("sessions", "list")).items).toHaveLength(before.items.length - 1);
    await maya.ask("sessions", "revoke", "--all");
    expect((await maya.ask<Page>("sessions", "list")).items).toEqual([]);
    expect((await browser.open("/account/connected")).location?.pathname).toBe("/idp/login");
    expect((await maya.run(["whoami"])).code).toBe(0);
  });
});

describe("innkeeper logout", () => {
  it("[R92] ends the sign-in at the platform, forgets it here, and says so when there is none", async () => {
    const { accessToken } = await profile();
    expect(await userinfo(accessToken)).toBe(200);
    expect(await maya.ask("logout")).toMatchObject({ signed_out: true, issuer: place.issuer });
    await expect.poll(() => userinfo(accessToken), withinASecond).toBe(401);
    expect(JSON.parse(await readFile(maya.profiles, "utf8"))).toEqual({ current: null, profiles: {} });
    const nobody = "You are not signed in. Run: innkeeper login --issuer https://…\n";
    for (const args of [["whoami"], ["apps", "list"], ["logout"]]) {
      expect(await maya.run(args)).toMatchObject({ code: 1, stdout: "", stderr: nobody });
    }
  });
});
