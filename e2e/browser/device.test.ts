import * as oidc from "openid-client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible } from "./accessible.ts";
import { photograph } from "./chromium.ts";
import { openStage, press, type Stage, signIn } from "./stage.ts";

let stage: Stage;
let clientId: string;

beforeAll(async () => {
  stage = await openStage();
  const { key } = await stage.place.command("keys", "create", "--user", "kit", "--full");
  const registered = await fetch(`${stage.place.issuer}/idp/apps`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      name: "Teleprinter",
      client_type: "public",
      redirect_uris: [stage.callback.uri],
      grant_types: ["refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
    }),
  });
  expect(registered.status).toBe(200);
  clientId = ((await registered.json()) as { client_id: string }).client_id;
});

afterAll(() => stage.close());

/** The library on the device, as it comes. */
async function begin(scope: string, more: Record<string, string> = {}) {
  const config = await oidc.discovery(new URL(stage.place.issuer), clientId, undefined, oidc.None(), {
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  });
  return { config, shown: await oidc.initiateDeviceAuthorization(config, { scope, ...more }) };
}

async function judge(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await photograph(page, name);
}

const heading = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 }).waitFor();

describe("a device without a browser, with openid-client, unmodified", () => {
  it("[R70][R73] is signed in by its person, without a script, after comparing the code", async () => {
    const scope = "openid profile offline_access gateway:access";
    const { config, shown } = await begin(scope, { budget_limit: "3.00", budget_period: "week" });
    expect(shown).toMatchObject({ verification_uri: `${stage.place.issuer}/device`, expires_in: 600, interval: 5 });
    const polling = oidc.pollDeviceAuthorizationGrant(config, shown);

    const page = await stage.newPage({ javaScriptEnabled: false });
    await page.goto(shown.verification_uri_complete!);
    await signIn(page, "maya");
    await heading(page, "Does your device show this code?");
    expect(await page.getByLabel("Code").inputValue()).toBe(shown.user_code);
    await press(page, "It does, go on");
    await heading(page, "Teleprinter wants to use your Acme account");
    await page.getByText(`the device that shows ${shown.user_code}`).first().waitFor();
    await page.getByLabel("Cap in US dollars").fill("0.50");
    await press(page, "Allow");
    await heading(page, "You are signed in on your device");

    const tokens = await polling;
    expect(tokens).toMatchObject({ token_type: "bearer", scope });
    expect(tokens.claims()).toMatchObject({ iss: stage.place.issuer, aud: clientId, amr: ["pwd"] });
    expect(tokens.budget).toMatchObject({ limit: "0.50", period: "week" });
    const renewed = await oidc.refreshTokenGrant(config, tokens.refresh_token!);
    expect(renewed.claims()!.sub).toBe(tokens.claims()!.sub);
  });

  it("[R70] hears of a refusal in a word that it knows", async () => {
    const { config, shown } = await begin("openid");
    const polling = oidc.pollDeviceAuthorizationGrant(config, shown);
    const refused = expect(polling).rejects.toMatchObject({ error: "access_denied" });
    const page = await stage.newPage();
    await page.goto(shown.verification_uri);
    await signIn(page, "maya");
    await page.getByLabel("Code").pressSequentially(shown.user_code.toLowerCase().replace("-", " "));
    await page.keyboard.press("Enter");
    await press(page, "Deny");
    await heading(page, "Your device was refused");
    await refused;
  });
});

describe("every page of the device can be used by everybody:", () => {
  let page: Page;

  beforeAll(async () => {
    page = await stage.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${stage.place.issuer}/device`);
    await signIn(page, "maya");
  });

  it("the code, a wrong one, one that came with the address", async () => {
    await judge(page, "device");
    await page.getByLabel("Code").fill("WDJB-MJHT");
    await press(page, "Go on");
    await page.getByText("No device shows this code now.").waitFor();
    expect(await page.title()).toMatch(/^Error: /);
    await judge(page, "device-wrong");
    const { shown } = await begin("openid");
    await page.goto(shown.verification_uri_complete!);
    await judge(page, "device-confirm");
  });

  it("the question, and both answers", async () => {
    const scope = "openid profile email gateway:access";
    const { shown } = await begin(scope, { optional_scope: "email", budget_limit: "10.00" });
    await page.goto(shown.verification_uri_complete!);
    await press(page, "It does, go on");
    await judge(page, "device-consent");
    await page.getByLabel("Cap in US dollars").fill("0");
    await press(page, "Allow");
    await judge(page, "device-consent-wrong");
    await page.getByLabel("Cap in US dollars").fill("2");
    await press(page, "Allow");
    await heading(page, "You are signed in on your device");
    await judge(page, "device-approved");
    const other = await begin("openid");
    await page.goto(other.shown.verification_uri_complete!);
    await press(page, "It does, go on");
    await judge(page, "device-consent-identity");
    await press(page, "Deny");
    await judge(page, "device-denied");
  });

  it("a code of another browser, and too many wrong ones", async () => {
    const { shown } = await begin("openid");
    await page.goto(shown.verification_uri_complete!);
    await press(page, "It does, go on");
    const stranger = await stage.newPage({ viewport: { width: 1280, height: 800 } });
    await stranger.goto(shown.verification_uri_complete!);
    await signIn(stranger, "kit");
    await press(stranger, "It does, go on");
    await stranger.getByText("This code was already entered in another browser.").waitFor();
    await judge(stranger, "device-taken");
    for (let count = 0; count < 20; count++) {
      await stranger.getByLabel("Code").fill("BBBB-BBBB");
      await press(stranger, "Go on");
    }
    await stranger.getByText("Too many wrong codes.").waitFor();
    await judge(stranger, "device-wait");
  });
});
