import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Demo, openDemo } from "../../examples/demo/demo.ts";
import { freePort } from "../platform/place.ts";
import { openChromium, photograph } from "./chromium.ts";

let folder: string;
let demo: Demo;
let chromium: Browser;
let page: Page;
/** What pages have complained of: scripts that failed, resources that were refused or missing. */
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "innkeeper-story-"));
  const ports = { innkeeper: await freePort(), app: await freePort(), upstream: await freePort() };
  [demo, chromium] = await Promise.all([openDemo({ folder, ports }), openChromium()]);
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // What Chromium says of a stream whose reader was faster at its end than the network's own report.
    if (why !== "net::ERR_ABORTED") complaints.push(`${request.url()}: ${why}`);
  });
  page = await context.newPage();
});

afterAll(async () => {
  await chromium.close();
  await demo.close();
  await rm(folder, { recursive: true, force: true });
});

/** Micro-dollars of "$0.012345", however its zeros are dressed. */
const micros = (text: string) => Math.round(Number(text.replaceAll(/[^\d.]/g, "")) * 1e6);
const turn = () => page.locator("article.turn").last();
const priceOfLast = async () => micros(await turn().locator(".receipt .num").innerText());

async function tell(idea: string): Promise<void> {
  await page.getByLabel("Your idea").fill(idea);
  await page.getByRole("button", { name: "Tell it" }).click();
}

/** A story to its end, with its price. */
async function hear(idea: string): Promise<number> {
  await tell(idea);
  await turn().locator(".receipt").waitFor();
  return priceOfLast();
}

async function signUp(): Promise<void> {
  await page.goto(demo.appUrl);
  await photograph(page, "story-01-app");
  await page.getByRole("link", { name: "Sign in with Acme" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await photograph(page, "story-02-sign-in");
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Noor Haddad");
  await page.getByLabel("Username").fill("noor");
  await page.getByLabel("E-mail").fill("noor@fennick.example");
  await page.getByLabel("Password").fill("a key for every room");
  await photograph(page, "story-03-sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
}

async function consent(cap: string): Promise<void> {
  await page.getByRole("heading", { name: "Storyteller wants to use your Acme account" }).waitFor();
  const words = await page.locator("main").innerText();
  for (const fact of ["up to $1.00 each month", "noor@fennick.example", "Noor Haddad", "Sign me in, but no spending"]) {
    expect(words).toContain(fact);
  }
  await photograph(page, "story-04-consent");
  await page.getByLabel("Cap in US dollars").fill(cap);
  await page.getByRole("button", { name: "Allow", exact: true }).click();
  await page.getByLabel("Your idea").waitFor();
  expect(new URL(page.url()).origin).toBe(demo.appUrl);
  expect(await page.locator("#bill").innerText()).toContain(`$${cap} left of $${cap} this month`);
  await photograph(page, "story-05-back-in-the-app");
}

/** How long the text of the next story was, every time that it grew. */
function watchGrowth(): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const lengths = new Set<number>();
        const observer = new MutationObserver(() => {
          lengths.add(document.querySelector(".turn:last-child .tale")?.textContent.length ?? 0);
          if (document.querySelector(".turn:last-child .receipt")) resolve([...lengths]);
        });
        observer.observe(document.querySelector("#turns")!, { childList: true, subtree: true });
      }),
  );
}

async function stream(): Promise<number> {
  const growing = watchGrowth();
  await tell("A lighthouse that is afraid of the dark");
  const lengths = await growing;
  expect(lengths.length, "it grows before the eyes").toBeGreaterThan(10);
  expect(await turn().locator(".tale").innerText()).toContain("afraid of the dark");
  await photograph(page, "story-06-first-story");
  return priceOfLast();
}

/** On the person's own bill, in the platform's own words. */
async function readBill(price: number): Promise<void> {
  const bill = await page.context().newPage();
  await bill.goto(`${demo.issuer}/account/usage`);
  const calls = bill.getByRole("table", { name: "Calls, newest first" });
  const row = calls.getByRole("row").nth(1);
  expect(await row.innerText()).toContain("Storyteller");
  expect(micros((await row.innerText()).match(/\$[\d.\s]+\d/)![0])).toBe(price);
  await photograph(bill, "story-07-usage");
  await row.getByRole("link").click();
  const receipt = bill.locator("#receipt");
  const sum = receipt.locator(".sum dd");
  expect(micros(await sum.innerText())).toBe(price);
  expect(await receipt.innerText()).toContain("Paid by Personal, inside the cap of");
  await photograph(bill, "story-08-receipt");
  await bill.close();
}

/** Stories until the cap stops one. */
async function reachCap(first: number): Promise<number> {
  let spent = first;
  for (let count = 2; count < 12; count++) {
    await tell("How the cat became the night porter");
    const refusal = page.locator("#notice [data-refusal]");
    await turn().locator(".receipt").or(refusal).first().waitFor();
    if (await refusal.isVisible()) break;
    spent += await priceOfLast();
  }
  const refusal = page.locator('[data-refusal="cap"]');
  expect(await refusal.innerText()).toContain("Storyteller has reached its cap");
  expect(spent).toBeLessThanOrEqual(30_000);
  await photograph(page, "story-09-cap-reached");
  return spent;
}

async function raise(): Promise<void> {
  const [limit] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: "Raise the cap" }).click(),
  ]);
  await limit.getByRole("heading", { name: "Storyteller has reached its cap" }).waitFor();
  await photograph(limit, "story-10-limit");
  await limit.getByLabel("Or another amount").fill("2.00");
  await limit.getByRole("button", { name: "Raise the cap" }).click();
  await limit.getByText("Storyteller may now spend $2.00 each month").waitFor();
  await photograph(limit, "story-11-raised");
  await limit.close();
  const before = await page.locator("article.turn").count();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => page.locator("article.turn .receipt").count(), { timeout: 20_000 }).toBe(before + 1);
  expect(await page.locator("#bill").innerText()).toContain("of $2.00 this month");
}

async function revoke(): Promise<void> {
  const connected = await page.context().newPage();
  await connected.goto(`${demo.issuer}/account/connected`);
  await photograph(connected, "story-12-connected");
  await connected.getByRole("link", { name: "Change cap of Storyteller" }).click();
  await photograph(connected, "story-13-change-tray");
  await connected.getByRole("link", { name: "Cancel" }).click();
  await connected.getByRole("link", { name: "Revoke Storyteller" }).click();
  await photograph(connected, "story-14-revoke-tray");
  await connected.getByRole("button", { name: "Revoke now" }).click();
  await connected.getByText("Storyteller is revoked").waitFor();
  await photograph(connected, "story-15-revoked");
  await connected.close();
  await tell("One more");
  const refusal = page.locator('[data-refusal="ended"]');
  await refusal.waitFor();
  expect(await refusal.innerText()).toMatch(/Acme no longer lets Storyteller spend for you\.\s+Sign in again\./);
  await photograph(page, "story-16-refused");
}

it("[R72] a stranger signs in, spends up to a cap, raises it, and revokes the app", { timeout: 180_000 }, async () => {
  await signUp();
  await consent("0.03");
  const first = await stream();
  expect(first).toBeGreaterThan(0);
  await readBill(first);
  await reachCap(first);
  await raise();
  expect(await hear("And then the light came back")).toBeGreaterThan(0);
  await revoke();
  expect(complaints).toEqual([]);
});
