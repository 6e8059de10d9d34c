import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callText } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { issuer, openPlatform, type Platform } from "../../src/testing/platform.ts";
import { type Holder, holderOf, linked, signInByPassword, textOf } from "../hotkey-holder.ts";
import { count, formOf, type Rival, type Storm, sendAtOnce, startRival } from "./request-storm.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 30 : 3;
/** In each of two processes; a peer may try a hundred times. */
const times = 50;

describe.each(databases)("over two processes on $name", ({ open }) => {
  let platform: Platform;
  let rival: Rival;
  let holder: Holder;
  let maya: string;

  beforeAll(async () => {
    platform = await openPlatform(open);
    holder = await holderOf("ed25519", 1);
    maya = (await platform.addUser("maya")).id;
    await platform.addUser("kit");
    await linked(platform, "maya", holder);
    rival = await startRival(platform.url);
  });
  afterAll(async () => {
    await rival.stop();
    await platform.close();
  });

  const both = async (storm: Storm) => (await Promise.all([sendAtOnce(platform, storm), rival.send(storm)])).flat();
  const sessions = async () => {
    const rows = await query(platform.ctx, (db) =>
      db.selectFrom("sessions").select("id").where("user_id", "=", maya).where("amr", "=", "pop"),
    );
    return rows.length;
  };

  it("[R05][I09] a signature signs in once, on the page and from the command line", async () => {
    for (let round = 0; round < rounds; round++) {
      const browser = platform.browser();
      const peer = `198.51.100.${round}`;
      const page = await browser.open("/idp/login/key");
      const before = await sessions();
      const filled = { hotkey: holder.address, signature: await holder.sign(textOf(page)) };
      const onPage = formOf(page, browser, "/idp/login", filled);
      expect(count(await both({ ...onPage, peer, times }))).toEqual({
        "303 /account/connected": 1,
        401: 2 * times - 1,
      });
      expect(await sessions()).toBe(before + 1);

      const { nonce, text } = (await (await platform.fetch("/idp/cli_login/nonce")).json()) as Record<string, string>;
      const asked = { hotkey: holder.address, signature: await holder.sign(text!), nonce: nonce! };
      const asking = await browser.open(`/idp/cli_login?${new URLSearchParams(asked)}`);
      const fromProgram = formOf(asking, browser, "/idp/cli_login", {});
      expect(count(await both({ ...fromProgram, peer, times }))).toEqual({
        "303 /account/connected": 1,
        400: 2 * times - 1,
      });
      expect(await sessions()).toBe(before + 2);
    }
  });

  it("[R05][I09] a signed call counts once", async () => {
    for (let round = 0; round < rounds; round++) {
      const nonce = `${Math.floor(platform.clock.now() / 1000)}.${"race".padEnd(16, String(round % 10))}${round}`;
      const [method, target] = ["POST", "/idp/apps"];
      const body = JSON.stringify({ name: `Quarry ${round}`, redirect_uris: ["https://quarry.example/callback"] });
      const signature = await holder.sign(callText({ issuer, method, target, body, nonce }));
      const headers = {
        "content-type": "application/json",
        "x-innkeeper-hotkey": holder.address,
        "x-innkeeper-signature": signature,
        "x-innkeeper-nonce": nonce,
      };
      const storm = { path: target, method, headers, body, peer: `203.0.113.${round}`, times };
      expect(count(await both(storm))).toEqual({ 200: 1, 401: 2 * times - 1 });
      const made = await query(platform.ctx, (db) =>
        db.selectFrom("apps").select("id").where("name", "=", `Quarry ${round}`),
      );
      expect(made).toHaveLength(1);
    }
  });

  it("[R05][I08] a key that two accounts link at once is one's, and stays so", async () => {
    const people = { maya: platform.browser(), kit: platform.browser() };
    await signInByPassword(people.maya, "maya");
    await signInByPassword(people.kit, "kit");
    for (let round = 0; round < rounds; round++) {
      const key = await holderOf("ed25519", 100 + round);
      const storms = await Promise.all(
        Object.values(people).map(async (browser) => {
          const page = await browser.open("/account/security?link=1");
          const filled = { name: `key ${round}`, hotkey: key.address, signature: await key.sign(textOf(page)) };
          return formOf(page, browser, "/account/security/link", filled);
        }),
      );
      const peer = "192.0.2.9";
      const answers = await Promise.all([
        sendAtOnce(platform, { ...storms[0]!, peer, times }),
        rival.send({ ...storms[1]!, peer, times }),
      ]);
      const won = answers.flat().filter((answer) => answer.startsWith("303"));
      expect(won).toHaveLength(1);
      const rows = await query(platform.ctx, (db) =>
        db
          .selectFrom("signature_keys")
          .select(["id", "user_id"])
          .where("public_key", "=", Buffer.from(key.publicKey).toString("hex")),
      );
      expect(rows).toHaveLength(1);
      expect(won[0]).toContain(rows[0]!.id);
      const lines = await query(platform.ctx, (db) =>
        db.selectFrom("audit_log").select("actor_id").where("subject_id", "=", rows[0]!.id),
      );
      expect(lines).toEqual([{ actor_id: rows[0]!.user_id }]);
    }
  });
});
