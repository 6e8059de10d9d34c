import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConfigFile } from "../../src/config/read-config.ts";
import { inTx } from "../../src/context.ts";
import { hasWayIn, insertIdentity, listIdentities, listPasskeys, listSignatureKeys } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { createAuthenticator } from "../../src/testing/authenticator.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import { openPlatform, type Platform } from "../../src/testing/platform.ts";
import { linkedPath } from "../flows/upstream-stage.ts";
import { holderOf, linkOnPage, signInByPassword } from "../hotkey-holder.ts";
import { addOnPage, passkeyRoom } from "../passkey-holder.ts";
import { formOf, type Rival, type Storm, sendAtOnce, startRival } from "./request-storm.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 40 : 8;
const school = { name: "School", issuer: "http://127.0.0.1:9", clientId: "innkeeper", clientSecret: "theirs and ours" };
const file: ConfigFile = { identityProviders: { school } };

/** A way in of somebody who is signed in: how it is added, and the form that removes it. */
interface Way {
  add(platform: Platform, browser: Browser, userId: string, seed: number): Promise<unknown>;
  removal(browser: Browser, userId: string, ctx: Platform["ctx"]): Promise<Omit<Storm, "peer" | "times">>;
}

const hotkey: Way = {
  add: async (_, browser, __, seed) => linkOnPage(browser, await holderOf("ed25519", seed)),
  async removal(browser, userId, ctx) {
    const id = (await listSignatureKeys(ctx, userId)).at(-1)!.id;
    return formOf(await browser.open(`/account/security?unlink=${id}`), browser, "/account/security/unlink", {});
  },
};
const passkey: Way = {
  add: (_, browser) => addOnPage(browser, createAuthenticator()),
  async removal(browser, userId, ctx) {
    const { id } = (await listPasskeys(ctx, userId))[0]!;
    return formOf(await browser.open(`${passkeyRoom}?remove=${id}`), browser, `${passkeyRoom}/remove`, {});
  },
};
const provider: Way = {
  add: ({ ctx }, _, userId, seed) =>
    inTx(ctx, (tx) => insertIdentity(tx, { provider: "school", subject: `s-${seed}`, userId, label: "at school" })),
  async removal(browser) {
    const shown = /href="\?remove=(idn_\w+)/.exec((await browser.open(linkedPath)).text)![1]!;
    return formOf(await browser.open(`${linkedPath}?remove=${shown}`), browser, `${linkedPath}/remove`, {});
  },
};

describe.each(databases)("the ways into an account over two processes on $name", ({ open }) => {
  let platform: Platform;
  let rival: Rival;
  let people = 0;

  beforeAll(async () => {
    platform = await openPlatform(open, { file });
    rival = await startRival(platform.url, file);
  });
  afterAll(async () => {
    await rival.stop();
    await platform.close();
  });

  it.each([
    ["a hotkey and a passkey", hotkey, passkey],
    ["a passkey and a provider", passkey, provider],
    ["a provider and a hotkey", provider, hotkey],
  ])("[U07][X13] of %s that are removed at once, one stays", async (_, one, other) => {
    const { ctx } = platform;
    for (let round = 0; round < rounds; round++) {
      const username = `person${++people}`;
      const { id } = await platform.addUser(username);
      // Everybody from a network of their own: what one network may do has an end.
      const browser = platform.browser(`198.51.${people >> 8}.${people & 255}`);
      await signInByPassword(browser, username);
      for (const way of [one, other]) await way.add(platform, browser, id, people);
      await inTx(ctx, (tx) =>
        query(tx, (db) => db.updateTable("users").set({ password_hash: null }).where("id", "=", id).returning("id")),
      );
      const storms = await Promise.all([one, other].map((way) => way.removal(browser, id, ctx)));
      await Promise.all([
        sendAtOnce(platform, { ...storms[0]!, peer: "192.0.2.9", times: 5 }),
        rival.send({ ...storms[1]!, peer: "192.0.2.9", times: 5 }),
      ]);
      const left = [listSignatureKeys(ctx, id), listPasskeys(ctx, id), listIdentities(ctx, id)];
      expect((await Promise.all<unknown[]>(left)).flat()).toHaveLength(1);
      expect(await hasWayIn(ctx, id)).toBe(true);
    }
  });
});
