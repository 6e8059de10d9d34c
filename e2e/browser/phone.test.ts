import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { openPlace, type Place } from "../platform/place.ts";
import { expectAccessible } from "./accessible.ts";
import { openChromium, photograph } from "./chromium.ts";
import { password, press, signIn } from "./stage.ts";

let place: Place;
let chromium: Browser;
let page: Page;

beforeAll(async () => {
  place = await openPlace({ file: { brand: { name: "Acme" }, phone: { kind: "development" } } });
  for (const name of ["maya", "kit"]) {
    const who = ["--username", name, "--email", `${name}@fennick.example`, "--password", password];
    await place.command("users", "create", ...who);
  }
  await place.start();
  chromium = await openChromium();
  page = await newPage();
});

afterAll(async () => {
  await chromium?.close();
  await place?.close();
});

const newPage = async () => (await chromium.newContext({ viewport: { width: 1280, height: 800 } })).newPage();

async function judge(name: string): Promise<void> {
  await expectAccessible(page);
  await photograph(page, `page-${name}`);
}

/** As the page of a development machine tells it. */
const shownCode = async (on: Page) => (await on.locator(".tray b.num").textContent()) ?? "";

async function ask(on: Page, number: string): Promise<void> {
  await on.getByLabel("Phone number").fill(number);
  await press(on, "Send a code there");
}

describe("a phone number, in a real browser,", () => {
  it("is confirmed by the code that was sent to it", async () => {
    await page.goto(`${place.issuer}/account/profile`);
    await signIn(page, "maya");
    await page.locator('a[href="/account/profile/phone"]').click();
    await judge("phone-none");
    await ask(page, "030 901820");
    await page.getByText("Write a number that messages can be sent to").waitFor();
    await judge("phone-number-wrong");
    await ask(page, "+49 1511 2345678");
    const code = await shownCode(page);
    await judge("phone-code");
    await page.getByLabel("Code from the message").fill(code === "000000" ? "111111" : "000000");
    await press(page, "Confirm");
    await page.getByText("This is not the code.").waitFor();
    await judge("phone-code-wrong");
    await page.getByLabel("Code from the message").fill(code);
    await press(page, "Confirm");
    await page.getByText("+49 1511 2345678 is confirmed.").waitFor();
    await judge("phone");
    await page.goto(`${place.issuer}/account/sessions`);
    await page.getByText("Phone number confirmed").first().waitFor();
  });

  it("is nobody else's, and is removed by its owner", async () => {
    const other = await newPage();
    await other.goto(`${place.issuer}/account/profile/phone`);
    await signIn(other, "kit");
    await ask(other, "+4915112345678");
    await other.getByLabel("Code from the message").fill(await shownCode(other));
    await press(other, "Confirm");
    await other.getByText("Another account has confirmed this number.").waitFor();
    await page.goto(`${place.issuer}/account/profile/phone`);
    await press(page, "Remove the number");
    await page.getByText("Your number is removed.").waitFor();
    await page.getByText("You have no number yet.").waitFor();
  });
});
