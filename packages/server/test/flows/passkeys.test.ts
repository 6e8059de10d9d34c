import { Secret, TOTP } from "otpauth";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx, type Tx } from "../../src/context.ts";
import { createSealer } from "../../src/kernel/seal.ts";
import { enrolTotp, listPasskeys, setUserDisabled } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { createAuthenticator, type Deviation } from "../../src/testing/authenticator.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { issuer } from "../../src/testing/platform.ts";
import { signInByPassword } from "../hotkey-holder.ts";
import { addOnPage, enterByPasskey, optionsOf, passkeyRoom, withPasskey } from "../passkey-holder.ts";
import { answerOf, openStoryteller, type Storyteller, stored } from "./storyteller.ts";

const refusal = "That passkey opens no account here.";

let platform: Storyteller;
beforeEach(async () => {
  platform = await openStoryteller();
});
afterEach(() => platform.close());

async function signedIn(login: string): Promise<Browser> {
  const browser = platform.browser();
  await signInByPassword(browser, login);
  return browser;
}

const session = (browser: Browser) => browser.cookies.get("__Host-ik_session");

function expectRefused(browser: Browser, page: Page): void {
  expect([page.status, page.location, session(browser)]).toEqual([400, null, undefined]);
  expect(page.title).toMatch(/^Error: /);
  expect(page.text).toContain(refusal);
}

/** What an ID token says of how its user was recognised. */
async function claimsOf(answer: Page): Promise<Record<string, unknown>> {
  const { id_token: idToken } = await platform.redeem(answer);
  return JSON.parse(Buffer.from(String(idToken).split(".")[1]!, "base64url").toString());
}

