import { describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { listSignatureKeys } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { holderOf, linkOnPage, signInByPassword, textOf } from "../hotkey-holder.ts";
import { openStoryteller, type Storyteller, stored } from "./storyteller.ts";

const room = "/account/security";

async function signedIn(platform: Storyteller, login: string): Promise<Browser> {
  const browser = platform.browser();
  await signInByPassword(browser, login);
  return browser;
}

async function auditOf(platform: Storyteller): Promise<{ action: string; actor_id: string; detail: string }[]> {
  const rows = await query(platform.ctx, (db) =>
    db
      .selectFrom("audit_log")
      .select(["action", "actor_id", "detail"])
      .where("action", "like", "hotkey.%")
      .orderBy("id"),
  );
  return rows;
}

async function enter(browser: Browser, holder: Awaited<ReturnType<typeof holderOf>>): Promise<Page> {
  const page = await browser.open("/idp/login/key");
  return browser.submit(page, "/idp/login", { hotkey: holder.address, signature: await holder.sign(textOf(page)) });
}

describe("linking a hotkey", () => {
  it("names the account in the text, and from then on the key signs in", async () => {
    const platform = await openStoryteller();
    const holder = await holderOf("sr25519", 1);
    const browser = await signedIn(platform, "maya");
    const text = textOf(await browser.open(`${room}?link=1`));
    expect(text).toContain("id.acme.example wants to link your key to the account maya.");
    expect(text).toContain(`Account: ${platform.maya.id}`);
    const page = await linkOnPage(browser, holder, { name: "  laptop " });
    expect(page.text).toContain("laptop is linked. Its signature signs you in from now on.");
    expect(page.text).toContain(`title="${holder.address}"`);
    const keys = await listSignatureKeys(platform.ctx, platform.maya.id);
    expect(keys).toMatchObject([{ name: "laptop", scheme: "sr25519", lastUsedAt: null }]);
    platform.clock.advance(60_000);
    expect((await enter(platform.browser(), holder)).status).toBe(303);
    expect((await listSignatureKeys(platform.ctx, platform.maya.id))[0]?.lastUsedAt).toBe(platform.clock.now());
    await platform.close();
  });

  it("[I08] refuses a key that belongs to another account, however it is written, and takes nothing over", async () => {
    const platform = await openStoryteller();
    const holder = await holderOf("ed25519", 1);
    await linkOnPage(await signedIn(platform, "maya"), holder);
    const kit = await signedIn(platform, "kit");
    const before = await stored(platform);
    const hex = `0x${Buffer.from(holder.publicKey).toString("hex").toUpperCase()}`;
    for (const hotkey of [holder.address, hex]) {
      const page = await linkOnPage(kit, holder, { hotkey });
      expect([page.status, page.text.includes("This hotkey belongs to another account")]).toEqual([400, true]);
      expect(page.title).toBe("Error: Security · Acme");
    }
    expect(await stored(platform)).toBe(before);
    const browser = platform.browser();
    await enter(browser, holder);
    expect((await browser.open("/account/profile")).text).toContain(platform.maya.id);
    await platform.close();
  });

  it("[I08] takes a sign-in of the last 30 minutes, for unlinking too", async () => {
    const platform = await openStoryteller();
    const holder = await holderOf("ed25519", 1);
    const browser = await signedIn(platform, "maya");
    const page = await browser.open(`${room}?link=1`);
    await linkOnPage(browser, await holderOf("ed25519", 2));
    const [key] = await listSignatureKeys(platform.ctx, platform.maya.id);
    const tray = await browser.open(`${room}?unlink=${key!.id}`);
    platform.clock.advance(30 * 60_000 + 1);
    const before = await stored(platform);
    const linking = await browser.submit(page, `${room}/link`, { name: "x", hotkey: holder.address, signature: "00" });
    expect(linking.location?.search).toBe(`?next=${encodeURIComponent(`${room}?link=1`)}`);
    const unlinking = await browser.submit(tray, `${room}/unlink`);
    expect(unlinking.location?.pathname).toBe("/idp/login");
    expect(await stored(platform)).toBe(before);
    const shown = await browser.open(`${room}?link=1&unlink=${key!.id}`);
    expect(shown.text).toContain("Linking and unlinking take a sign-in of the last 30 minutes.");
    for (const form of ["/link", "/unlink"]) expect(shown.text).not.toContain(`action="${room}${form}"`);
    await platform.close();
  });

  it("[I02][I10] refuses a signature that signs in, and one that links to another account", async () => {
    const platform = await openStoryteller();
    const holder = await holderOf("ed25519", 1);
    const [maya, kit] = [await signedIn(platform, "maya"), await signedIn(platform, "kit")];
    const door = textOf(await platform.browser().open("/idp/login/key"));
    const wrong = await linkOnPage(maya, holder, { signature: await holder.sign(door) });
    expect([wrong.status, wrong.text.includes("not one of this text")]).toEqual([400, true]);
    const kits = await kit.open(`${room}?link=1`);
    const nonce = /Nonce: (.*)/.exec(textOf(kits))![1]!;
    const other = await linkOnPage(maya, holder, { nonce, signature: await holder.sign(textOf(kits)) });
    expect([other.status, other.text.includes("waited too long")]).toEqual([400, true]);
    expect(await listSignatureKeys(platform.ctx, platform.maya.id)).toEqual([]);

    // Nor is a signature that links one that signs in.
    await linkOnPage(maya, holder);
    const linking = textOf(await maya.open(`${room}?link=1`));
    const browser = platform.browser();
    const page = await browser.open("/idp/login/key");
    const nonces: Record<string, string>[] = [{}, { nonce: /Nonce: (.*)/.exec(linking)![1]! }];
    for (const values of nonces) {
      const filled = { hotkey: holder.address, signature: await holder.sign(linking), ...values };
      expect((await browser.submit(page, "/idp/login", filled)).status).toBe(401);
    }
    await platform.close();
  });

  it("[X13] keeps the last way in: unlinking it is refused, on the page and by API, and nothing changes", async () => {
    const platform = await openStoryteller();
    const browser = await signedIn(platform, "maya");
    await linkOnPage(browser, await holderOf("ed25519", 1));
    const { id } = (await listSignatureKeys(platform.ctx, platform.maya.id))[0]!;
    await inTx(platform.ctx, (tx) =>
      query(tx, (db) => db.updateTable("users").set({ password_hash: null }).returning("id")),
    );
    const before = await stored(platform);
    const refused = await browser.follow(
      await browser.submit(await browser.open(`${room}?unlink=${id}`), `${room}/unlink`),
    );
    expect(refused.text).toContain("This is your last way to sign in.");
    expect(refused.title).toBe("Error: Security · Acme");
    const cookie = [...browser.cookies].map((pair) => pair.join("=")).join("; ");
    const byApi = await platform.fetch(`/users/me/hotkeys/${id}`, {
      method: "DELETE",
      headers: { cookie, "sec-fetch-site": "same-origin" },
    });
    expect([byApi.status, await byApi.text()]).toEqual([409, expect.stringContaining("your last way to sign in")]);
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("takes each text once, says what is wrong, and changes nothing by it", async () => {
    const platform = await openStoryteller();
    const holder = await holderOf("ed25519", 1);
    const browser = await signedIn(platform, "maya");
    const page = await browser.open(`${room}?link=1`);
    const filled = { name: "laptop", hotkey: holder.address, signature: await holder.sign(textOf(page)) };
    const before = await stored(platform);
    const bad: [Record<string, string>, string][] = [
      [{ name: "" }, "Use 64 characters at most"],
      [{ name: "x".repeat(65) }, "Use 64 characters at most"],
      [{ name: "two\nlines" }, "Use 64 characters at most"],
      [{ hotkey: "5Grw" }, "not one of this text"],
      [{ signature: "zz" }, "not one of this text"],
      [{ nonce: "AAAA" }, "waited too long"],
    ];
    for (const [values, words] of bad) {
      const answer = await browser.submit(page, `${room}/link`, { ...filled, ...values });
      expect([answer.status, answer.text.includes(words)], JSON.stringify(values)).toEqual([400, true]);
    }
    expect((await browser.submit(page, `${room}/link`, { ...filled, csrf: "x" })).status).toBe(403);
    expect(await stored(platform)).toBe(before);
    expect((await browser.submit(page, `${room}/link`, filled)).status).toBe(303);
    expect((await browser.submit(page, `${room}/link`, filled)).text).toContain("was used already");
    expect((await linkOnPage(browser, holder)).text).toContain("linked to your account already");
    await platform.close();
  });

  it("ends what the key signed in to when it is unlinked, and writes both into the audit log", async () => {
    const platform = await openStoryteller();
    const holder = await holderOf("sr25519", 1);
    const browser = await signedIn(platform, "maya");
    await linkOnPage(browser, holder);
    const [lost, kept] = [platform.browser(), await signedIn(platform, "maya")];
    await enter(lost, holder);
    const [key] = await listSignatureKeys(platform.ctx, platform.maya.id);

    const kit = await signedIn(platform, "kit");
    const foreign = await kit.open(`${room}?link=1`);
    const csrf = /name="csrf" value="([^"]*)"[^>]*><input type="hidden" name="nonce"/.exec(foreign.text)![1]!;
    const tray = await browser.open(`${room}?unlink=${key!.id}`);
    await kit.submit(tray, `${room}/unlink`, { csrf });
    expect(await listSignatureKeys(platform.ctx, platform.maya.id)).toHaveLength(1);

    const answer = await browser.follow(await browser.submit(tray, `${room}/unlink`));
    expect(answer.text).toContain("The hotkey is unlinked.");
    expect((await lost.open("/account/connected")).location?.pathname).toBe("/idp/login");
    expect((await kept.open("/account/connected")).status).toBe(200);
    expect((await enter(platform.browser(), holder)).status).toBe(401);
    const facts = { scheme: "sr25519", public_key: Buffer.from(holder.publicKey).toString("hex") };
    expect((await auditOf(platform)).map(({ detail, ...row }) => ({ ...row, detail: JSON.parse(detail) }))).toEqual([
      { action: "hotkey.linked", actor_id: platform.maya.id, detail: facts },
      { action: "hotkey.unlinked", actor_id: platform.maya.id, detail: facts },
    ]);
    // Free again, and for anybody who can show that it is theirs.
    expect((await linkOnPage(kit, holder)).text).toContain("laptop is linked");
    await platform.close();
  });
});
