import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { findUserByLogin, listSecurityEvents, setLocale } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { type Mailbox, openMailbox, proveEmail } from "./mailbox.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

const path = "/account/profile/email";
const sendForm = "/account/profile/email/send";
const confirmForm = "/account/profile/email/confirm";
const form = { name: "Noor Haddad", username: "noor", email: "noor@fennick.example", password: "a key for every room" };

let box: Mailbox;
let platform: Storyteller;
beforeEach(async () => {
  box = await openMailbox();
  platform = await openStoryteller({}, { file: box.file });
});
afterEach(async () => {
  await platform.close();
  await box.close();
});

const signUp = async (browser: Browser, more: Record<string, string> = {}) =>
  browser.follow(await browser.submit(await browser.open("/sign-up"), "/sign-up", { ...form, ...more }));
const rowOf = async (username: string) =>
  (await query(platform.ctx, (db) => db.selectFrom("users").selectAll().where("username_key", "=", username)))[0]!;
const subjects = async (to: string) => (await box.letters(platform, to)).map(({ subject }) => subject);

describe("an address", () => {
  it("[V08] is confirmed after sign-up by the code that was mailed, and signs in from then on", async () => {
    const browser = platform.browser();
    const page = await signUp(browser);
    expect(page.url.pathname).toBe(path);
    expect(page.text).toContain("A code is on its way to");
    expect(await subjects(form.email)).toEqual(["Confirm your address for Acme"]);
    const [letter] = await box.letters(platform, form.email);
    const code = await box.code(platform, form.email);
    // Nothing in an address of the mail opens anything.
    expect(letter!.text).toContain("https://id.acme.example/account/profile/email\n");
    expect(letter!.text.match(/https?:\S+/g)!.join()).not.toContain(code);
    expect((await findUserByLogin(platform.ctx, form.email)) === undefined).toBe(true);
    const done = await browser.follow(await browser.submit(page, confirmForm, { code }));
    expect(done.text).toContain("noor@fennick.example is confirmed.");
    expect((await findUserByLogin(platform.ctx, "NOOR@Fennick.Example"))!.user.username).toBe("noor");
  });

  it("waits with its code until it is confirmed: on the way to an app nobody is held up", async () => {
    const browser = platform.browser();
    const door = await browser.follow(await browser.open(platform.request({ scope: "openid" })));
    const signUpPath = /href="(\/sign-up\?request=[^"]+)"/.exec(door.text)![1]!;
    const consent = await browser.follow(await browser.submit(await browser.open(signUpPath), "/sign-up", form));
    expect(consent.url.pathname).toBe("/idp/authorize/consent");
    const page = await browser.open(path);
    const code = await box.code(platform, form.email);
    expect((await browser.submit(page, confirmForm, { code })).status).toBe(303);
    expect((await rowOf("noor")).email_verified_at).toBe(platform.clock.now());
  });

  it("[V13] is changed by whoever signed in a moment ago, once the new one is confirmed; the old one is told", async () => {
    await proveEmail(platform, platform.maya.id, "maya@fennick.example");
    const browser = platform.browser();
    const page = await platform.signIn(browser, path);
    const asked = await browser.follow(await browser.submit(page, sendForm, { email: "Maya@New.example" }));
    expect(asked.text).toContain("Maya@New.example");
    expect((await rowOf("maya")).email).toBe("maya@fennick.example");
    const code = await box.code(platform, "Maya@new.example");
    expect((await browser.submit(asked, confirmForm, { code })).status).toBe(303);
    expect(await rowOf("maya")).toMatchObject({ email: "Maya@New.example", email_key: "maya@new.example" });
    expect(await subjects("maya@fennick.example")).toEqual(["Your address at Acme was changed"]);
    const events = await listSecurityEvents(platform.ctx, { userId: platform.maya.id, limit: 10 });
    expect(events.map(({ kind }) => kind)).toContain("email_changed");
    // Codes to the former address are worth nothing, and so is the address.
    expect(await findUserByLogin(platform.ctx, "maya@fennick.example")).toBeUndefined();
  });

  it("[V14] ends what the former one signed in to, when it is changed, and nothing else", async () => {
    await proveEmail(platform, platform.maya.id, "maya@fennick.example");
    const [byMail, byPassword, browser] = [platform.browser(), platform.browser(), platform.browser()];
    const door = await byMail.open("/idp/login/email");
    const asked = await byMail.submit(door, "/idp/login/email", { email: "maya@fennick.example" });
    await byMail.submit(asked, "/idp/login", { code: await box.code(platform, "maya@fennick.example") });
    for (const each of [byPassword, browser]) await platform.signIn(each, path);
    const areIn = async () => {
      const pages = await Promise.all([byMail, byPassword, browser].map((each) => each.open(path)));
      return pages.map(({ status }) => status === 200);
    };
    expect(await areIn()).toEqual([true, true, true]);
    const page = await browser.open(path);
    const sent = await browser.follow(await browser.submit(page, sendForm, { email: "maya@new.example" }));
    await browser.submit(sent, confirmForm, { code: await box.code(platform, "maya@new.example") });
    expect(await areIn()).toEqual([false, true, true]);
  });

  it("[V13] is not changed from a session that lies open, only looked at", async () => {
    const browser = platform.browser();
    const page = await platform.signIn(browser, path);
    platform.clock.advance(31 * 60_000);
    const before = await everyRow(platform.ctx);
    const asked = await browser.submit(page, sendForm, { email: "thief@elsewhere.example" });
    expect(asked.location?.pathname).toBe("/idp/login");
    expect((await browser.open(path)).text).not.toContain('id="email"');
    expect(await everyRow(platform.ctx)).toEqual(before);
    expect(await box.letters(platform)).toEqual([]);
  });

  it("[V09] that somebody else has proven is never taken, in whatever letters it is written, and nobody learns of it", async () => {
    await proveEmail(platform, platform.maya.id, "maya@fennick.example");
    for (const email of [
      "maya@fennick.example",
      "MAYA@FENNICK.EXAMPLE",
      "maya＠fennick.example",
      "maya@ｆennick.example",
    ]) {
      const browser = platform.browser();
      platform.clock.advance(3 * 3_600_000);
      const username = `thief${email.length}${email.codePointAt(4)}${email.codePointAt(5)}`;
      const page = await signUp(browser, { username, email });
      expect(page.text).toContain("A code is on its way to");
      const newest = (await box.letters(platform, "maya@fennick.example")).at(-1)!;
      expect(newest.subject).toBe("Your address was given at Acme");
      expect(newest.text).not.toMatch(/\b\d{6}\b/);
    }
    // Whoever reads the letter has their own language, not that of the person who gave the address.
    await inTx(platform.ctx, (tx) => setLocale(tx, platform.maya.id, "de"));
    platform.clock.advance(3 * 3_600_000);
    await signUp(platform.browser(), { username: "another", email: "maya@fennick.example" });
    expect((await box.letters(platform, "maya@fennick.example")).at(-1)!.subject).toContain("Ihre Adresse");
    // Even the right code, of an address that was free when it was asked for, comes too late.
    const [one, two] = [platform.browser(), platform.browser()];
    const first = await signUp(one, { username: "first", email: "shared@fennick.example" });
    const code = await box.code(platform, "shared@fennick.example");
    const second = await signUp(two, { username: "second", email: "shared@fennick.example" });
    const later = await box.code(platform, "shared@fennick.example");
    expect((await one.submit(first, confirmForm, { code })).status).toBe(303);
    const refused = await two.submit(second, confirmForm, { code: later });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("Another account has confirmed this address");
    expect((await rowOf("second")).email_verified_at).toBeNull();
  });

  it("[V07] is written to thirty times an hour from one network: each letter counts once, whoever asks for it", async () => {
    const answers: number[] = [];
    for (let each = 0; each < 8; each++) {
      await platform.addUser(`resident${each}`);
      const browser = platform.browser();
      const door = await browser.open(`/idp/login?next=${encodeURIComponent(path)}`);
      const login = { login: `resident${each}`, password };
      const page = await browser.follow(await browser.submit(door, "/idp/login", login));
      for (let count = 0; count < 4; count++) {
        const email = `resident${each}@fennick.example`;
        answers.push((await browser.submit(page, sendForm, { email })).status);
      }
    }
    expect(answers).toEqual([...Array<number>(30).fill(303), 429, 429]);
  });

  it("stays as it is for wrong codes, five at most, and for bad input", async () => {
    const browser = platform.browser();
    const page = await signUp(browser);
    const code = await box.code(platform, form.email);
    const wrong = code === "123456" ? "654321" : "123456";
    const before = await rowOf("noor");
    for (let attempt = 0; attempt < 5; attempt++) {
      expect((await browser.submit(page, confirmForm, { code: wrong })).status).toBe(400);
    }
    expect((await browser.submit(page, confirmForm, { code })).status).toBe(400);
    for (const email of [
      "",
      "noor",
      "noor@",
      "a@b",
      "noor@fennick.example\nbcc: all@fennick.example",
      `${"x".repeat(300)}@fennick.example`,
    ]) {
      expect((await browser.submit(page, sendForm, { email })).status).toBe(400);
    }
    expect((await browser.submit(page, sendForm, { email: "noor@new.example", csrf: "x" })).status).toBe(403);
    expect(
      (await platform.fetch(sendForm, { method: "POST", body: new URLSearchParams({ email: "a@b.example" }) })).status,
    ).toBe(303);
    expect(await rowOf("noor")).toEqual(before);
    expect(await box.letters(platform)).toHaveLength(1);
  });

  it("of another account is not confirmed by this one's code", async () => {
    const [one, two] = [platform.browser(), platform.browser()];
    await signUp(one);
    const page = await signUp(two, { username: "kaya", email: "kaya@fennick.example" });
    const code = await box.code(platform, form.email);
    const mine = await box.code(platform, "kaya@fennick.example");
    if (code !== mine) expect((await two.submit(page, confirmForm, { code })).status).toBe(400);
    expect((await rowOf("kaya")).email_verified_at).toBeNull();
    expect((await rowOf("noor")).email_verified_at).toBeNull();
  });

  it("[E09] leaves no code and no letter in the database", async () => {
    const browser = platform.browser();
    await signUp(browser);
    const door = platform.browser();
    await proveEmail(platform, platform.maya.id, "maya@fennick.example");
    await door.submit(await door.open("/idp/login/email"), "/idp/login/email", { email: "maya@fennick.example" });
    const waiting = JSON.stringify(await everyRow(platform.ctx));
    const codes = [await box.code(platform, form.email), await box.code(platform, "maya@fennick.example")];
    const letters = await box.letters(platform);
    const sent = JSON.stringify(await everyRow(platform.ctx));
    for (const secret of [
      ...codes.map((code) => `"${code}"`),
      ...letters.map(({ subject }) => subject),
      "Type this code",
      password,
    ]) {
      expect(waiting).not.toContain(secret);
      expect(sent).not.toContain(secret);
    }
    const mails = await query(platform.ctx, (db) => db.selectFrom("mails").select(["content_sealed", "sent_at"]));
    expect(mails.every((mail) => mail.content_sealed === null && mail.sent_at !== null)).toBe(true);
  });

  it("needs no confirmation where there is no mail, and none is offered", async () => {
    const silent = await openStoryteller();
    const browser = silent.browser();
    const home = await browser.follow(await browser.submit(await browser.open("/sign-up"), "/sign-up", form));
    expect(home.url.pathname).toBe("/account/connected");
    const page = await browser.open(path);
    expect(page.text).toContain("Not confirmed");
    expect(page.text).not.toContain("Send");
    expect((await silent.fetch(sendForm, { method: "POST", headers: { accept: "text/html" } })).status).toBe(404);
    await silent.close();
  });
});
