import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hotkey } from "./key-file.ts";
import { signInUrl } from "./sign-in-url.ts";

const hotkey: Hotkey = { scheme: "ed25519", address: "5F", secret: new Uint8Array(32) };
const nonce = "AbCdEf";

let server: Server;
let issuer: string;
let answer: unknown;

beforeAll(async () => {
  server = createServer((_request, response) => response.end(JSON.stringify(answer)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

function textFor({
  host = new URL(issuer).host,
  uri = `${issuer}/idp/cli_login`,
  purpose = "cli-sign-in",
  more = "",
} = {}) {
  return `${host} wants you to sign in with your key.\n\nURI: ${uri}\nVersion: 1\nPurpose: ${purpose}\nNonce: ${nonce}${more}`;
}

describe("signing in by address", () => {
  it("signs what the platform wants signed for that", async () => {
    answer = { nonce, text: textFor() };
    const url = new URL(await signInUrl(issuer, hotkey));
    expect(url.origin + url.pathname).toBe(`${issuer}/idp/cli_login`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ hotkey: "5F", nonce });
    expect(url.searchParams.get("signature")).toHaveLength(128);
  });

  it("[I02] signs nothing that another platform, or another purpose, could be meant by", async () => {
    const others = [
      textFor({ host: "bank.example" }),
      textFor({ uri: "https://bank.example/idp/cli_login" }),
      textFor({ purpose: "link-key" }),
      textFor({ more: "\nPurpose: cli-sign-in" }),
      textFor().replace(nonce, "other"),
      "",
      nonce,
    ];
    for (const text of others) {
      answer = { nonce, text };
      await expect(signInUrl(issuer, hotkey), text).rejects.toThrow("Nothing was signed");
    }
    for (const broken of [null, [], { nonce: 7, text: textFor() }, { nonce }]) {
      answer = broken;
      await expect(signInUrl(issuer, hotkey)).rejects.toThrow("Nothing was signed");
    }
  });
});
