import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible } from "./accessible.ts";
import { photograph } from "./chromium.ts";
import { openStage, password, press, type Stage, signIn } from "./stage.ts";

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.newPage({ viewport: { width: 1280, height: 800 } });
  await goTo("/account/apps");
  await signIn(page, "kit");
  await page.getByRole("heading", { name: "Apps you make" }).waitFor();
});

afterAll(() => stage.close());

const goTo = (path: string) => page.goto(stage.place.issuer + path);
const tab = (name: string) =>
  page.getByRole("navigation", { name: "Pages of this app" }).getByRole("link", { name }).click();

async function judge(name: string): Promise<void> {
  await expectAccessible(page);
  await photograph(page, `page-${name}`);
}

// In this order: each page is reached as people reach it.
describe("whoever makes an app can use every page of it:", () => {
  it("registers one", async () => {
    await judge("apps");
    await page.getByRole("link", { name: "Register an app" }).click();
    await judge("app-new");
    await page.getByLabel("Name", { exact: true }).fill("Fieldnotes");
    await page.getByLabel("Redirect addresses").fill("http://fieldnotes.example/callback");
    await press(page, "Register the app");
    await expect.poll(() => page.getByLabel("Redirect addresses").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("Redirect addresses").evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    await judge("app-new-wrong");
    await page.getByLabel("Redirect addresses").fill("https://fieldnotes.example/callback");
    await press(page, "Show it in the preview");
    await page.getByText("Fieldnotes wants to use your Acme account").waitFor();
    await press(page, "Register the app");
    await page.getByRole("heading", { name: "Fieldnotes is registered" }).waitFor();
    expect(await page.locator("#secret").textContent()).toMatch(/^csc_/);
    await judge("app-secret");
    await page.getByRole("link", { name: "I have kept it" }).click();
    await judge("app");
  });

  it("sees what people will see, and can press nothing of it", async () => {
    await tab("Preview");
    const sample = page.getByRole("group", { name: "Allow Fieldnotes?" });
    for (const name of ["Allow", "Deny"]) {
      expect(await sample.getByRole("button", { name, exact: true }).isDisabled()).toBe(true);
    }
    expect(await sample.locator("form, a[href], input[name=csrf], input[name=request]").count()).toBe(0);
    await judge("app-preview");
  });

  it("changes what it says and where it sends people", async () => {
    await tab("Details");
    await judge("app-details");
    await page.getByLabel("Description").fill("Notes from the field.");
    await page.getByLabel("Show it in the app directory").check();
    await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await page.getByText("Saved.").waitFor();
    await tab("Redirects");
    await judge("app-redirects");
  });

  it("makes a new secret and kills the old one", async () => {
    await tab("Secrets");
    await page.getByLabel("In 1 hour").check();
    await press(page, "Make a new secret");
    await page.getByRole("heading", { name: "A new secret for Fieldnotes" }).waitFor();
    await judge("app-secret-new");
    await page.getByRole("link", { name: "I have kept it" }).click();
    await page
      .getByRole("link", { name: /Revoke the secret/ })
      .last()
      .click();
    await judge("app-secrets");
    await press(page, "Revoke now");
    await page.getByText("The secret is revoked.").waitFor();
  });

  it("proves its domain and gives it a logo", async () => {
    await tab("Domain and logo");
    await press(page, "Prove this domain");
    await page.getByText("_innkeeper-challenge.fieldnotes.example").waitFor();
    await judge("app-domain");
    const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const buffer = Buffer.from(png, "base64");
    await page.getByLabel("Picture").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer });
    await press(page, "Use this picture");
    await page.getByText("because it looks different").waitFor();
    const logo = page.locator(".head-app img");
    expect(await logo.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(256);
    await judge("app-logo");
  });

  it("says where it hears of things", async () => {
    await tab("Webhook");
    await page.getByLabel("Address").fill("https://fieldnotes.example/hook");
    await press(page, "Save address");
    await page.getByRole("heading", { name: "A new signing secret for Fieldnotes" }).waitFor();
    await judge("app-webhook-secret");
    await page.getByRole("link", { name: "I have kept it" }).click();
    await press(page, "Send a test event");
    await page.getByText("webhook.test").first().waitFor();
    await judge("app-webhook");
  });

  it("shares it with somebody who may only look", async () => {
    await tab("People");
    await page.getByLabel("Username").fill("nobody");
    await press(page, "Share");
    await page.getByText("Nobody here has this username.").waitFor();
    await judge("app-people-wrong");
    await page.getByLabel("Username").fill("maya");
    await page.getByLabel("May", { exact: true }).selectOption("viewer");
    await press(page, "Share");
    await page.getByText("Shared with Maya").or(page.getByText("Shared with maya")).waitFor();
    await judge("app-people");
    const maya = await stage.newPage();
    await maya.goto(page.url());
    await signIn(maya, "maya", password);
    await maya.getByText("Only managers change it.").waitFor();
    await expectAccessible(maya);
    expect(await maya.locator("main form").count()).toBe(0);
  });

  it("is found in the directory by everybody", async () => {
    const stranger = await stage.newPage({ viewport: { width: 1280, height: 800 } });
    await stranger.goto(`${stage.place.issuer}/apps`);
    await stranger.getByRole("heading", { name: "Fieldnotes" }).waitFor();
    await expectAccessible(stranger);
    await photograph(stranger, "page-directory");
    await stranger.getByRole("searchbox", { name: "Find an app" }).fill("nothing like it");
    await stranger.keyboard.press("Enter");
    await stranger.getByRole("heading", { name: "No app fits" }).waitFor();
    await expectAccessible(stranger);
  });

  it("switches it off and deletes it", async () => {
    await tab("Overview");
    await page.getByRole("link", { name: "Switch off" }).click();
    await judge("app-switch");
    await press(page, "Switch off now");
    await page.getByText("The app is switched off.").waitFor();
    await judge("app-off");
    await page.getByRole("link", { name: "Delete the app" }).click();
    await judge("app-delete");
    await page.getByLabel("Write its name to go on").fill("Fieldnote");
    await press(page, "Delete for good");
    await page.getByText("Write Fieldnotes, letter by letter.").waitFor();
    await page.getByLabel("Write its name to go on").fill("Fieldnotes");
    await press(page, "Delete for good");
    await page.getByText("Fieldnotes is deleted.").waitFor();
    await judge("apps-deleted");
  });
});
