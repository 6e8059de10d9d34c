import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flawsOf } from "./accessible.ts";
import { plugIn, type VirtualAuthenticator } from "./authenticator.ts";
import { photograph } from "./chromium.ts";
import { openStage, press, type Stage, signIn } from "./stage.ts";

let stage: Stage;
let page: Page;
let device: VirtualAuthenticator;
const blocked: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  page = await stage.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("console", (line) => line.text().includes("Content Security Policy") && blocked.push(line.text()));
  // A browser may know passkeys and not fill them in: then nothing is under way before the button is pressed.
  await page.addInitScript(() => {
    const { localStorage, PublicKeyCredential } = globalThis as unknown as {
      localStorage: Record<string, string>;
      PublicKeyCredential: { isConditionalMediationAvailable(): Promise<boolean> };
    };
    if (localStorage.fillsIn === "no") PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  device = await plugIn(page);
});
afterAll(() => stage.close());

const at = (path: string) => stage.place.issuer + path;
const room = "/account/security/passkeys";

/** A page whose one script is ours. */
async function good(name: string): Promise<void> {
  const scripts = page.locator("script");
  expect(await scripts.count()).toBe(1);
  expect(await scripts.getAttribute("src")).toMatch(/^\/assets\/passkey\.[\w-]{12}\.js$/);
  expect(await page.locator("style, [style], [onclick]").count()).toBe(0);
  expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
  expect(await flawsOf(page), name).toEqual([]);
  await photograph(page, `page-${name}`);
}

const fillIn = (answer: "yes" | "no") =>
  page.evaluate((value) => {
    (globalThis as unknown as { localStorage: Record<string, string> }).localStorage.fillsIn = value;
  }, answer);

async function signOut(): Promise<void> {
  await page.goto(at("/account/connected"));
  await press(page, "Sign out");
  await page.getByRole("heading", { name: "You are signed out" }).waitFor();
}

const connected = () => page.getByRole("heading", { name: "Connected apps" }).waitFor();

// In this order: the passkey is made first.
describe("a passkey", () => {
  it("[W01] is added from the list of ways to sign in, and named", async () => {
    await page.goto(at("/account/security"));
    await signIn(page, "maya");
    await page.goto(at("/account/security"));
    await page.getByRole("link", { name: "Manage Passkeys" }).click();
    await good("passkeys-empty");
    await page.getByRole("link", { name: "Add a passkey" }).click();
    await page.getByRole("button", { name: "Create a passkey" }).waitFor();
    expect(await page.getByText("This browser makes no passkeys here").isVisible()).toBe(false);
    await good("passkeys-add");
    await press(page, "Create a passkey");
    await page.getByText("It signs you in from now on.").waitFor();
    expect(await device.credentials()).toHaveLength(1);
    await page.getByRole("link", { name: "Rename Passkey" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("laptop");
    await good("passkeys-rename");
    await press(page, "Save name");
    await page.getByText("It is called laptop now.").waitFor();
    await good("passkeys");
  });

  it("is made once by each device", async () => {
    await page.goto(at(`${room}?add=1`));
    await press(page, "Create a passkey");
    await page.getByRole("status").filter({ hasText: "This device has a passkey for your account already." }).waitFor();
    expect(await device.credentials()).toHaveLength(1);
  });

  it("[W08] signs in by the button, without a username, on the way to an app", async () => {
    await signOut();
    await device.agree(false);
    await page.goto(stage.storyteller.authorization().href);
    const button = page.getByRole("button", { name: "Sign in with a passkey" });
    await button.waitFor();
    await good("sign-in-passkey");
    await device.agree(true);
    await button.click();
    await page.getByRole("heading", { name: "Storyteller wants to use your Acme account" }).waitFor();
    expect((await device.credentials())[0]!.signCount).toBeGreaterThan(0);
  });

  it("signs in where the browser fills in names", async () => {
    await signOut();
    await device.agree(true);
    await page.goto(at("/sign-in"));
    await connected();
  });

  it("[W03] signs in after the page was refused, and no use of it counts twice", async () => {
    await signOut();
    await fillIn("no");
    const sent: string[] = [];
    page.on("request", (request) => request.method() === "POST" && sent.push(request.postData() ?? ""));
    await page.goto(at("/sign-in"));
    await press(page, "Sign in with a passkey");
    await connected();
    await signOut();
    await page.goto(at("/sign-in"));
    const used = new URLSearchParams(sent.find((body) => body.includes("auth_method=passkey"))).get("passkey")!;
    await page.evaluate((value) => {
      const form = document.getElementById("passkey-form") as unknown as {
        elements: { passkey: { value: string } };
        submit(): void;
      };
      form.elements.passkey.value = value;
      form.submit();
    }, used);
    await page.getByText("That passkey opens no account here.").waitFor();
    await good("sign-in-passkey-refused");
    await press(page, "Sign in with a passkey");
    await connected();
  });

  it("is asked for anew by a page that lay open too long", async () => {
    await signOut();
    await page.goto(at("/sign-in"));
    const asked = () => page.locator("#passkey-form").getAttribute("data-options");
    const before = await asked();
    const posts: string[] = [];
    page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
    await page.clock.setFixedTime(Date.now() + 31 * 60_000);
    await press(page, "Sign in with a passkey");
    await expect.poll(asked, { timeout: 10_000 }).not.toBe(before);
    expect(posts).toEqual([]);
    await press(page, "Sign in with a passkey");
    await connected();
  });

  it("[W06] signs in no more once it is removed, and the page says so", async () => {
    await page.goto(at(room));
    await page.getByRole("link", { name: "Remove laptop" }).click();
    await good("passkeys-remove");
    await press(page, "Remove now");
    await page.getByText("The passkey is removed.").waitFor();
    await page.getByText("You have no passkeys").waitFor();
    await signOut();
    await page.goto(at("/sign-in"));
    await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
  });

  it("[W11][H17] has no dead button where scripts are off, and no script of a stranger ran", async () => {
    const plain = await stage.newPage({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
    await plain.goto(at("/sign-in"));
    expect(await plain.getByRole("button", { name: "Sign in with a passkey" }).isVisible()).toBe(false);
    await signIn(plain, "kit");
    await plain.goto(at(`${room}?add=1`));
    expect(await plain.getByRole("button", { name: "Create a passkey" }).isVisible()).toBe(false);
    await plain.getByText("This browser makes no passkeys here").waitFor();
    await photograph(plain, "page-passkeys-add-without-script");
    expect(blocked).toEqual([]);
  });
});
