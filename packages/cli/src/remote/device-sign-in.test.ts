import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { signInByDevice } from "./device-sign-in.ts";

const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Turn = { status?: number; body: object } | "hangs up";

/** A platform that answers polls in turn, the last one for ever. */
async function open(turns: Turn[], device: object = {}) {
  const polls: { at: number; form: URLSearchParams }[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request) text += piece;
    const answer = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/device") {
      const started = { device_code: "dc", user_code: "WDJB-MJHT", verification_uri: `${origin}/enter` };
      return answer(200, { ...started, expires_in: 60, interval: 0.01, ...device });
    }
    polls.push({ at: performance.now(), form: new URLSearchParams(text) });
    const turn = turns.length > 1 ? turns.shift()! : turns[0]!;
    if (turn === "hangs up") return response.destroy();
    return answer(turn.status ?? 400, turn.body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endpoints = {
    issuer: origin,
    authorization: `${origin}/authorize`,
    token: `${origin}/token`,
    revocation: `${origin}/revoke`,
    deviceAuthorization: `${origin}/device`,
  };
  return { polls, signIn: () => signInByDevice(endpoints, ["profile"]) };
}

const pending = { body: { error: "authorization_pending" } };
const tokens = {
  status: 200,
  body: { access_token: "at", refresh_token: "rt", token_type: "Bearer", expires_in: 3600, scope: "profile" },
};

describe("the device flow", () => {
  it("polls until somebody said yes, through pauses of the platform", async () => {
    const { polls, signIn } = await open([pending, { status: 503, body: {} }, "hangs up", pending, tokens]);
    expect(await signIn()).toMatchObject({ accessToken: "at", refreshToken: "rt", scope: "profile" });
    expect(polls).toHaveLength(5);
    expect(Object.fromEntries(polls[0]!.form)).toEqual({
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: "dc",
      client_id: "innkeeper-cli",
    });
    expect(said.mock.calls.join("")).toContain("WDJB-MJHT");
    expect(said.mock.calls.join("")).not.toContain("dc\n");
  });

  it("leaves five seconds more when it was too fast (RFC 8628 3.5)", async () => {
    const { polls, signIn } = await open([{ body: { error: "slow_down" } }, tokens]);
    await signIn();
    expect(polls[1]!.at - polls[0]!.at).toBeGreaterThanOrEqual(5000);
  });

  it.each([
    ["access_denied", "You did not allow it"],
    ["expired_token", "The code has expired"],
    ["invalid_grant", "invalid_grant"],
  ])("ends at %s with a sentence, and asks no more", async (error, sentence) => {
    const { polls, signIn } = await open([{ body: { error } }]);
    await expect(signIn()).rejects.toThrow(sentence);
    expect(polls).toHaveLength(1);
  });

  it("ends when the code does", async () => {
    const { signIn } = await open([pending], { expires_in: 0.05 });
    await expect(signIn()).rejects.toThrow("The code has expired");
  });

  it.each([
    ["a code that moves the cursor", { user_code: "\u001b[2J" }, "no code to go on with"],
    ["no device code", { device_code: "" }, "no code to go on with"],
    ["a page on plain http elsewhere", { verification_uri: "http://evil.example/" }, "no verification_uri"],
    ["a page that is a script", { verification_uri_complete: "javascript:alert(1)" }, "no verification_uri_complete"],
  ])("shows nothing of %s", async (_what, device, sentence) => {
    const { polls, signIn } = await open([pending], device);
    said.mockClear();
    await expect(signIn()).rejects.toThrow(sentence);
    expect([polls, said.mock.calls]).toEqual([[], []]);
  });
});
