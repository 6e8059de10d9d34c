import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible, flawsOf } from "./accessible.ts";
import { photograph } from "./chromium.ts";
import { openStage, press, type Stage, signIn } from "./stage.ts";

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.newPage({ viewport: { width: 1280, height: 800 } });
});

afterAll(() => stage.close());

const goTo = (path: string) => page.goto(stage.place.issuer + path);
const click = (name: string | RegExp) => page.getByRole("link", { name }).click();

/** Whoever looks for a place to improve finds every page by its name in `screenshots/`. */
async function judge(name: string): Promise<void> {
  await expectAccessible(page);
  await photograph(page, `page-${name}`);
}

/** Five words on Maya's bill, a cent; her cap pays for one such call. */
async function call(token: string): Promise<{ status: number; body: { error?: { manage_url: string } } }> {
  const messages = [{ role: "user", content: "A story" }];
  const answer = await fetch(`${stage.place.issuer}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "acme-large", messages, max_tokens: 5 }),
  });
  return { status: answer.status, body: await answer.json() };
}

const back = () => page.getByRole("heading", { name: "Back at the app" }).waitFor();

it("what judges the pages sees what is wrong with one", async () => {
  const flawed = await stage.newPage();
  await flawed.goto(`${stage.place.issuer}/sign-in`);
  await flawed.locator("main").evaluate((main) => {
    main.innerHTML = "<h1>Pale</h1><input><p id='pale'>barely to be seen</p>";
    main.querySelector<HTMLElement>("#pale")!.style.cssText = "color: #eee; background: #fff; min-width: 400px";
  });
  const kinds = (await flawsOf(flawed)).map((flaw) => flaw.replace(/:.*|^\d+ /gs, ""));
  const expected = ["light, label", "light, color-contrast", "dark, label", "px wide on a phone of 320"];
  expect(kinds).toEqual(expect.arrayContaining(expected));
});

// In this order: each page is reached as people reach it.
describe("every page can be used by everybody:", () => {
  it("the doors", async () => {
    await page.goto(stage.storyteller.authorization().href);
    await judge("sign-in");
    await signIn(page, "maya", "wrong");
    await judge("sign-in-wrong");
    await click("Create an account");
    await judge("sign-up");
    await page.locator("main form").evaluate((form: HTMLFormElement) => {
      form.noValidate = true;
    });
    await press(page, "Create account");
    await judge("sign-up-wrong");
  });

  it("consent", async () => {
    const far = await stage.place.command(
      ...["apps", "create", "--owner", "kit", "--name", "Quarry", "--redirect-uri", "https://quarry.example/callback"],
    );
    const client = { client_id: String(far.client_id), redirect_uri: "https://quarry.example/callback" };
    const scope = { scope: "openid profile email billing:read gateway:access", optional_scope: "email billing:read" };
    await page.goto(stage.storyteller.authorization({ ...client, ...scope, budget_limit: "10.00" }).href);
    await signIn(page, "maya");
    await judge("consent");
    await page.getByText("Add a second cap or an end date").click();
    await page.getByLabel("And each day, at most").fill("20");
    await press(page, "Allow");
    await judge("consent-wrong");
    await page.getByLabel("And each day, at most").fill("2");
    await page.getByLabel("And each day, at most").press("Enter");
    await judge("consent-review");
    await page.goto(stage.storyteller.authorization({ scope: "openid email" }).href);
    await judge("consent-identity");
    await press(page, "Allow");
    await back();
    await page.goto(stage.storyteller.authorization({ budget_limit: "0.0105" }).href);
    await judge("consent-more");
    await press(page, "Allow");
    await back();
  });

  it("usage and receipts, the cap that is reached", async () => {
    await goTo("/account/usage");
    await judge("usage-empty");
    const { access_token: token } = await stage.storyteller.redeem(stage.callback.answers.at(-1)!);
    expect((await call(token)).status).toBe(200);
    const { status, body } = await call(token);
    expect(status).toBe(402);
    await goTo("/account/usage");
    await judge("usage");
    await page.getByRole("table", { name: /Calls/ }).getByRole("link").click();
    await page.getByText("Show as a table").click();
    await judge("receipt");
    await page.goto(body.error!.manage_url);
    await page.getByRole("heading", { name: "Storyteller has reached its cap" }).waitFor();
    await judge("limit");
    await page.getByLabel("Or another amount").fill("0.01");
    await press(page, "Raise the cap");
    await page.getByText("Write more than $0.0105 each month").waitFor();
    await page.getByRole("heading", { name: "Storyteller has reached its cap" }).waitFor();
    await judge("limit-wrong");
  });

  it("connected apps", async () => {
    await goTo("/account/connected");
    await judge("connected");
    await click("Change cap of Storyteller");
    await judge("change-tray");
    await page.getByLabel("Cap in US dollars").fill("none");
    await press(page, "Save cap");
    await judge("change-tray-wrong");
    await page.getByLabel("Cap in US dollars").fill("0.50");
    await press(page, "Save cap");
    await judge("changed");
    await click("Revoke Storyteller");
    await judge("revoke-tray");
    await press(page, "Revoke now");
    await judge("revoked");
    await click("1 revoked app");
    await judge("revoked-list");
  });

  it("keys and profile", async () => {
    await goTo("/account/keys");
    await judge("keys-empty");
    await click("Make a key");
    await judge("key-new");
    await page.getByLabel("Name", { exact: true }).fill("Night job");
    await page.getByLabel("See your balance and receipts").check();
    await page.getByLabel("Cap in US dollars").fill("two");
    await press(page, "Make the key");
    await page.getByText("Write an amount such as 10 or 10.50.").waitFor();
    expect(await page.getByLabel("Cap in US dollars").evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await page.getByLabel("See your balance and receipts").isChecked()).toBe(true);
    await judge("key-new-wrong");
    await page.getByLabel("Cap in US dollars").fill("2");
    await press(page, "Make the key");
    await page.getByRole("heading", { name: "Night job is ready" }).waitFor();
    await judge("key-once");
    await click("I have kept it");
    await click("Revoke Night job");
    await press(page, "Revoke now");
    await page.getByRole("heading", { name: "You have no keys" }).waitFor();
    await stage.place.command("keys", "create", "--user", "maya", "--name", "maya-laptop", "--limit", "5.00");
    await stage.place.command("keys", "create", "--user", "maya");
    await goTo("/account/keys");
    await judge("keys");
    await click("Revoke maya-laptop");
    await judge("keys-tray");
    await goTo("/account/profile");
    await judge("profile");
  });

  it("where the way ends", async () => {
    await goTo("/sign-out");
    await judge("sign-out");
    await page.locator("#logout-yes").click();
    await page.locator("#logged-out").waitFor();
    await judge("signed-out");
    await page.goto(stage.storyteller.authorization({ redirect_uri: "https://evil.example/" }).href);
    await page.locator("#fatal-error").waitFor();
    await judge("fatal-error");
    await goTo("/account/nowhere");
    await judge("not-found");
  });
});
