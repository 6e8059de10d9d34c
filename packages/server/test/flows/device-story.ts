import type { Browser, Page } from "../../src/testing/browser.ts";
import { type DatabaseKind, databases } from "../../src/testing/databases.ts";
import { openPlatform, type Platform, type PlatformOptions, password } from "../../src/testing/platform.ts";

export const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
export const consentPath = "/device/consent";

/** What a wire says is judged by the test, not by the compiler. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Json = any;

export interface Answer {
  status: number;
  json: Json;
  headers: Headers;
}

/** The answer of the device authorization endpoint. */
export interface Started {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  expires_in: number;
  interval: number;
}

/** A platform with Maya, and Kit's app Teleprinter, which runs where there is no browser. */
export interface DeviceStory extends Platform {
  maya: { id: string; workspaceId: string };
  app: { id: string; clientId: string };
  post(
    path: string,
    form: Record<string, string>,
    init?: { headers?: Record<string, string>; peer?: string },
  ): Promise<Answer>;
  start(more?: Record<string, string>): Promise<Started>;
  poll(device_code: string, more?: Record<string, string>): Promise<Answer>;
  /** Signs somebody in, in a browser of their own. */
  signedIn(username?: string): Promise<Browser>;
  /** Types a code that a device shows, from the page of the code. */
  enter(browser: Browser, userCode: string): Promise<Page>;
  /** From the code to the end, pressing one button as the page stands. */
  answer(
    browser: Browser,
    userCode: string,
    decision: string,
    values?: Record<string, string | string[] | null>,
  ): Promise<Page>;
}

export async function openDeviceStory(
  metadata: Record<string, unknown> = {},
  options: PlatformOptions = {},
  open: DatabaseKind["open"] = databases[0]!.open,
): Promise<DeviceStory> {
  const platform = await openPlatform(open, options);
  const maya = await platform.addUser("maya");
  const kit = await platform.addUser("kit");
  const grant_types = ["authorization_code", "refresh_token", deviceGrant];
  const app = await platform.addApp(kit.id, { name: "Teleprinter", client_type: "public", grant_types, ...metadata });

  const post: DeviceStory["post"] = async (path, form, { headers, peer } = {}) => {
    const body = new URLSearchParams(form);
    const response = await platform.fetch(path, { method: "POST", body, headers, peer });
    return { status: response.status, headers: response.headers, json: await response.json() };
  };
  const enter: DeviceStory["enter"] = async (browser, userCode) => {
    const page = await browser.open("/device");
    return browser.follow(await browser.submit(page, "/device", { user_code: userCode }));
  };

  return {
    ...platform,
    maya,
    app,
    post,
    enter,
    start: async (more = {}) => (await post("/idp/device_authorization", { client_id: app.clientId, ...more })).json,
    poll: (device_code, more = {}) =>
      post("/idp/token", { grant_type: deviceGrant, device_code, client_id: app.clientId, ...more }),
    async signedIn(username = "maya") {
      const browser = platform.browser();
      await browser.submit(await browser.open("/idp/login"), "/idp/login", { login: username, password });
      return browser;
    },
    async answer(browser, userCode, decision, values = {}) {
      const page = await enter(browser, userCode);
      return browser.follow(await browser.submit(page, consentPath, { decision, ...values }));
    },
  };
}
