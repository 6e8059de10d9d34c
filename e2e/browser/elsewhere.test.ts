import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientId, clientSecret, type Elsewhere, openElsewhere } from "../../packages/server/test/flows/elsewhere.ts";
import { openPlace, type Place } from "../platform/place.ts";
import { expectAccessible } from "./accessible.ts";
import { openChromium, photograph } from "./chromium.ts";
import { password, press, signIn } from "./stage.ts";

let elsewhere: Elsewhere;
let place: Place;
let chromium: Browser;

beforeAll(async () => {
  elsewhere = await openElsewhere("school", {
    ada: { name: "Ada Lovelace", preferred_username: "ada", email: "ada@school.example", email_verified: true },
    maya: { name: "Maya", email: "maya@school.example", email_verified: true },
  });
  const school = { name: "School", issuer: elsewhere.origin, clientId, clientSecret };
  place = await openPlace({ file: { brand: { name: "Acme" }, identityProviders: { school } } });
  elsewhere.platform = place.issuer;
  for (const name of ["maya", "olga"]) {
    const who = ["--username", name, "--email", `${name}@fennick.example`, "--password", password];
    await place.command("users", "create", ...who);
  }
  await place.command("users", "role", "olga", "operator");
  await place.start();
  chromium = await openChromium();
});

afterAll(async () => {
  await chromium?.close();
  await place?.close();
  elsewhere?.close();
});

const newPage = async (): Promise<Page> => (await chromium.newContext({ javaScriptEnabled: true })).newPage();
const goTo = (page: Page, path: string) => page.goto(place.issuer + path);

async function judge(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await photograph(page, `page-${name}`);
}

/** On the pages of the provider. */
async function signInThere(page: Page, subject: string): Promise<void> {
  await page.locator('input[name="login"]').fill(subject);
  await page.locator('input[name="password"]').fill("any");
  await page.locator('button[type="submit"]').click();
  await page.getByRole("button", { name: "Continue" }).click();
}

describe("an account elsewhere, in a real browser:", () => {
  it("signs in whoever has none here yet, and whoever comes again", async () => {
    const page = await newPage();
    await goTo(page, "/account/profile");
    await press(page, "Continue with School");
    await signInThere(page, "ada");
    await page.waitForURL(`${place.issuer}/account/profile`);
    await page.getByText("Ada Lovelace").first().waitFor();
    await press(page, "Sign out");
    await goTo(page, "/account/profile");
    await press(page, "Continue with School");
    await page.waitForURL(`${place.issuer}/account/profile`);
  });

  it("is linked under Security, signed in here and there, and removed again", async () => {
    const page = await newPage();
    await goTo(page, "/account/security/providers");
    await signIn(page, "maya");
    await judge(page, "linked-accounts");
    await press(page, "Link an account at School");
    await signInThere(page, "maya");
    await page.getByText("Your account at School signs you in here from now on.").waitFor();
    await judge(page, "linked-accounts-linked");
    await page.getByRole("link", { name: "Remove maya@school.example" }).click();
    await judge(page, "linked-accounts-remove");
    await press(page, "Remove it");
    await page.getByText("The linked account was removed.").waitFor();
  });

  it("leads to a page that says why, when its answer is used twice", async () => {
    const page = await newPage();
    await goTo(page, "/idp/upstream/school/callback?code=x&state=y");
    await page.getByRole("heading", { name: "Nobody was signed in" }).waitFor();
    await judge(page, "upstream-refused");
  });
});

describe("an operator, in a real browser,", () => {
  it("finds somebody, credits, disables, enables, and reads what was done", async () => {
    const page = await newPage();
    await goTo(page, "/operator");
    await signIn(page, "olga");
    await page.waitForURL(`${place.issuer}/operator/users`);
    await page.getByLabel("Find users").fill("may");
    await press(page, "Find");
    await judge(page, "operator-users");
    await page.getByRole("link", { name: "maya", exact: true }).click();
    await judge(page, "operator-user");
    await page.getByLabel("Amount").fill("12.50");
    await press(page, "Credit");
    await page.getByText("The wallet was credited.").waitFor();
    await page.getByRole("link", { name: "Statement" }).click();
    expect(await page.getByText("$12.50").count()).toBeGreaterThan(0);
    await judge(page, "operator-ledger");
    await page.goBack();
    await press(page, "Disable");
    await page.getByText("The account is disabled.").waitFor();
    await page.getByRole("link", { name: "Audit log of this user" }).click();
    await page.getByText("user.disabled", { exact: true }).waitFor();
    await judge(page, "operator-audit");
    await page.goBack();
    await press(page, "Enable");
    await page.getByText("The account is enabled.").waitFor();
    const maya = await newPage();
    await goTo(maya, "/account/connected");
    await signIn(maya, "maya");
    await maya.getByRole("heading", { name: "Connected apps" }).waitFor();
  });
});
