import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible, flawsOf } from "./accessible.ts";
import { photograph } from "./chromium.ts";
import { openStage, press, type Stage, signIn } from "./stage.ts";

const email = "noor@fennick.example";
const first = "a key for every room";
const second = "seven herons over the weir";

let stage: Stage;
let page: Page;
/** Of the developer: the platform of these tests has no mail server, so its letters lie in the outbox. */
let desk: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.newPage({ viewport: { width: 1280, height: 800 } });
  desk = await stage.newPage({ viewport: { width: 1280, height: 800 } });
});

afterAll(() => stage.close());

const goTo = (path: string) => page.goto(stage.place.issuer + path);

async function judge(name: string): Promise<void> {
  await expectAccessible(page);
  await photograph(page, `mail-${name}`);
}

/** The code in the newest letter, which must have this subject. */
async function newestCode(subject: string): Promise<string> {
  await desk.goto(`${stage.place.issuer}/dev/outbox`);
  const letter = desk.locator("article").first();
  expect(await letter.getByRole("heading").textContent()).toBe(subject);
  return /^ {4}(\d{6})$/m.exec((await letter.locator("pre").textContent()) ?? "")?.[1] ?? "";
}

async function enter(code: string, button: string): Promise<void> {
  await page.getByLabel("Code from the mail").fill(code);
  await press(page, button);
}

describe("a person with a mailbox", () => {
  it("confirms the address after signing up", async () => {
    await goTo("/sign-up");
    await page.getByLabel("Name", { exact: true }).fill("Noor Haddad");
    await page.getByLabel("Username").fill("noor");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(first);
    await page.getByRole("checkbox").check();
    await press(page, "Create account");
    expect(new URL(page.url()).pathname).toBe("/account/profile/email");
    await judge("confirm");
    const code = await newestCode("Confirm your address for Acme");
    await enter(code === "000000" ? "111111" : "000000", "Confirm");
    expect(await page.getByText("This is not the code").count()).toBe(1);
    await judge("confirm-wrong");
    await enter(code, "Confirm");
    expect(await page.getByText(`${email} is confirmed.`).count()).toBe(1);
    await judge("confirmed");
  });

  it("signs in by a mailed code, without the password", async () => {
    await press(page, "Sign out");
    await goTo("/sign-in");
    await page.getByRole("link", { name: "Sign in by a mailed code" }).click();
    await judge("ask");
    await page.getByLabel("E-mail").fill(email);
    await press(page, "Send the code");
    await judge("code");
    const code = await newestCode("Your code to sign in to Acme");
    await enter(code, "Sign in");
    expect(new URL(page.url()).pathname).toBe("/account/connected");
  });

  it("forgets the password, and chooses another", async () => {
    await press(page, "Sign out");
    await goTo("/sign-in");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await judge("forgot");
    await page.getByLabel("E-mail").fill(email);
    await press(page, "Send the code");
    await page.getByLabel("Code from the mail").fill(await newestCode("A new password for Acme"));
    await page.getByLabel("New password").fill("passwordpassword");
    await press(page, "Change the password");
    await judge("reset-common");
    await page.getByLabel("Code from the mail").fill(await newestCode("A new password for Acme"));
    await page.getByLabel("New password").fill(second);
    await press(page, "Change the password");
    await judge("reset-done");
    await page.getByRole("link", { name: "Sign in" }).click();
    await signIn(page, email, second);
    expect(new URL(page.url()).pathname).toBe("/account/connected");
  });

  it("changes password and address", async () => {
    await goTo("/account/security/password");
    await judge("password");
    await page.getByLabel("Present password").fill(second);
    await page.getByLabel("New password").fill(first);
    await press(page, "Change the password");
    expect(await page.getByText("Your password is changed").count()).toBe(1);
    await judge("password-changed");
    await goTo("/account/profile/email");
    await page.getByLabel("New address").fill("noor@haddad.example");
    await press(page, "Send a code there");
    await enter(await newestCode("Confirm your address for Acme"), "Confirm");
    expect(await page.getByText("noor@haddad.example is confirmed.").count()).toBe(1);
    await desk.goto(`${stage.place.issuer}/dev/outbox`);
    const newest = desk.locator("article").first();
    expect(await newest.getByRole("heading").textContent()).toBe("Your address at Acme was changed");
    expect(await newest.textContent()).toContain(`to ${email}`);
  });
});

describe("a letter", () => {
  it("can be read by everybody, by day, by night and on a narrow phone", async () => {
    await desk.goto(`${stage.place.issuer}/dev/outbox`);
    expect(await flawsOf(desk)).toEqual([]);
    await photograph(desk, "mail-outbox");
    const letters = await desk.getByRole("link", { name: "As it looks" }).all();
    const paths = await Promise.all(letters.map((letter) => letter.getAttribute("href")));
    expect(paths.length).toBeGreaterThanOrEqual(5);
    for (const [index, path] of paths.entries()) {
      await desk.goto(stage.place.issuer + path);
      // A letter stands in a sandbox that runs nothing, not even the judge, so it is judged outside.
      const judged = await stage.newPage({ viewport: { width: 1280, height: 800 } });
      await judged.setContent(await desk.content());
      expect(await flawsOf(judged), await desk.title()).toEqual([]);
      await photograph(judged, `mail-letter-${index}`);
      await judged.close();
    }
  });
});
