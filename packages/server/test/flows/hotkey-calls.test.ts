import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import {
  callText,
  keySchemes,
  listSignatureKeys,
  setUserDisabled,
  unlinkKey,
  updateRole,
} from "../../src/people/index.ts";
import { issuer, redirectUri } from "../../src/testing/platform.ts";
import { giveTotp } from "../authenticator.ts";
import { type Holder, holderOf, linked, textOf } from "../hotkey-holder.ts";
import { openStoryteller, type Storyteller, stored } from "./storyteller.ts";

interface Call {
  method?: string;
  body?: unknown;
  /** What is signed instead of what is sent. */
  signed?: Partial<Parameters<typeof callText>[0]>;
  headers?: Record<string, string>;
  nonce?: string;
}

let calls = 0;
const nonceAt = (platform: Storyteller, at = platform.clock.now()) =>
  `${Math.floor(at / 1000)}.${String(++calls).padStart(16, "0")}`;

/** One call signed by this key. */
async function call(platform: Storyteller, holder: Holder, target: string, asked: Call = {}): Promise<Response> {
  const { method = "GET", headers = {}, nonce = nonceAt(platform) } = asked;
  const body = asked.body === undefined ? "" : JSON.stringify(asked.body);
  const signature = await holder.sign(callText({ issuer, method, target, body, nonce, ...asked.signed }));
  return platform.fetch(target, {
    method,
    headers: {
      "x-innkeeper-hotkey": holder.address,
      "x-innkeeper-signature": signature,
      "x-innkeeper-nonce": nonce,
      ...(body && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body && { body }),
  });
}

async function openLinked(holder: Holder): Promise<Storyteller> {
  const platform = await openStoryteller();
  await linked(platform, "maya", holder);
  return platform;
}

async function expectRefused(answer: Response, detail: string, status = 401): Promise<void> {
  expect([answer.status, await answer.json()]).toEqual([status, { detail }]);
}

const unknown = "Invalid token or user not found";
const newApp = { name: "Quarry", redirect_uris: [redirectUri] };

describe.each(keySchemes)("a call signed with an %s key", (scheme) => {
  it("is its account's own, with and without a body, and with every operation open to a person", async () => {
    const holder = await holderOf(scheme, 1);
    const platform = await openLinked(holder);
    expect(await (await call(platform, holder, "/users/me")).json()).toMatchObject({ user_id: platform.maya.id });
    const made = await call(platform, holder, "/idp/apps", { method: "POST", body: newApp });
    const app = await made.json();
    expect([made.status, app.user_id]).toEqual([200, platform.maya.id]);
    const listed = await (await call(platform, holder, "/idp/apps?search=Quarry&limit=5")).json();
    expect(listed.items.map(({ app_id }: { app_id: string }) => app_id)).toEqual([app.app_id]);
    const wrapped = nonceAt(platform);
    const text = callText({ issuer, method: "GET", target: "/users/me", body: "", nonce: wrapped });
    const headers = { "x-innkeeper-signature": await holder.signWrapped(text) };
    expect((await call(platform, holder, "/users/me", { nonce: wrapped, headers })).status).toBe(200);
    await platform.close();
  });
});

describe("a call signed for an account with a second factor", () => {
  it("[S08] reads as before, and changes nothing that takes a sign-in: a key is one factor", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const app = await (await call(platform, holder, "/idp/apps", { method: "POST", body: newApp })).json();
    await giveTotp(platform, platform.maya.id);
    expect((await call(platform, holder, "/users/me")).status).toBe(200);
    await inTx(platform.ctx, (tx) => updateRole(tx, platform.maya.id, "operator"));
    const before = await stored(platform);
    for (const [method, target, body] of [
      // What no key of hers could read either: everything about her, and everybody else.
      ["GET", "/users/me/export", undefined],
      ["GET", "/admin/users", undefined],
      ["GET", `/admin/users/${platform.maya.id}`, undefined],
      ["GET", "/admin/audit-log", undefined],
      ["GET", `/admin/wallets/${platform.maya.workspaceId}/entries`, undefined],
      ["POST", `/idp/apps/${app.app_id}/regenerate-secret`, { overlap_seconds: 0 }],
      ["POST", "/users/me/keys", { name: "mine", full: true }],
      ["DELETE", `/users/me/hotkeys/${(await listSignatureKeys(platform.ctx, platform.maya.id))[0]!.id}`, undefined],
    ] as const) {
      const answer = await call(platform, holder, target, { method, body });
      expect([target, answer.status, await answer.text()]).toEqual([
        target,
        403,
        expect.stringContaining("second factor"),
      ]);
    }
    const kept = (text: string) =>
      text.replaceAll(/"last_used_at":\d+/g, "").replaceAll(/\{[^{}]*hotkey_call[^{}]*\},?/g, "");
    expect(kept(await stored(platform))).toBe(kept(before));
    await platform.close();
  });
});

