import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, press, type Stage, signIn } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage.close());

/** Follows a page's own word for where it is: the answer's parameters. */
async function answerOf(page: Page): Promise<Record<string, string>> {
  await page.getByRole("heading", { name: "Back at the app" }).waitFor();
  return Object.fromEntries(new URL(page.url()).searchParams);
}

describe("with scripts switched off", () => {
  it("[R73][H17] a stranger signs up and consents with a lower cap", async () => {
    const page = await stage.newPage({ javaScriptEnabled: false });
    const scripts: string[] = [];
    page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
    await page.goto(stage.storyteller.authorization({ budget_limit: "1.00", state: "of the stranger" }).href);
    await page.getByRole("link", { name: "Create an account" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Noor Haddad");
    await page.getByLabel("Username").fill("noor");
    await page.getByLabel("E-mail").fill("noor@fennick.example");
    await page.getByLabel("Password").fill("short");
    await page.getByLabel(/I accept/).check();
    await press(page, "Create account");
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.getByLabel("Username").inputValue()).toBe("noor");
    await page.getByLabel("Password").fill("a key for every room");
    await press(page, "Create account");
    await page.getByRole("heading", { name: "Storyteller wants to use your Acme account" }).waitFor();
    await page.getByLabel("Cap in US dollars").fill("0.40");
    await page.getByLabel("Period of the cap").selectOption("each week");
    await page.getByText("Add a second cap or an end date").click();
    await page.getByLabel("And each day, at most").fill("0.10");
    await press(page, "Allow");
    const { state, iss } = await answerOf(page);
    expect({ state, iss }).toEqual({ state: "of the stranger", iss: stage.place.issuer });
    const tokens = await stage.storyteller.redeem(new URL(page.url()));
    expect(tokens.budget, "of two caps the one felt first").toMatchObject({ limit: "0.10", period: "day" });
    expect(scripts).toEqual([]);
  });

  it("[R73] somebody known signs in, mistypes, consents without spending, and leaves", async () => {
    const page = await stage.newPage({ javaScriptEnabled: false });
    await page.goto(stage.storyteller.authorization().href);
    await signIn(page, "maya", "tulips in the cellar");
    expect(await page.getByRole("alert").innerText()).toContain("That name and password do not belong together");
    expect(await page.getByLabel("Username or e-mail").inputValue(), "the name is kept").toBe("maya");
    expect(await page.getByLabel("Password").inputValue()).toBe("");
    await page.getByLabel("Password").fill("tulips in the attic 4");
    await press(page, "Sign in");
    await press(page, "Sign me in, but no spending");
    await answerOf(page);
    const tokens = await stage.storyteller.redeem(new URL(page.url()));
    expect(tokens.scope).toBe("openid profile email offline_access");
    expect(tokens.budget).toBeUndefined();

    await page.goto(`${stage.place.issuer}/account`);
    await page.getByRole("link", { name: "Revoke Storyteller" }).click();
    await press(page, "Revoke now");
    await page.getByText("Storyteller is revoked").waitFor();
    expect((await stage.storyteller.refresh(tokens.refresh_token)).error).toBe("invalid_grant");
    await press(page, "Sign out");
    await page.getByRole("heading", { name: "You are signed out" }).waitFor();
    await page.goto(`${stage.place.issuer}/account`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  it("[T23] somebody makes a key, and finds it neither by loading the answer anew nor by going back", async () => {
    const page = await stage.newPage({ javaScriptEnabled: false });
    await page.goto(`${stage.place.issuer}/account/keys/new`);
    await signIn(page, "maya");
    await page.getByLabel("Name", { exact: true }).fill("Notebook");
    await page.getByLabel("Cap in US dollars").fill("0,50");
    await press(page, "Make the key");
    const key = (await page.locator("#secret").textContent())!;
    const authorization = `Bearer ${key}`;
    expect((await fetch(`${stage.place.issuer}/v1/models`, { headers: { authorization } })).status).toBe(200);
    expect(page.url()).not.toContain(key);
    await page.reload();
    await page.getByText("That form has made its key already").waitFor();
    expect(await page.getByRole("link", { name: "Revoke Notebook" }).count()).toBe(1);
    expect(await page.content()).not.toContain(key);
    await page.goBack();
    await page.getByRole("heading", { name: "Make a key" }).waitFor();
    expect(await page.content()).not.toContain(key);
  });
});

describe("what strangers write", () => {
  const hostile = `"><script>document.title = "pwned"</script><img src=x onerror="document.title = 'pwned'">`;

  it("is shown as they wrote it, and runs nowhere", async () => {
    const page = await stage.newPage();
    const loads: string[] = [];
    page.on("request", (request) => loads.push(request.url()));
    await page.goto(stage.storyteller.authorization({ state: hostile, login_hint: hostile }).href);
    expect(await page.getByLabel("Username or e-mail").inputValue()).toBe(hostile);
    await signIn(page, hostile);
    expect(await page.getByLabel("Username or e-mail").inputValue()).toBe(hostile);

    await page.getByRole("link", { name: "Create an account" }).click();
    const name = "<b onclick=alert(1)>Noor</b> & ‮Haddad";
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Username").fill(hostile.slice(0, 32));
    await page.getByLabel("E-mail").fill("noor@fennick.example");
    await page.getByLabel("Password").fill("a key for every room");
    await page.getByLabel(/I accept/).check();
    await press(page, "Create account");
    expect(await page.getByLabel("Username").inputValue()).toBe(hostile.slice(0, 32));
    await page.getByLabel("Username").fill("noor2");
    await page.getByLabel("Name", { exact: true }).fill("<b onclick=alert(1)>Noor</b> & Co");
    await page.getByLabel("Password").fill("a key for every room");
    await press(page, "Create account");
    await page.getByText("<b onclick=alert(1)>Noor</b> & Co").waitFor();
    await press(page, "Deny");
    expect((await answerOf(page)).state, "comes back as it was sent").toBe(hostile);
    expect(loads.filter((url) => url.endsWith("/x"))).toEqual([]);
    expect(await page.title()).toBe("Back");
  });

  it("is no name for an app", async () => {
    const app = ["--owner", "kit", "--name", "<script>alert(1)</script>", "--redirect-uri", "https://kit.example/"];
    await expect(stage.place.command("apps", "create", ...app)).rejects.toThrow("A name has letters, digits");
  });

  it("is not repeated where the way ends", async () => {
    const page = await stage.newPage();
    const asked = stage.storyteller.authorization({ redirect_uri: "https://evil.example/callback", state: hostile });
    const response = await page.goto(asked.href);
    expect(response!.status()).toBe(400);
    await page.locator("#fatal-error").waitFor();
    const markup = await page.content();
    for (const word of ["evil.example", "pwned", "Storyteller"]) expect(markup).not.toContain(word);
  });
});
