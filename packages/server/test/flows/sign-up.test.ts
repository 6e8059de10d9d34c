import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signUp } from "../../src/accounts/index.ts";
import { createPasswordHasher } from "../../src/kernel/password.ts";
import { query } from "../../src/store/index.ts";
import { openStoryteller, type Storyteller, stored } from "./storyteller.ts";

const form = { name: "Noor Haddad", username: "noor", email: "noor@fennick.example", password: "a key for every room" };

let platform: Storyteller;
beforeEach(async () => {
  platform = await openStoryteller({}, { file: { signup: { credit: "5.00" } } });
});
afterEach(() => platform.close());

describe("signing up", () => {
  it("opens an account with a wallet, signs in, and goes on to the app that asked", async () => {
    const browser = platform.browser();
    const door = await browser.follow(await browser.open(platform.request({ scope: "openid gateway:access" })));
    const path = /href="(\/sign-up\?request=[^"]+)"/.exec(door.text)![1]!;
    const page = await browser.open(path);
    const consent = await browser.follow(await browser.submit(page, "/sign-up", form));
    expect(consent.url.pathname).toBe("/idp/authorize/consent");
    expect(consent.text).toContain("$5.00 left");
    expect(consent.text).toContain("noor@fennick.example");
  });

  it("[R52] refuses common passwords, short ones, and ones that everybody can guess", async () => {
    const before = await stored(platform);
    for (const password of ["passwordpassword", "Password1234!", "short", "noor@fennick.example1"]) {
      const browser = platform.browser();
      const refused = await browser.submit(await browser.open("/sign-up"), "/sign-up", { ...form, password });
      expect(refused.status).toBe(400);
      expect(refused.title).toMatch(/^Error:/);
      expect(refused.text).not.toContain(password);
      expect(refused.text).toContain("Noor Haddad");
    }
    expect(await stored(platform)).toBe(before);
  });

  it("opens one account when the button is pressed twice, and both answers go on signed in", async () => {
    const browser = platform.browser();
    const page = await browser.open("/sign-up");
    const pressed = await Promise.all([1, 2, 3].map(() => browser.submit(page, "/sign-up", form)));
    expect(pressed.map(({ status, location }) => [status, location?.pathname])).toEqual(
      Array(3).fill([303, "/account/connected"]),
    );
    expect((await browser.follow(pressed[2]!)).url.pathname).toBe("/account/connected");
    expect((await browser.submit(page, "/sign-up", form)).status).toBe(303);
    const wallets = await query(platform.ctx, (db) =>
      db
        .selectFrom("members")
        .innerJoin("users", "users.id", "members.user_id")
        .innerJoin("wallets", "wallets.id", "members.workspace_id")
        .select("balance_micros")
        .where("users.username_key", "=", form.username),
    );
    expect(wallets).toEqual([{ balance_micros: 5_000_000 }]);
  });

  it("lets nobody in by the form of somebody else, nor by another password, nor later", async () => {
    const browser = platform.browser();
    const page = await browser.open("/sign-up");
    expect((await browser.submit(page, "/sign-up", form)).status).toBe(303);
    browser.cookies.delete("__Host-ik_session");
    const stranger = platform.browser();
    const strange = await stranger.submit(await stranger.open("/sign-up"), "/sign-up", form);
    const wrong = await browser.submit(page, "/sign-up", { ...form, password: "a key for every other room" });
    platform.clock.advance(600_000);
    const late = await browser.submit(await browser.open("/sign-up"), "/sign-up", form);
    for (const refused of [strange, wrong, late]) {
      expect([refused.status, refused.text.includes("Somebody else")]).toEqual([400, true]);
    }
    expect(stranger.cookies.has("__Host-ik_session")).toBe(false);
    expect(browser.cookies.has("__Host-ik_session")).toBe(false);
    const maya = { ...form, username: "maya", password: "tulips in the attic 4" };
    expect((await browser.submit(await browser.open("/sign-up"), "/sign-up", maya)).status).toBe(400);
  });

  it.each([
    ["username", "maya", "Somebody else"],
    ["username", "MAYA", "Somebody else"],
    ["username", "a b", "Use 3 to 32 letters"],
    ["email", "nobody", "Write an address"],
    ["name", "", "Write the name"],
    ["name", "Acme\u202e", "on one line"],
    ["name", "Acme\nverified", "on one line"],
  ])("keeps what was written when the %s %j cannot be", async (field, value, words) => {
    const browser = platform.browser();
    const before = await stored(platform);
    const refused = await browser.submit(await browser.open("/sign-up"), "/sign-up", { ...form, [field]: value });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(words);
    expect(await stored(platform)).toBe(before);
  });

  it.each(["admin", "Ad-Min", "no.reply", "ＡＣＭＥ", "acme_support"])(
    "[T21] gives nobody the name %j, which whoever runs the platform has",
    async (username) => {
      const before = await stored(platform);
      const browser = platform.browser();
      const refused = await browser.submit(await browser.open("/sign-up"), "/sign-up", { ...form, username });
      expect([refused.status, await stored(platform)]).toEqual([400, before]);
      expect(refused.text).toContain("kept for the people who run this platform");
    },
  );

  it("[T21] lets the operator give such a name", async () => {
    const hasher = createPasswordHasher({ random: platform.ctx.random, memory: 64, passes: 1 });
    const account = { ...form, displayName: "Support", username: "support" };
    expect(await signUp(platform.ctx, hasher, account)).toEqual({ ok: false, faults: { username: "reserved" } });
    expect(await signUp(platform.ctx, hasher, account, { mayBeReserved: true })).toMatchObject({ ok: true });
  });

  it("[H13] judges an address after normalising it, and an unverified one proves and takes nothing", async () => {
    const browser = platform.browser();
    const taken = { ...form, email: "maya＠FENNICK.example" };
    const done = await browser.submit(await browser.open("/sign-up"), "/sign-up", taken);
    expect(done.status).toBe(303);
    const profile = (await browser.open("/account/profile")).text;
    expect(profile).toContain("Not confirmed");
    expect(profile).toContain("maya@FENNICK.example");
    // Two people wrote down the same unverified address: neither signs in with it.
    const other = platform.browser();
    const refused = await other.submit(await other.open("/idp/login"), "/idp/login", {
      login: "maya@fennick.example",
      password: form.password,
    });
    expect(refused.status).toBe(400);
  });

  it("limits how many accounts one network opens", async () => {
    let last = 0;
    for (let round = 0; round < 40 && last !== 429; round++) {
      const browser = platform.browser();
      const page = await browser.open("/sign-up");
      last = (await browser.submit(page, "/sign-up", { ...form, username: `noor${round}`, password: "short" })).status;
    }
    expect(last).toBe(429);
  });
});
