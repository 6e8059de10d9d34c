import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { setUserDisabled } from "../../src/people/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { everyRow } from "../every-row.ts";
import { type Mailbox, openMailbox, proveEmail } from "./mailbox.ts";
import { answerOf, openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

const address = "maya@fennick.example";
const askForm = "/idp/login/email";

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

async function ask(browser: Browser, email = address, path = askForm): Promise<Page> {
  return browser.submit(await browser.open(path), askForm, { email });
}
const enter = (browser: Browser, page: Page, code: string) => browser.submit(page, signInForm, { code });
const wrongOf = (code: string) => (code === "123456" ? "654321" : "123456");

describe("signing in by a mailed code", () => {
  it("leads on to the page that waits, and says in the ID token that it was a one-time code", async () => {
    const browser = platform.browser();
    const door = await browser.follow(await browser.open(platform.request({ scope: "openid email" })));
    const way = /href="(\/idp\/login\/email\?request=[^"]+)"/.exec(door.text)![1]!;
    const page = await ask(browser, address, way);
    expect(page.text).toContain("Storyteller");
    expect(page.text).toContain('autocomplete="one-time-code"');
    const [letter] = await box.letters(platform);
    expect(letter).toMatchObject({ to: address, subject: "Your code to sign in to Acme" });
    const consent = await browser.follow(await enter(browser, page, await box.code(platform, address)));
    const answer = await browser.submit(consent, "/idp/authorize/consent", { decision: "allow" });
    const { id_token } = await platform.redeem(answer);
    const claims = JSON.parse(Buffer.from(String(id_token).split(".")[1]!, "base64url").toString());
    expect(claims).toMatchObject({ sub: platform.maya.id, amr: ["otp"] });
    expect(answerOf(answer).error).toBeUndefined();
  });

  it("takes the address in any spelling, and writes only to the one that was proven", async () => {
    const browser = platform.browser();
    const page = await ask(browser, " Maya＠FENNICK.example ");
    expect((await box.letters(platform)).map(({ to }) => to)).toEqual([address]);
    expect((await enter(browser, page, await box.code(platform, address))).status).toBe(303);
    expect((await browser.open("/account/profile")).text).toContain(address);
  });

  it("[V05] gives the same page for an address nobody has proven, for a disabled account and for nobody, and no mail", async () => {
    const kit = platform.browser();
    const known = await ask(platform.browser());
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, true));
    const pages = [
      await ask(platform.browser()),
      await ask(kit, "kit@fennick.example"),
      await ask(platform.browser(), "nobody@fennick.example"),
    ];
    const plain = ({ text }: Page, email: string) =>
      text.replaceAll(email, "ADDRESS").replace(/name="(?:csrf|code_id)" value="[^"]*"/g, "");
    const emails = [address, "kit@fennick.example", "nobody@fennick.example"];
    pages.forEach((page, index) => {
      expect(page.status).toBe(200);
      expect(plain(page, emails[index]!)).toBe(plain(known, address));
    });
    expect(await box.letters(platform)).toHaveLength(1);
    // Wrong codes are answered alike too, until there is none left to try.
    const answers = [];
    for (let attempt = 0; attempt < 6; attempt++) answers.push(await enter(kit, pages[1]!, "123456"));
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400]);
    expect(answers.map(({ text }) => text.includes("cannot be used any more"))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it("[V06] works in the browser that asked, once, for five attempts and ten minutes", async () => {
    const [mine, stranger] = [platform.browser(), platform.browser()];
    const page = await ask(mine);
    const code = await box.code(platform, address);
    const theirs = await ask(stranger, "nobody@fennick.example");
    const codeId = /name="code_id" value="([^"]+)"/.exec(page.text)![1]!;
    expect((await stranger.submit(theirs, signInForm, { code, code_id: codeId })).status).toBe(400);
    const wrong = await enter(mine, page, wrongOf(code));
    expect(wrong.text).toContain("This is not the code");
    expect((await enter(mine, wrong, code)).status).toBe(303);
    expect((await enter(mine, page, code)).status).toBe(400);

    const again = await ask(platform.browser());
    expect(again.status).toBe(200);
    const late = platform.browser();
    const waiting = await ask(late);
    const lateCode = await box.code(platform, address);
    platform.clock.advance(600_000);
    expect((await enter(late, waiting, lateCode)).text).toContain("cannot be used any more");
  });

  it("proves nothing for an address that was changed after the code was sent, or an account disabled since", async () => {
    const browser = platform.browser();
    const page = await ask(browser);
    const code = await box.code(platform, address);
    await proveEmail(platform, platform.maya.id, "maya@elsewhere.example");
    expect((await enter(browser, page, code)).status).toBe(400);
    const other = await ask(browser, "maya@elsewhere.example");
    const second = await box.code(platform, "maya@elsewhere.example");
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, true));
    expect((await enter(browser, other, second)).status).toBe(400);
  });

  it("[V07] lets nobody fill a mailbox or use up the codes of others", async () => {
    const own = platform.browser();
    await platform.signIn(own, "/account/profile");
    await own.submit(await own.open("/account/profile"), "/sign-out");
    const answers = [];
    for (let count = 0; count < 6; count++) answers.push((await ask(platform.browser())).status);
    expect(answers).toEqual([200, 200, 200, 200, 429, 429]);
    expect(await box.letters(platform)).toHaveLength(4);
    // Nor is the owner locked out: a browser that signed in before has a share of its own.
    const page = await ask(own);
    expect(page.status).toBe(200);
    expect((await enter(own, page, await box.code(platform, address))).status).toBe(303);
    // Another address is not concerned, nor is the password.
    expect((await ask(platform.browser(), "kit@fennick.example")).status).toBe(200);
    expect((await platform.signIn(platform.browser(), "/account/profile")).url.pathname).toBe("/account/profile");
  });

  it("changes nothing for bad input", async () => {
    const browser = platform.browser();
    const form = await browser.open(askForm);
    const before = await everyRow(platform.ctx);
    for (const email of [
      "",
      "maya",
      "maya@",
      "@fennick.example",
      "a b@fennick.example",
      "maya@fennick.example,kit@fennick.example",
      "x".repeat(300),
    ]) {
      expect((await browser.submit(form, askForm, { email })).status).toBe(400);
    }
    expect((await browser.submit(form, askForm, { email: address, csrf: "forged" })).status).toBe(403);
    expect((await platform.browser().submit(form, askForm, { email: address })).status).toBe(403);
    expect((await browser.submit(form, askForm, { email: address }, { "sec-fetch-site": "cross-site" })).status).toBe(
      403,
    );
    const door = await browser.open(signInForm);
    for (const code of ["", "12345", "1234567", "abcdef", "x".repeat(10_000)]) {
      const values = { auth_method: "email_code", code_id: "otc_no", code };
      expect((await browser.submit(door, signInForm, values)).status).toBe(400);
    }
    expect(await everyRow(platform.ctx)).toEqual(before);
    expect(await box.letters(platform)).toEqual([]);
  });
});

describe("without mail", () => {
  it("there is no way in by code, and none is offered", async () => {
    const silent = await openStoryteller();
    const browser = silent.browser();
    const door = await browser.open(signInForm);
    expect(door.text).not.toMatch(/mailed code|Forgot/);
    expect((await browser.open(askForm)).status).toBe(404);
    const tried = await browser.submit(door, signInForm, { auth_method: "email_code", code_id: "x", code: "123456" });
    expect(tried.status).toBe(400);
    await silent.close();
  });
});