describe("a signed call", () => {
  it("[I02] is refused when anything of it is not what was signed", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const before = await stored(platform);
    const changes: Call["signed"][] = [
      { issuer: "https://evil.example" },
      { issuer: "http://id.acme.example" },
      { method: "GET" },
      { target: "/idp/apps" },
      { target: "/idp/apps?a=2" },
      { body: JSON.stringify({ ...newApp, name: "Other" }) },
      { body: "" },
      { nonce: nonceAt(platform) },
    ];
    for (const signed of changes) {
      const answer = await call(platform, holder, "/idp/apps?a=1", { method: "POST", body: newApp, signed });
      expect(answer.headers.get("www-authenticate")).toBe("Hotkey");
      await expectRefused(answer, unknown);
    }
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("[I03] is refused for another account's key, another kind of key, and at another time", async () => {
    const [holder, stranger, twin] = [
      await holderOf("sr25519", 1),
      await holderOf("sr25519", 2),
      await holderOf("ed25519", 1),
    ];
    const platform = await openLinked(holder);
    const before = await stored(platform);
    await expectRefused(await call(platform, stranger, "/users/me"), unknown);
    await expectRefused(await call(platform, twin, "/users/me"), unknown);
    await expectRefused(
      await call(platform, stranger, "/users/me", { headers: { "x-innkeeper-hotkey": holder.address } }),
      unknown,
    );
    const now = platform.clock.now();
    for (const at of [now - 301_000, now + 302_000]) {
      await expectRefused(
        await call(platform, holder, "/users/me", { nonce: nonceAt(platform, at) }),
        "Invalid nonce!",
      );
    }
    expect(await stored(platform)).toBe(before);
    for (const at of [now - 299_000, now + 299_000]) {
      expect((await call(platform, holder, "/users/me", { nonce: nonceAt(platform, at) })).status).toBe(200);
    }
    await platform.close();
  });

  it("[I09] counts once, as long as its time could be taken for now", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const nonce = nonceAt(platform, platform.clock.now() + 299_000);
    expect((await call(platform, holder, "/users/me", { nonce })).status).toBe(200);
    for (const advance of [0, 299_000, 299_000]) {
      platform.clock.advance(advance);
      await expectRefused(await call(platform, holder, "/users/me", { nonce }), "Invalid nonce!");
    }
    await platform.close();
  });

  it("[I10] is not made by a signature that signs in or links, and makes none", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const browser = platform.browser();
    const page = await browser.open("/idp/login/key");
    const cli = (await (await platform.fetch("/idp/cli_login/nonce")).json()) as { nonce: string; text: string };
    for (const text of [textOf(page), cli.text]) {
      const headers = { "x-innkeeper-signature": await holder.sign(text) };
      await expectRefused(await call(platform, holder, "/users/me", { headers }), unknown);
      for (const nonce of [/Nonce: (.*)/.exec(text)![1]!]) {
        await expectRefused(await call(platform, holder, "/users/me", { headers, nonce }), "Invalid nonce!");
      }
    }
    // What allows a call, such as ending an authorization, signs nobody in.
    const nonce = nonceAt(platform);
    const text = callText({
      issuer,
      method: "DELETE",
      target: `/idp/authorizations/${platform.app.id}`,
      body: "",
      nonce,
    });
    const filled = { hotkey: holder.address, signature: await holder.sign(text) };
    expect((await browser.submit(page, "/idp/login", filled)).status).toBe(401);
    expect((await browser.submit(page, "/idp/login", { ...filled, nonce })).status).toBe(401);
    const asked = new URLSearchParams({ ...filled, nonce: cli.nonce });
    expect((await browser.open(`/idp/cli_login?${asked}`)).status).toBe(400);
    await platform.close();
  });

  it("is refused for disabled accounts and unlinked keys", async () => {
    const holder = await holderOf("sr25519", 1);
    const platform = await openLinked(holder);
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, true));
    await expectRefused(await call(platform, holder, "/users/me"), unknown);
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, false));
    expect((await call(platform, holder, "/users/me")).status).toBe(200);
    const [key] = await listSignatureKeys(platform.ctx, platform.maya.id);
    await inTx(platform.ctx, (tx) => unlinkKey(tx, { userId: platform.maya.id, keyId: key!.id }));
    await expectRefused(await call(platform, holder, "/users/me"), unknown);
    await platform.close();
  });

  it("is refused when the key is unlinked while the body arrives", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const [key] = await listSignatureKeys(platform.ctx, platform.maya.id);
    const nonce = nonceAt(platform);
    const text = JSON.stringify(newApp);
    const signature = await holder.sign(callText({ issuer, method: "POST", target: "/idp/apps", body: text, nonce }));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        // The second half comes once the first was read.
        if (sent++ === 0) return controller.enqueue(Buffer.from(text.slice(0, 20)));
        await inTx(platform.ctx, (tx) => unlinkKey(tx, { userId: platform.maya.id, keyId: key!.id }));
        controller.enqueue(Buffer.from(text.slice(20)));
        controller.close();
      },
    });
    const headers = {
      "x-innkeeper-hotkey": holder.address,
      "x-innkeeper-signature": signature,
      "x-innkeeper-nonce": nonce,
      "content-type": "application/json",
    };
    const init: RequestInit & { duplex: "half" } = { method: "POST", headers, body, duplex: "half" };
    await expectRefused(await platform.fetch("/idp/apps", init), unknown);
    await platform.close();
  });

  it("says in one way who calls, whole", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const before = await stored(platform);
    const both = await call(platform, holder, "/users/me", { headers: { authorization: "Bearer x" } });
    expect(both.status).toBe(400);
    const missing = "Missing or invalid authorization header(s)";
    const half: Record<string, string>[] = [
      { "x-innkeeper-hotkey": holder.address },
      { "x-innkeeper-nonce": nonceAt(platform) },
    ];
    for (const headers of half) {
      await expectRefused(await platform.fetch("/users/me", { headers }), missing);
    }
    const broken: Record<string, string>[] = [
      { "x-innkeeper-hotkey": "5Grw" },
      { "x-innkeeper-hotkey": "z".repeat(5000) },
      { "x-innkeeper-signature": "" },
      { "x-innkeeper-signature": "0x" },
      { "x-innkeeper-signature": "ab".repeat(64) },
      { "x-innkeeper-signature": "f".repeat(8000) },
    ];
    for (const headers of broken) await expectRefused(await call(platform, holder, "/users/me", { headers }), unknown);
    for (const nonce of [
      "",
      "1",
      "x.0000000000000000",
      `${"9".repeat(30)}.0000000000000000`,
      `${nonceAt(platform)}!`,
    ]) {
      await expectRefused(await call(platform, holder, "/users/me", { nonce }), "Invalid nonce!");
    }
    const large = await call(platform, holder, "/idp/apps", { method: "POST", body: "x".repeat(5 * 1024 * 1024) });
    expect(large.status).toBe(413);
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("makes a peer with nothing but bad signatures wait, and lets everybody else in", async () => {
    const holder = await holderOf("ed25519", 1);
    const platform = await openLinked(holder);
    const headers = { "x-innkeeper-signature": "ab".repeat(64) };
    for (let attempt = 0; attempt < 299; attempt++) await call(platform, holder, "/users/me", { headers });
    // One that is right makes the others forgotten.
    expect((await call(platform, holder, "/users/me")).status).toBe(200);
    for (let attempt = 0; attempt < 300; attempt++) await call(platform, holder, "/users/me", { headers });
    const refused = await call(platform, holder, "/users/me");
    expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
    const bearer = await platform.fetch("/users/me", { headers: { authorization: "Bearer x" } });
    expect(bearer.status).toBe(401);
    await platform.close();
  });
});