describe("signing in with a passkey", () => {
  it.each([
    { synced: false, key: "hwk" },
    { synced: true, key: "swk" },
  ])("[W08] leads on to the app without a username, as two factors (synced: $synced)", async ({ synced, key }) => {
    const device = createAuthenticator({ synced });
    await withPasskey(platform, "maya", device);
    platform.clock.advance(60_000);
    const browser = platform.browser();
    const page = await browser.follow(await browser.open(platform.request({ scope: "openid" })));
    expect(page.text).toContain("to go on to");
    const consent = await browser.follow(await enterByPasskey(browser, device, {}, page));
    const answer = await browser.submit(consent, "/idp/authorize/consent", { decision: "allow" });
    expect(answerOf(answer).state).toBe("a state");
    expect(await claimsOf(answer)).toMatchObject({
      sub: platform.maya.id,
      amr: [key, "user", "mfa"],
      acr: "urn:innkeeper:acr:2",
    });
    expect(await listPasskeys(platform.ctx, platform.maya.id)).toMatchObject([{ lastUsedAt: platform.clock.now() }]);
  });

  it("leads back to the page of the account that asked for a fresh sign-in", async () => {
    const device = createAuthenticator();
    const browser = await withPasskey(platform, "maya", device);
    platform.clock.advance(31 * 60_000);
    const stale = await browser.open(`${passkeyRoom}?add=1`);
    expect(stale.text).not.toContain("data-options");
    const door = await browser.open(`/sign-in?next=${encodeURIComponent(`${passkeyRoom}?add=1`)}`);
    const before = session(browser);
    const back = await browser.follow(await enterByPasskey(browser, device, {}, door));
    expect(back.url.pathname + back.url.search).toBe(`${passkeyRoom}?add=1`);
    expect(optionsOf(back).excludeCredentials).toHaveLength(1);
    expect(session(browser)).not.toBe(before);
  });

  it("[W08] asks nobody with a second factor for another one", async () => {
    const device = createAuthenticator();
    await withPasskey(platform, "maya", device);
    await enrol(platform.maya.id);
    const browser = platform.browser();
    const page = await browser.follow(await enterByPasskey(browser, device));
    expect(page.url.pathname).toBe("/account/connected");
  });

  it("[W07][W02] gives the same answer to everything that is wrong, and changes nothing", async () => {
    const [device, kits, strange, removed] = Array.from({ length: 4 }, () => createAuthenticator());
    await withPasskey(platform, "maya", device!);
    await withPasskey(platform, "kit", kits!);
    const browser = await withPasskey(platform, "maya", removed!);
    const { id } = (await listPasskeys(platform.ctx, platform.maya.id))[1]!;
    await browser.submit(await browser.open(`${passkeyRoom}?remove=${id}`), `${passkeyRoom}/remove`);
    strange!.create({ challenge: "AAAA", user: { id: device!.keys[0]!.userHandle } });
    const other = await platform.browser().open("/sign-in");
    const attempts: [typeof device, Deviation][] = [
      [strange, {}],
      [removed, {}],
      [kits, { userHandle: device!.keys[0]!.userHandle }],
      [device, { origin: "https://id.acme.example.evil.example" }],
      [device, { rpId: "evil.example" }],
      [device, { verified: false }],
      [device, { signer: kits!.keys[0]! }],
      [device, { challenge: optionsOf(other).challenge }],
      [device, { counter: 0, challenge: "AAAA" }],
    ];
    const before = await stored(platform);
    for (const [authenticator, deviation] of attempts) {
      const stranger = platform.browser();
      expectRefused(stranger, await enterByPasskey(stranger, authenticator!, deviation));
    }
    expect(await stored(platform)).toEqual(before);
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, true));
    const last = platform.browser();
    expectRefused(last, await enterByPasskey(last, device!));
  });

  it("[W03] refuses what was sent before, and what was made in another browser", async () => {
    const device = createAuthenticator();
    await withPasskey(platform, "maya", device);
    const [browser, other] = [platform.browser(), platform.browser()];
    const page = await browser.open("/sign-in");
    const passkey = device.get(optionsOf(page));
    const sent = { auth_method: "passkey", passkey };
    expectRefused(other, await other.submit(await other.open("/sign-in"), "/idp/login", sent));
    expect((await browser.submit(page, "/idp/login", sent)).location?.pathname).toBe("/account/connected");
    browser.cookies.delete("__Host-ik_session");
    expectRefused(browser, await browser.submit(page, "/idp/login", sent));
    // The page that says so is good for another attempt.
    const again = await browser.submit(page, "/idp/login", sent);
    expect((await enterByPasskey(browser, device, {}, again)).location?.pathname).toBe("/account/connected");
  });

  it("[W05] writes down that a passkey was copied, and lets nobody in by it", async () => {
    const device = createAuthenticator();
    await withPasskey(platform, "maya", device);
    const first = platform.browser();
    expect((await enterByPasskey(first, device, { counter: 9 })).status).toBe(303);
    const copy = platform.browser();
    expectRefused(copy, await enterByPasskey(copy, device, { counter: 9 }));
    expect(await audit("passkey.counter_went_back")).toMatchObject([{ actor_id: "system" }]);
  });

  it("is limited for each peer", async () => {
    const device = createAuthenticator();
    await withPasskey(platform, "maya", device);
    const browser = platform.browser();
    const page = await browser.open("/sign-in");
    const sent = { auth_method: "passkey", passkey: "{}" };
    for (let attempt = 0; attempt < 100; attempt++) await browser.submit(page, "/idp/login", sent);
    const refused = await browser.submit(page, "/idp/login", sent);
    expect([refused.status, refused.text.includes("Too many attempts")]).toEqual([429, true]);
    platform.clock.advance(600_000);
    expect((await enterByPasskey(browser, device, {}, page)).status).toBe(303);
  });

  it("[W11] is offered hidden, by a script of ours and no other", async () => {
    const page = await platform.browser().open("/sign-in");
    expect(page.text).toMatch(/<form [^>]*id="passkey-form"[^>]* hidden/);
    const path = /<script src="([^"]+)" defer><\/script>/.exec(page.text)![1]!;
    expect(path).toMatch(/^\/assets\/passkey\.[\w-]{12}\.js$/);
    expect(page.headers.get("content-security-policy")).toContain(`script-src https://id.acme.example${path};`);
    expect(page.text).toContain('autocomplete="username webauthn"');
    const script = await platform.fetch(path);
    expect(script.headers.get("content-type")).toContain("text/javascript");
    expect((await platform.browser().open("/sign-up")).headers.get("content-security-policy")).not.toContain("script");
  });
});

