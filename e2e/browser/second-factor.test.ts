import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible } from "./accessible.ts";
import { photograph } from "./chromium.ts";
import { openStage, press, type Stage, signIn } from "./stage.ts";

let stage: Stage;
let page: Page;
let phone: TOTP;
let codes: string[];

beforeAll(async () => {
  stage = await openStage();
  page = await stage.newPage({ viewport: { width: 1280, height: 800 } });
});
afterAll(() => stage.close());

const at = (path: string) => stage.place.issuer + path;
const two = "urn:innkeeper:acr:2";

async function good(name: string): Promise<void> {
  await expectAccessible(page);
  await photograph(page, `page-${name}`);
}

/** What the phone shows, or showed a step of 30 seconds ago: each step counts once, and both are good now. */
const codeOf = (stepsAgo: 0 | 1) => phone.generate({ timestamp: Date.now() - stepsAgo * 30_000 });

async function signOut(): Promise<void> {
  await page.goto(at("/account/connected"));
  await press(page, "Sign out");
  await page.getByRole("heading", { name: "You are signed out" }).waitFor();
}

// In this order: the app is set up first.
describe("a second factor", () => {
  it("[S11] is set up on the way to an app that asks for it, by the key under the picture", async () => {
    await page.goto(stage.storyteller.authorization({ scope: "openid", acr_values: two }).href);
    await signIn(page, "maya");
    await page.getByRole("heading", { name: "A second factor is needed" }).waitFor();
    await good("second-factor-needed");
    await page.getByRole("link", { name: "Set up an authenticator app" }).click();
    await page.getByRole("img", { name: "QR code" }).waitFor();
    await good("totp-add");
    const key = (await page.locator("#totp-key").innerText()).replaceAll(/\s/g, "");
    phone = new TOTP({ secret: Secret.fromBase32(key) });
    await page.getByLabel("Code that the app shows").fill("000000");
    await press(page, "Turn on");
    await page.getByRole("alert").waitFor();
    await good("totp-add-wrong");
    await page.getByLabel("Code that the app shows").fill(codeOf(1));
    await press(page, "Turn on");
    await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
    codes = (await page.locator("#recovery-codes").innerText()).split("\n");
    expect(codes).toHaveLength(10);
    await good("recovery-codes");
    await page.getByRole("link", { name: "I have kept them" }).click();
    await press(page, "Allow");
    await page.getByRole("heading", { name: "Back at the app" }).waitFor();
  });

  it("[S01] is asked for after the password, by keyboard alone", async () => {
    await signOut();
    await page.goto(at("/sign-in"));
    await signIn(page, "maya");
    await page.getByRole("heading", { name: "Enter your code" }).waitFor();
    await good("second-factor");
    await page.goto(at("/account/connected"));
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.goto(at("/idp/login/second"));
    // The field has the focus.
    await page.keyboard.type("000000");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await good("second-factor-wrong");
    await page.keyboard.type(codeOf(0));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Connected apps" }).waitFor();
  });

  it("[S04] gives way to a recovery code, once", async () => {
    await signOut();
    await page.goto(at("/sign-in"));
    await signIn(page, "maya");
    await page.getByRole("link", { name: "Use a recovery code instead" }).click();
    await good("second-factor-recovery");
    await page.getByLabel("Recovery code").fill(codes[0]!.toLowerCase().replaceAll("-", ""));
    await press(page, "Go on");
    await page.getByRole("heading", { name: "Connected apps" }).waitFor();
    await page.goto(at("/account/security"));
    await page.locator("a[href='/account/security/totp']").click();
    await page.getByText("9 codes are left").waitFor();
    await good("totp");
    await page.getByRole("link", { name: "Make new codes" }).click();
    await good("totp-renew");
    await press(page, "Make them now");
    await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
    expect(await page.locator("#recovery-codes").innerText()).not.toContain(codes[1]!);
  });

  it("is removed by whoever has just used it", async () => {
    await page.goto(at("/account/security/totp"));
    await page.getByRole("link", { name: "Remove", exact: true }).click();
    await good("totp-remove");
    await press(page, "Remove now");
    await page.getByText("The authenticator app is removed").waitFor();
    await good("totp-off");
    await signOut();
    await page.goto(at("/sign-in"));
    await signIn(page, "maya");
    await page.getByRole("heading", { name: "Connected apps" }).waitFor();
  });

  it("[S12] is taken away by an operator, for somebody who lost phone and codes", async () => {
    await page.goto(at("/account/security/totp?add=1"));
    const key = (await page.locator("#totp-key").innerText()).replaceAll(/\s/g, "");
    phone = new TOTP({ secret: Secret.fromBase32(key) });
    await page.getByLabel("Code that the app shows").fill(codeOf(0));
    await press(page, "Turn on");
    await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
    await stage.place.command("users", "role", "kit", "operator");
    const desk = await stage.newPage();
    await desk.goto(at("/operator/users?q=maya"));
    await signIn(desk, "kit");
    await desk.getByRole("link", { name: "maya", exact: true }).click();
    await press(desk, "Remove");
    await desk.getByText("The second factor is gone.").waitFor();
    await desk.getByRole("link", { name: "Audit log of this user" }).click();
    await desk.getByText("second_factor.reset", { exact: true }).waitFor();
    const fresh = await stage.newPage();
    await fresh.goto(at("/sign-in"));
    await signIn(fresh, "maya");
    await fresh.getByRole("heading", { name: "Connected apps" }).waitFor();
    await fresh.goto(at("/account/sessions"));
    await fresh.getByText("Second factor removed by the operator").first().waitFor();
  });
});
