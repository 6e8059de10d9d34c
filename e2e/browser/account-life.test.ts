import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible, flawsOf } from "./accessible.ts";
import { photograph } from "./chromium.ts";
import { openStage, password, press, type Stage, signIn } from "./stage.ts";

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.newPage({ viewport: { width: 1280, height: 800 } });
});

afterAll(() => stage.close());

const goTo = (path: string, on = page) => on.goto(stage.place.issuer + path);

async function judge(name: string): Promise<void> {
  await expectAccessible(page);
  await photograph(page, `page-${name}`);
}

describe("the life of an account in a real browser:", () => {
  it("signing out another browser, which is out from its next page on", async () => {
    const other = await stage.newPage();
    for (const each of [other, page]) {
      await goTo("/account/sessions", each);
      await signIn(each, "maya");
    }
    await page.getByText("Signed in on a new device: Chrome, Linux").first().waitFor();
    await judge("sessions");
    await page.getByRole("button", { name: "Sign out Chrome, Linux" }).first().click();
    await page.getByText("That browser is signed out.").waitFor();
    await goTo("/account/profile", other);
    expect(new URL(other.url()).pathname).toBe("/idp/login");
  });

  it("signing out everywhere else, this browser excepted", async () => {
    const others = [await stage.newPage(), await stage.newPage()];
    for (const each of others) {
      await goTo("/account/sessions", each);
      await signIn(each, "maya");
    }
    await goTo("/account/sessions");
    await press(page, "Sign out everywhere else");
    await page.getByText("You are signed out everywhere else.").waitFor();
    await page.getByText("You are signed in nowhere else.").waitFor();
    for (const each of others) {
      await goTo("/account/profile", each);
      expect(new URL(each.url()).pathname).toBe("/idp/login");
    }
  });

  it("names, a language and a picture", async () => {
    await goTo("/account/profile");
    await page.getByRole("link", { name: "Change your profile" }).click();
    await judge("profile-edit");
    await page.getByLabel("Nickname").fill("May");
    await page.getByLabel("Language", { exact: true }).and(page.locator("select")).selectOption("de");
    await press(page, "Save");
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    expect(await flawsOf(page)).toEqual([]);
    await photograph(page, "page-profile-edit-de");
    // In the foot of every page.
    await press(page, "English");
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await goTo("/account/profile/edit");
    expect(await page.getByLabel("Language", { exact: true }).and(page.locator("select")).inputValue()).toBe("en");
    const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>");
    await page.getByLabel("Picture file").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: svg });
    await press(page, "Use this picture");
    await page.getByText("This is no PNG, JPEG or WebP").waitFor();
    await judge("profile-edit-picture-wrong");
    const buffer = await page.screenshot();
    await page.getByLabel("Picture file").setInputFiles({ name: "a.png", mimeType: "image/png", buffer });
    await press(page, "Use this picture");
    const picture = page.getByAltText("Your picture");
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256);
    await judge("profile-edit-picture");
  });

  it("a postal address, saved, shown and removed", async () => {
    await goTo("/account/profile");
    await page.getByRole("link", { name: "Add a postal address" }).click();
    await judge("postal-address");
    await page.getByLabel("Street, house, flat").fill("Fennick House\n12 Tulip Lane");
    await page.getByLabel("Town").fill("Bristol");
    await press(page, "Save");
    await page.getByText("Your postal address is saved.").waitFor();
    await judge("postal-address-saved");
    await goTo("/account/profile");
    await page.getByText("Fennick House, 12 Tulip Lane, Bristol").waitFor();
    await judge("profile-address");
    await page.locator('a[href="/account/profile/address"]').click();
    await press(page, "Remove the postal address");
    await page.getByText("No postal address is stored.").waitFor();
    expect(await page.getByLabel("Town").inputValue()).toBe("");
  });

  it("an app that asks who sits there now: the password again, though somebody is signed in", async () => {
    const ask = (more: Record<string, string>) =>
      page.goto(stage.storyteller.authorization({ scope: "openid", ...more }).href);
    const timeOf = async () => {
      const { id_token } = await stage.storyteller.redeem(stage.callback.answers.at(-1)!);
      return JSON.parse(Buffer.from(id_token!.split(".")[1]!, "base64url").toString()).auth_time as number;
    };
    await ask({});
    await press(page, "Allow");
    const home = page.getByRole("heading", { name: "Back at the app" });
    await home.waitFor();
    const before = await timeOf();
    await ask({ max_age: "3600" });
    await home.waitFor();
    expect(await timeOf()).toBe(before);
    for (const [name, value] of Object.entries({ prompt: "login", max_age: "0" })) {
      const answers = stage.callback.answers.length;
      await ask({ [name]: value });
      await page.getByLabel("Password").waitFor();
      await judge("sign-in-again");
      expect(stage.callback.answers).toHaveLength(answers);
      await signIn(page, "maya");
      await home.waitFor();
    }
    expect(await timeOf()).toBeGreaterThan(before);
  });

  it("everything taken along in one file", async () => {
    await goTo("/account/profile");
    await judge("profile-ends");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download everything" }).click(),
    ]);
    const all = JSON.parse(await readFile(await download.path(), "utf8"));
    expect(all.account).toMatchObject([{ username: "maya", nickname: "May" }]);
    expect(download.suggestedFilename()).toBe("maya.json");
  });

  it("asked to be deleted, kept after signing in again", async () => {
    await page.getByRole("link", { name: "Delete the account" }).click();
    await judge("delete-account");
    await page.getByLabel("Your password").fill("not her password");
    await press(page, "Delete my account");
    await page.getByText("This is not your password.").waitFor();
    await judge("delete-account-wrong");
    await page.getByLabel("Your password").fill(password);
    await press(page, "Delete my account");
    await page.getByRole("heading", { name: "Your account will be deleted" }).waitFor();
    await judge("account-left");
    await page.getByRole("link", { name: "Sign in" }).click();
    await signIn(page, "maya");
    await page.getByRole("heading", { name: "Keep your account?" }).waitFor();
    await judge("account-leaving");
    await press(page, "Keep my account");
    await page.getByRole("heading", { name: "Connected apps" }).waitFor();
  });
});