describe("the passkeys of an account", () => {
  it("are added, told of, renamed and removed", async () => {
    const device = createAuthenticator();
    const browser = await signedIn("maya");
    expect((await browser.open(passkeyRoom)).text).toContain("You have no passkeys");
    const asked = optionsOf(await browser.open(`${passkeyRoom}?add=1`));
    expect(asked).toMatchObject({
      rp: { id: "id.acme.example", name: "Acme" },
      user: { id: Buffer.from(platform.maya.id).toString("base64url"), displayName: "maya" },
      attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      excludeCredentials: [],
    });
    const added = await addOnPage(browser, device);
    expect(added.text).toContain("iCloud Keychain is added.");
    const [passkey] = await listPasskeys(platform.ctx, platform.maya.id);
    const id = passkey!.id;

    const tray = await browser.open(`${passkeyRoom}?rename=${id}`);
    for (const name of [" ", "x".repeat(65), "two\nlines"]) {
      const refused = await browser.submit(tray, `${passkeyRoom}/rename`, { name });
      expect([refused.status, refused.text.includes("64 characters at most")]).toEqual([400, true]);
    }
    const renamed = await browser.follow(await browser.submit(tray, `${passkeyRoom}/rename`, { name: " <b>phone " }));
    expect(renamed.text).toContain("It is called &lt;b&gt;phone now.");

    const leaving = await browser.open(`${passkeyRoom}?remove=${id}`);
    const gone = await browser.follow(await browser.submit(leaving, `${passkeyRoom}/remove`));
    expect(gone.text).toContain("The passkey is removed.");
    expect(await listPasskeys(platform.ctx, platform.maya.id)).toEqual([]);
    expect((await audit("passkey.%")).map(({ action }) => action)).toEqual([
      "passkey.added",
      "passkey.renamed",
      "passkey.removed",
    ]);
    expect(await events()).toEqual([
      ["passkey_added", { name: "iCloud Keychain" }],
      ["passkey_removed", { name: "<b>phone" }],
    ]);
  });

  it("[W09] are added and removed by nobody whose sign-in is old", async () => {
    const device = createAuthenticator();
    const browser = await withPasskey(platform, "maya", device);
    const [{ id } = { id: "" }] = await listPasskeys(platform.ctx, platform.maya.id);
    const [adding, removing] = [
      await browser.open(`${passkeyRoom}?add=1`),
      await browser.open(`${passkeyRoom}?remove=${id}`),
    ];
    platform.clock.advance(30 * 60_000 + 1);
    const before = await stored(platform);
    const passkey = createAuthenticator().create(optionsOf(adding));
    for (const answer of [
      await browser.submit(adding, `${passkeyRoom}/add`, { passkey }),
      await browser.submit(removing, `${passkeyRoom}/remove`),
    ]) {
      expect([answer.status, answer.location?.pathname]).toEqual([303, "/idp/login"]);
    }
    expect(await stored(platform)).toEqual(before);
    const page = await browser.open(`${passkeyRoom}?remove=${id}`);
    expect(page.text).not.toContain(`action="${passkeyRoom}/remove"`);
  });

  it("[W02][W03] refuses what another session asked for, what was sent before, and what waited too long", async () => {
    const maya = await signedIn("maya");
    const elsewhere = await signedIn("maya");
    const kit = await signedIn("kit");
    const made = async (asks: Browser, sends: Browser, waits = 0) => {
      const passkey = createAuthenticator().create(optionsOf(await asks.open(`${passkeyRoom}?add=1`)));
      const page = await sends.open(`${passkeyRoom}?add=1`);
      platform.clock.advance(waits);
      return sends.submit(page, `${passkeyRoom}/add`, { passkey });
    };
    for (const page of [await made(maya, elsewhere), await made(maya, kit), await made(maya, maya, 300_000)]) {
      expect([page.status, page.text.includes("That passkey was not added")]).toEqual([400, true]);
    }
    expect(await listPasskeys(platform.ctx, platform.maya.id)).toEqual([]);
    const page = await maya.open(`${passkeyRoom}?add=1`);
    const passkey = createAuthenticator().create(optionsOf(page));
    expect((await maya.submit(page, `${passkeyRoom}/add`, { passkey })).status).toBe(303);
    expect((await maya.submit(page, `${passkeyRoom}/add`, { passkey })).status).toBe(400);
    expect(await listPasskeys(platform.ctx, platform.maya.id)).toHaveLength(1);
  });

  it("[H01] take no form of another origin, session or person", async () => {
    const device = createAuthenticator();
    const maya = await withPasskey(platform, "maya", device);
    const kit = await signedIn("kit");
    const [{ id } = { id: "" }] = await listPasskeys(platform.ctx, platform.maya.id);
    const page = await maya.open(`${passkeyRoom}?remove=${id}`);
    const cross = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await maya.submit(page, `${passkeyRoom}/remove`, {}, cross)).status).toBe(403);
    expect((await kit.submit(page, `${passkeyRoom}/remove`)).status).toBe(403);
    await addOnPage(kit, createAuthenticator());
    const [own] = await listPasskeys(platform.ctx, await kitId());
    const kits = await kit.open(`${passkeyRoom}?remove=${own!.id}`);
    await kit.submit(kits, `${passkeyRoom}/remove`, { passkey: id });
    const renaming = await kit.open(`${passkeyRoom}?rename=${own!.id}`);
    await kit.submit(renaming, `${passkeyRoom}/rename`, { passkey: id, name: "mine" });
    expect(await listPasskeys(platform.ctx, platform.maya.id)).toMatchObject([{ id, name: "iCloud Keychain" }]);
  });

  it("are counted among the ways to sign in, and the last of those stays", async () => {
    const device = createAuthenticator();
    const browser = await withPasskey(platform, "maya", device);
    const room = await browser.open("/account/security");
    expect(room.text).toMatch(/<h3>Passkeys<\/h3><p class="fine num">1 passkey<\/p>/);
    expect(room.text).toContain(`href="${passkeyRoom}"`);
    const [{ id } = { id: "" }] = await listPasskeys(platform.ctx, platform.maya.id);
    await inTx(platform.ctx, (tx) => forgetPassword(tx));
    const page = await browser.open(`${passkeyRoom}?remove=${id}`);
    const refused = await browser.submit(page, `${passkeyRoom}/remove`);
    expect([refused.status, refused.text.includes("This is your last way to sign in.")]).toEqual([400, true]);
    expect(await listPasskeys(platform.ctx, platform.maya.id)).toHaveLength(1);
    expect(await audit("passkey.removed")).toEqual([]);
  });

  it("[W06] end the sessions that were begun with one of their kind, but for the one in which it is removed", async () => {
    const [device, cloud] = [createAuthenticator(), createAuthenticator({ synced: true })];
    const byPassword = await withPasskey(platform, "maya", device);
    await addOnPage(byPassword, cloud);
    const [byDevice, byCloud] = [platform.browser(), platform.browser()];
    await enterByPasskey(byDevice, device);
    await enterByPasskey(byCloud, cloud);
    const [{ id } = { id: "" }] = await listPasskeys(platform.ctx, platform.maya.id);
    await byPassword.submit(await byPassword.open(`${passkeyRoom}?remove=${id}`), `${passkeyRoom}/remove`);
    const alive = async (browser: Browser) => (await browser.open(passkeyRoom)).status === 200;
    expect([await alive(byPassword), await alive(byDevice), await alive(byCloud)]).toEqual([true, false, true]);
  });
});

