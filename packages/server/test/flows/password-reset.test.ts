import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findUserByLogin, listSecurityEvents } from "../../src/people/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { type Mailbox, openMailbox, proveEmail } from "./mailbox.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

const address = "maya@fennick.example";
const askForm = "/reset-password";
const newForm = "/reset-password/new";
const fresh = "seven herons over the weir";

let box: Mailbox;
let platform: Storyteller;
beforeEach(async () => {
  box = await openMailbox();
  platform = await openStoryteller({}, { file: box.file });
  await proveEmail(platform, platform.maya.id, address);
});
afterEach(async () => {
  await platform.close();
  await box.close();
});

const ask = async (browser: Browser, email = address): Promise<Page> =>
  browser.submit(await browser.open(askForm), askForm, { email });
const signIn = async (browser: Browser, secret: string) =>
  browser.submit(await browser.open(signInForm), signInForm, { login: "maya", password: secret });

describe("a forgotten password", () => {
  it("[V10] is replaced by a mailed code: all sessions end, what apps were allowed stays, and the owner is told", async () => {
    const elsewhere = platform.browser();
    const tokens = await platform.redeem(await platform.allow(elsewhere, { scope: "openid" }));
    const browser = platform.browser();
    const door = await browser.open(signInForm);
    expect(door.text).toContain('href="/reset-password"');
    const page = await ask(browser);
    const code = await box.code(platform, address);
    const done = await browser.submit(page, newForm, { code, password: fresh });
    expect(done.text).toContain("Your password is changed");
    // It signs nobody in, here or anywhere.
    expect((await browser.open("/account/profile")).status).toBe(303);
    expect((await elsewhere.open("/account/profile")).status).toBe(303);
    expect((await signIn(browser, password)).status).toBe(400);
    expect((await signIn(browser, fresh)).status).toBe(303);
    const bearer = { headers: { authorization: `Bearer ${tokens.access_token}` } };
    expect((await platform.fetch("/idp/userinfo", bearer)).status).toBe(200);
    expect((await box.letters(platform, address)).map(({ subject }) => subject)).toContain(
      "Your password at Acme was changed",
    );
    const events = await listSecurityEvents(platform.ctx, { userId: platform.maya.id, limit: 10 });
    expect(events.map(({ kind }) => kind)).toContain("password_changed");
    // The code is used up, and so is every other one.
    expect((await browser.submit(page, newForm, { code, password: `${fresh} too` })).status).toBe(400);
  });

  it("[V15] makes every browser a new one, but for that in which it is changed", async () => {
    const told = async () => {
      const events = await listSecurityEvents(platform.ctx, { userId: platform.maya.id, limit: 50 });
      return events.filter(({ kind }) => kind === "new_device").length;
    };
    const [own, thief, elsewhere] = [platform.browser(), platform.browser(), platform.browser()];
    platform.clock.advance(3_600_000);
    for (const each of [own, thief]) await signIn(each, password);
    const before = await told();
    const page = await own.open("/account/security/password");
    await own.submit(page, "/account/security/password", { current: password, password: fresh });
    own.cookies.delete("__Host-ik_session");
    await signIn(own, fresh);
    expect(await told()).toBe(before);
    await signIn(thief, fresh);
    expect(await told()).toBe(before + 1);
    const asked = await ask(elsewhere);
    await elsewhere.submit(asked, newForm, { code: await box.code(platform, address), password: `${fresh} too` });
    await signIn(own, `${fresh} too`);
    expect(await told()).toBe(before + 2);
  });

  it("ends the codes that were under way beside it", async () => {
    const [one, two] = [platform.browser(), platform.browser()];
    const first = await ask(one);
    const code = await box.code(platform, address);
    const second = await ask(two);
    expect(
      (await two.submit(second, newForm, { code: await box.code(platform, address), password: fresh })).status,
    ).toBe(200);
    const late = await one.submit(first, newForm, { code, password: "another sentence of mine" });
    expect(late.text).toContain("cannot be used any more");
    expect((await signIn(one, fresh)).status).toBe(303);
  });

  it("[V05] gives the same pages for an address that nobody has proven, and no mail", async () => {
    const known = await ask(platform.browser());
    const browser = platform.browser();
    const nobody = await ask(browser, "nobody@fennick.example");
    const plain = ({ text }: Page, email: string) =>
      text.replaceAll(email, "ADDRESS").replace(/name="(?:csrf|code_id)" value="[^"]*"/g, "");
    expect(plain(nobody, "nobody@fennick.example")).toBe(plain(known, address));
    expect(await box.letters(platform)).toHaveLength(1);
    const tried = await browser.submit(nobody, newForm, { code: "123456", password: fresh });
    expect(tried.status).toBe(400);
    expect(tried.text).toContain("This is not the code");
  });

  it.each([
    ["missing", "", "Choose a password"],
    ["short", "short", "12 characters"],
    ["common", "passwordpassword", "every list"],
    ["personal", "maya@fennick.example1", "every list"],
    ["endless", "x".repeat(300), "256 characters"],
  ])("keeps its old password and its code when the new one is %s", async (_, bad, words) => {
    const browser = platform.browser();
    const page = await ask(browser);
    const code = await box.code(platform, address);
    const before = await everyRow(platform.ctx);
    const refused = await browser.submit(page, newForm, { code, password: bad });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(words);
    expect(refused.text).not.toMatch(/value="x{300}|value="short"|passwordpassword/);
    expect(await everyRow(platform.ctx)).toEqual(before);
    expect((await browser.submit(refused, newForm, { code, password: fresh })).status).toBe(200);
  });

  it("changes nothing for foreign forms, wrong codes and other browsers", async () => {
    const browser = platform.browser();
    const page = await ask(browser);
    const code = await box.code(platform, address);
    const hash = (await findUserByLogin(platform.ctx, "maya"))!.passwordHash;
    const other = platform.browser();
    const theirs = await ask(other, "nobody@fennick.example");
    const codeId = /name="code_id" value="([^"]+)"/.exec(page.text)![1]!;
    const wrong = code === "123456" ? "654321" : "123456";
    expect((await other.submit(theirs, newForm, { code, code_id: codeId, password: fresh })).status).toBe(400);
    expect((await browser.submit(page, newForm, { code, password: fresh, csrf: "x" })).status).toBe(403);
    expect((await browser.submit(page, newForm, { code: wrong, password: fresh })).status).toBe(400);
    expect(
      (await browser.submit(page, newForm, { code, password: fresh }, { "sec-fetch-site": "cross-site" })).status,
    ).toBe(403);
    // A code to sign in sets no password.
    const door = await browser.submit(await browser.open("/idp/login/email"), "/idp/login/email", { email: address });
    const signInId = /name="code_id" value="([^"]+)"/.exec(door.text)![1]!;
    const signInCode = await box.code(platform, address);
    const crossed = { code: signInCode, code_id: signInId, password: fresh };
    expect((await browser.submit(page, newForm, crossed)).status).toBe(400);
    expect((await findUserByLogin(platform.ctx, "maya"))!.passwordHash).toBe(hash);
  });

  it("is nobody's business where there is no mail", async () => {
    const silent = await openStoryteller();
    expect((await silent.fetch(askForm, { headers: { accept: "text/html" } })).status).toBe(404);
    expect((await silent.fetch(newForm, { method: "POST", headers: { accept: "text/html" } })).status).toBe(404);
    await silent.close();
  });
});

