import { describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { findUserByLogin, listSignatureKeys } from "../../src/people/index.ts";
import { createApiKey } from "../../src/tokens/index.ts";
import { type Holder, holderOf, linked, signInByPassword } from "../hotkey-holder.ts";
import { openStoryteller, type Storyteller, stored } from "./storyteller.ts";

const path = "/users/me/hotkeys";

/** Calls as the page of whoever is signed in would. */
async function sessionOf(platform: Storyteller, login: string) {
  const browser = platform.browser();
  await signInByPassword(browser, login);
  const cookie = `__Host-ik_session=${browser.cookies.get("__Host-ik_session")}`;
  const own = { cookie, "sec-fetch-site": "same-origin" };
  return (method: string, target: string, body?: unknown, headers: Record<string, string> = own) =>
    platform.fetch(target, {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
}

type Caller = Awaited<ReturnType<typeof sessionOf>>;

async function evidence(call: Caller, holder: Holder): Promise<Record<string, string>> {
  const { nonce, text } = await (await call("GET", `${path}/nonce`)).json();
  return { hotkey: holder.address, signature: await holder.sign(text), nonce };
}

async function keyOf(platform: Storyteller, userId: string, workspaceId: string): Promise<string> {
  const wanted = {
    userId,
    workspaceId,
    grantId: null,
    name: "Key",
    scopes: ["account:read", "keys:write", "apps:write"],
  };
  const created = await inTx(platform.ctx, (tx) => createApiKey(tx, { ...wanted, limits: undefined, expiresAt: null }));
  if (!created.ok) throw new Error("no key");
  return created.key;
}

describe("hotkeys by API", () => {
  it("are linked, listed and unlinked by a person who signed in a moment ago", async () => {
    const platform = await openStoryteller();
    const holder = await holderOf("sr25519", 1);
    const call = await sessionOf(platform, "maya");
    const made = await (await call("POST", path, { ...(await evidence(call, holder)), name: " laptop " })).json();
    expect(made).toEqual({
      hotkey_id: expect.stringMatching(/^hky_/),
      hotkey: holder.address,
      scheme: "sr25519",
      public_key: Buffer.from(holder.publicKey).toString("hex"),
      name: "laptop",
      created_at: new Date(platform.clock.now()).toISOString(),
      last_used_at: null,
    });
    expect(await (await call("GET", path)).json()).toEqual({ items: [made] });
    const gone = await call("DELETE", `${path}/${made.hotkey_id}`);
    expect([gone.status, await gone.json()]).toEqual([200, { hotkey_id: made.hotkey_id, deleted: true }]);
    expect((await call("DELETE", `${path}/${made.hotkey_id}`)).status).toBe(404);
    expect(await (await call("GET", path)).json()).toEqual({ items: [] });
    await platform.close();
  });

  it("[I08] take no key of another account, no stale sign-in, no token, and no other page", async () => {
    const platform = await openStoryteller();
    const holder = await holderOf("ed25519", 1);
    await linked(platform, "kit", holder);
    const kit = (await findUserByLogin(platform.ctx, "kit"))!.user.id;
    const call = await sessionOf(platform, "maya");
    const mine = await evidence(call, await holderOf("ed25519", 2));
    const [kits] = await listSignatureKeys(platform.ctx, kit);
    const key = await keyOf(platform, platform.maya.id, platform.maya.workspaceId);
    const before = await stored(platform);

    const taken = await call("POST", path, await evidence(call, holder));
    expect([taken.status, await taken.json()]).toEqual([409, { detail: "This hotkey belongs to another account." }]);
    expect((await call("DELETE", `${path}/${kits!.id}`)).status).toBe(404);
    const bearer = { authorization: `Bearer ${key}` };
    for (const [method, target, body] of [
      ["GET", `${path}/nonce`, undefined],
      ["POST", path, mine],
      ["DELETE", `${path}/${kits!.id}`, undefined],
    ] as const) {
      expect((await call(method, target, body, bearer)).status, `${method} by key`).toBe(403);
      expect((await call(method, target, body, {})).status, `${method} by nobody`).toBe(401);
    }
    expect((await call("GET", path, undefined, bearer)).status).toBe(200);
    expect((await call("POST", path, mine, { cookie: "__Host-ik_session=x" })).status).toBe(401);
    platform.clock.advance(30 * 60_000 + 1);
    const fresh = await evidence(call, await holderOf("ed25519", 2));
    expect((await call("POST", path, fresh)).status).toBe(403);
    expect((await call("DELETE", `${path}/${kits!.id}`)).status).toBe(403);
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("are no app's to see, whatever else of the account it may read", async () => {
    const platform = await openStoryteller();
    await linked(platform, "maya", await holderOf("ed25519", 1));
    const answer = await platform.allow(platform.browser(), { scope: "openid account:read" });
    const authorization = `Bearer ${(await platform.redeem(answer)).access_token}`;
    expect((await platform.fetch("/users/me", { headers: { authorization } })).status).toBe(200);
    const refused = await platform.fetch(path, { headers: { authorization } });
    expect([refused.status, await refused.json()]).toEqual([403, { detail: "An app sees no hotkeys." }]);
    await platform.close();
  });

  it("refuse what is broken, used or somebody else's, and change nothing by it", async () => {
    const platform = await openStoryteller();
    const holder = await holderOf("ed25519", 1);
    const [call, kit] = [await sessionOf(platform, "maya"), await sessionOf(platform, "kit")];
    const good = await evidence(call, holder);
    const foreign = await evidence(kit, holder);
    const before = await stored(platform);
    const bad: [unknown, number][] = [
      [{}, 422],
      [[], 422],
      [{ ...good, hotkey: 1 }, 422],
      [{ ...good, hotkey: "x".repeat(81) }, 422],
      [{ ...good, signature: "a".repeat(201) }, 422],
      [{ ...good, name: "" }, 422],
      [{ ...good, name: "x".repeat(65) }, 422],
      [{ ...good, hotkey: "5Grw" }, 400],
      [{ ...good, signature: foreign.signature }, 400],
      [{ ...good, nonce: foreign.nonce }, 400],
      [foreign, 400],
    ];
    for (const [body, status] of bad)
      expect((await call("POST", path, body)).status, JSON.stringify(body)).toBe(status);
    expect((await call("DELETE", `${path}/hky_unknown`)).status).toBe(404);
    expect(await stored(platform)).toBe(before);
    expect((await call("POST", path, good)).status).toBe(200);
    expect((await call("POST", path, good)).status).toBe(400);
    expect((await call("POST", path, await evidence(call, holder))).status).toBe(409);
    await platform.close();
  });
});