/** Whether the key is right is not asked here: only that there is a second factor. */
async function enrol(userId: string): Promise<void> {
  const { random } = platform.ctx;
  const secret = random.bytes(20);
  const totp = new TOTP({ secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) });
  const sealer = createSealer({ secrets: ["any secret will do in here"], issuer, epoch: "", random });
  const code = totp.generate({ timestamp: platform.clock.now() });
  const enrolled = await inTx(platform.ctx, (tx) => enrolTotp(tx, sealer, { userId, secret, code }));
  if (!enrolled.ok) throw new Error(enrolled.why);
}

/** As with an account that another provider vouched for. */
function forgetPassword(tx: Tx) {
  return query(tx, (db) =>
    db.updateTable("users").set({ password_hash: null }).where("username", "=", "maya").returning("id"),
  );
}

async function kitId(): Promise<string> {
  const rows = await query(platform.ctx, (db) => db.selectFrom("users").select("id").where("username", "=", "kit"));
  return rows[0]!.id;
}

function audit(action: string) {
  return query(platform.ctx, (db) =>
    db.selectFrom("audit_log").select(["action", "actor_id"]).where("action", "like", action).orderBy("id"),
  );
}

async function events(): Promise<[string, unknown][]> {
  const rows = await query(platform.ctx, (db) =>
    db.selectFrom("security_events").select(["kind", "detail"]).where("kind", "like", "passkey%").orderBy("id"),
  );
  return rows.map(({ kind, detail }) => [kind, JSON.parse(detail)]);
}
