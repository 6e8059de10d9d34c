import { setTimeout } from "node:timers/promises";
import { CommandFault, say } from "../process/answer.ts";
import type { Endpoints } from "./discovery.ts";
import { Refusal } from "./refusal.ts";
import { readEndpoint } from "./secure-url.ts";
import { sendForm, textOf, Unreachable } from "./send.ts";
import { checkIdToken, clientId, requestTokens, type Tokens } from "./tokens.ts";

interface DeviceCode {
  deviceCode: string;
  userCode: string;
  page: string;
  /** The same with the code in it. */
  pageWithCode: string | undefined;
  expiresInSeconds: number;
  intervalSeconds: number;
}

/** RFC 8628: any other device with a browser says yes. */
export async function signInByDevice(endpoints: Endpoints, scopes: readonly string[]): Promise<Tokens> {
  if (!endpoints.deviceAuthorization) {
    throw new CommandFault(`${endpoints.issuer} does not sign in by code. Run this where there is a browser.`);
  }
  const device = await requestCode(endpoints.deviceAuthorization, scopes);
  say(`Open ${device.page} on any device and enter the code`, "", `  ${device.userCode}`, "");
  if (device.pageWithCode) say(`or open ${device.pageWithCode}`, "");
  const tokens = await poll(endpoints.token, device);
  if (scopes.includes("openid")) checkIdToken(tokens, { issuer: endpoints.issuer });
  return tokens;
}

async function requestCode(endpoint: string, scopes: readonly string[]): Promise<DeviceCode> {
  const sent = await sendForm(endpoint, { client_id: clientId, scope: scopes.join(" ") });
  if (sent.status !== 200) throw new Refusal(sent);
  const { body } = sent;
  const deviceCode = textOf(body, "device_code");
  const userCode = textOf(body, "user_code");
  // What a terminal shows must not move its cursor.
  if (!deviceCode || !userCode || !/^[\w -]{1,40}$/.test(userCode)) {
    throw new CommandFault("The platform's answer holds no code to go on with.");
  }
  const complete = textOf(body, "verification_uri_complete");
  return {
    deviceCode,
    userCode,
    page: readEndpoint(textOf(body, "verification_uri"), "verification_uri"),
    pageWithCode: complete && readEndpoint(complete, "verification_uri_complete"),
    expiresInSeconds: secondsOf(body, "expires_in") ?? 600,
    intervalSeconds: secondsOf(body, "interval") ?? 5,
  };
}

function secondsOf(body: unknown, member: string): number | undefined {
  const value = (body as Record<string, unknown>)[member];
  return typeof value === "number" && value > 0 && value < 86_400 ? value : undefined;
}

/** RFC 8628 3.5: five seconds more for good whenever the platform says that it was too fast, twice as long when it is away. */
async function poll(tokenEndpoint: string, device: DeviceCode): Promise<Tokens> {
  const form = { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: device.deviceCode };
  const deadline = performance.now() + device.expiresInSeconds * 1000;
  let intervalSeconds = device.intervalSeconds;
  while (performance.now() < deadline) {
    await setTimeout(intervalSeconds * 1000);
    try {
      return await requestTokens(tokenEndpoint, form);
    } catch (error) {
      if (isPassing(error)) intervalSeconds *= 2;
      else if (!(error instanceof Refusal)) throw error;
      else if (error.code === "slow_down") intervalSeconds += 5;
      else if (error.code === "access_denied") throw new CommandFault("You did not allow it, so nobody is signed in.");
      else if (error.code === "expired_token") break;
      else if (error.code !== "authorization_pending") throw error;
    }
  }
  throw new CommandFault("The code has expired. Start again.");
}

function isPassing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Refusal && error.status >= 500);
}
