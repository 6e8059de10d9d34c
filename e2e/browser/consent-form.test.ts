import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openStage, press, type Stage, signIn } from "./stage.ts";

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
});

beforeEach(async () => {
  page = await stage.newPage();
  stage.callback.answers.length = 0;
});

afterAll(() => stage.close());

const amount = () => page.getByLabel("Cap in US dollars");
const lastAnswer = () => Object.fromEntries(stage.callback.answers.at(-1)!.searchParams);

async function arrived(at = page): Promise<void> {
  await at.getByRole("heading", { name: "Back at the app" }).waitFor();
}

async function toConsent(): Promise<void> {
  await page.goto(stage.storyteller.authorization({ prompt: "consent", budget_limit: "1.00" }).href);
  if (new URL(page.url()).pathname === "/idp/login") await signIn(page, "maya");
  await page.getByRole("heading", { name: /Storyteller wants to use/ }).waitFor();
}

describe("the keyboard", () => {
  it("Enter in the amount reads it back, and never allows", async () => {
    await toConsent();
    await page.getByText("Add a second cap or an end date").click();
    await page.getByLabel("And each day, at most").fill("$0.1");
    await page.getByLabel("Until").fill("2100-02-01");
    await amount().fill("0,4");
    await amount().press("Enter");
    const told = await page.getByText("Nothing is allowed yet").innerText();
    expect(told).toContain("The cap is $0.40 each month and $0.10 each day, until 1 February 2100.");
    await amount().press("Enter");
    await page.getByText("Nothing is allowed yet").waitFor();
    expect(stage.callback.answers).toEqual([]);
  });

  it("signs in, sets a cap and allows without a mouse", async () => {
    await page.goto(stage.storyteller.authorization({ prompt: "consent", budget_limit: "1.00" }).href);
    await page.keyboard.press("Tab");
    expect(await focused(), "first of all").toBe("Skip to the page");
    await page.keyboard.press("Enter");
    await reach("login");
    await page.keyboard.type("maya");
    await page.keyboard.press("Tab");
    await page.keyboard.type("tulips in the attic 4");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /Storyteller wants to use/ }).waitFor();
    await reach("cap_amount");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("2.50");
    const order = [];
    for (let name = await next(); name !== "Allow"; name = await next()) order.push(name);
    expect(order).toEqual(["cap_period", "Add a second cap or an end date", "Deny"]);
    await page.keyboard.press("Enter");
    await arrived();
    const tokens = await stage.storyteller.redeem(stage.callback.answers[0]!);
    expect(tokens.budget).toMatchObject({ limit: "2.50", period: "month" });
  });

  const focused = () =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      return at?.getAttribute("name") === "decision" ? at.textContent : (at?.getAttribute("name") ?? at?.textContent);
    });

  async function next(): Promise<string> {
    await page.keyboard.press("Tab");
    return (await focused())!.trim();
  }

  async function reach(name: string): Promise<void> {
    for (let steps = 0; (await next()) !== name; steps++) expect(steps, `${name} is reached by Tab`).toBeLessThan(12);
  }
});

describe("an amount that is none", () => {
  it("is told beside the field, in the title, and has the focus", async () => {
    await toConsent();
    await amount().fill("lots");
    await press(page, "Allow");
    await page.getByText("Write an amount such as 10 or 10.50.").waitFor();
    expect(await page.title()).toMatch(/^Error: /);
    expect(await amount().evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await amount().inputValue()).toBe("lots");
    expect(stage.callback.answers).toEqual([]);
  });

  it("keeps nobody from refusing", async () => {
    await toConsent();
    await amount().fill("");
    await press(page, "Deny");
    await arrived();
    expect(lastAnswer()).toMatchObject({ error: "access_denied", state: "a state", iss: stage.place.issuer });
  });

  it("keeps nobody from signing in without spending", async () => {
    await toConsent();
    await amount().fill("-1");
    await press(page, "Sign me in, but no spending");
    await arrived();
    expect(lastAnswer().code).toBeDefined();
  });
});

describe("one browser", () => {
  it("answers two requests in two tabs, in any order", async () => {
    const fieldnotes = await stage.register("Fieldnotes");
    const other = await page.context().newPage();
    await page.goto(stage.storyteller.authorization({ state: "first" }).href);
    await other.goto(fieldnotes.authorization({ scope: "openid email", state: "second" }).href);
    await signIn(page, "kit");
    // The session is there by now; the page of before asks for it once more, and goes on.
    await other.reload();
    await other.getByRole("heading", { name: "Fieldnotes wants to know it is you" }).waitFor();
    const again = await page.context().newPage();
    await again.goto(stage.storyteller.authorization({ state: "third" }).href);
    await again.getByRole("heading", { name: /Storyteller wants to use/ }).waitFor();

    await press(other, "Allow");
    await arrived(other);
    await press(page, "Allow");
    await arrived(page);
    await press(again, "Allow");
    await arrived(again);
    const [second, first, third] = stage.callback.answers;
    const states = [first, second, third].map((answer) => answer!.searchParams.get("state"));
    expect(states).toEqual(["first", "second", "third"]);
    expect((await fieldnotes.redeem(first!)).error, "not with the other app's code").toBe("invalid_grant");
    expect((await fieldnotes.redeem(second!)).scope).toBe("openid email");
    expect((await stage.storyteller.redeem(third!)).scope).toContain("gateway:access");
  });

  it("signs in in two tabs, one after the other", async () => {
    const fieldnotes = await stage.register("Marginalia");
    const other = await page.context().newPage();
    await page.goto(stage.storyteller.authorization({ prompt: "consent" }).href);
    await other.goto(fieldnotes.authorization({ scope: "openid" }).href);
    for (const [tab, app] of [
      [page, stage.storyteller],
      [other, fieldnotes],
    ] as const) {
      await signIn(tab, "maya");
      await press(tab, "Allow");
      await arrived(tab);
      expect((await app.redeem(stage.callback.answers.at(-1)!)).access_token).toMatch(/^ik_at_/);
    }
  });

  it("goes on as somebody else by “Not you?”", async () => {
    await toConsent();
    await press(page, "Not you?");
    await page.getByText("to go on to Storyteller").waitFor();
    await signIn(page, "kit");
    await page.getByText("kit@larkin.example").first().waitFor();
    await press(page, "Allow");
    await arrived();
    const { access_token: token } = await stage.storyteller.redeem(stage.callback.answers[0]!);
    const answer = await fetch(`${stage.place.issuer}/idp/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ preferred_username: "kit" });
  });
});