describe("changing the password", () => {
  const path = "/account/security/password";

  it("[V10] asks for the present one, signs everybody else out, keeps this session and what apps were allowed", async () => {
    const [browser, elsewhere] = [platform.browser(), platform.browser()];
    await platform.signIn(elsewhere, "/account/profile");
    const page = await platform.signIn(browser, path);
    const refused = await browser.submit(page, path, { current: "not mine", password: fresh });
    expect(refused.text).toContain("This is not your present password");
    const done = await browser.follow(await browser.submit(page, path, { current: password, password: fresh }));
    expect(done.text).toContain("Your password is changed");
    expect((await browser.open("/account/profile")).status).toBe(200);
    expect((await elsewhere.open("/account/profile")).status).toBe(303);
    expect((await signIn(elsewhere, fresh)).status).toBe(303);
    expect((await box.letters(platform, address)).map(({ subject }) => subject)).toContain(
      "Your password at Acme was changed",
    );
  });

  it("refuses what everybody can guess, forged forms, and guessing the present one", async () => {
    const browser = platform.browser();
    const page = await platform.signIn(browser, path);
    const hash = (await findUserByLogin(platform.ctx, "maya"))!.passwordHash;
    for (const bad of ["", "short", "passwordpassword", "maya@fennick.example1"]) {
      expect((await browser.submit(page, path, { current: password, password: bad })).status).toBe(400);
    }
    expect((await browser.submit(page, path, { current: password, password: fresh, csrf: "x" })).status).toBe(403);
    const statuses = [];
    for (let guess = 0; guess < 8; guess++) {
      statuses.push((await browser.submit(page, path, { current: `guess ${guess}`, password: fresh })).status);
    }
    expect(statuses.slice(-1)).toEqual([429]);
    expect((await findUserByLogin(platform.ctx, "maya"))!.passwordHash).toBe(hash);
    // The owner signs in elsewhere all the same.
    expect((await signIn(platform.browser(), password)).status).toBe(303);
  });
});
