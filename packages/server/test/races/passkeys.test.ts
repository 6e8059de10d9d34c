import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listPasskeys } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { createAuthenticator } from "../../src/testing/authenticator.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import { openPlatform, type Platform } from "../../src/testing/platform.ts";
import { optionsOf, passkeyRoom, withPasskey } from "../passkey-holder.ts";
import { count, formOf, type Rival, type Storm, sendAtOnce, startRival } from "./request-storm.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 30 : 3;
/** In each of two processes; a peer may try a hundred times. */
const times = 50;

describe.each(databases)("passkeys over two processes on $name", ({ open }) => {
  const device = createAuthenticator();
  const cloud = createAuthenticator({ synced: true, counts: false });
  let platform: Platform;
  let rival: Rival;
  let browser: Browser;
  let maya: string;

  beforeAll(async () => {
    platform = await openPlatform(open);
    maya = (await platform.addUser("maya")).id;
    await withPasskey(platform, "maya", device);
    browser = await withPasskey(platform, "maya", cloud);
    rival = await startRival(platform.url);
  });
  afterAll(async () => {
    await rival.stop();
    await platform.close();
  });

  const both = async (storm: Storm) => (await Promise.all([sendAtOnce(platform, storm), rival.send(storm)])).flat();
  const sessions = async () => {
    const rows = await query(platform.ctx, (db) =>
      db.selectFrom("sessions").select("id").where("user_id", "=", maya).where("amr", "like", "%wk user mfa"),
    );
    return rows.length;
  };

  it.each([
    ["that counts", device],
    ["of which there may be copies", cloud],
  ])("[W04][R05] one use of a key %s signs in once", async (_, authenticator) => {
    for (let round = 0; round < rounds; round++) {
      const stranger = platform.browser();
      const page = await stranger.open("/sign-in");
      const passkey = authenticator.get(optionsOf(page));
      const before = await sessions();
      const storm = formOf(page, stranger, "/idp/login", { auth_method: "passkey", passkey });
      const answers = count(await both({ ...storm, peer: `198.51.100.${authenticator === device}.${round}`, times }));
      expect(answers).toEqual({ "303 /account/connected": 1, 400: 2 * times - 1 });
      expect(await sessions()).toBe(before + 1);
    }
  });

  it("[W05] of two uses with one count, one signs in", async () => {
    for (let round = 0; round < rounds; round++) {
      const counter = 1000 + round;
      const storms = await Promise.all(
        [1, 2].map(async () => {
          const stranger = platform.browser();
          const page = await stranger.open("/sign-in");
          const passkey = device.get(optionsOf(page), { counter });
          return formOf(page, stranger, "/idp/login", { auth_method: "passkey", passkey });
        }),
      );
      const peer = `203.0.113.${round}`;
      const answers = await Promise.all([
        sendAtOnce(platform, { ...storms[0]!, peer, times: 1 }),
        rival.send({ ...storms[1]!, peer, times: 1 }),
      ]);
      expect(count(answers.flat())).toEqual({ "303 /account/connected": 1, 400: 1 });
    }
  });

  it("[W03] a passkey that is sent many times is kept once, and told of once", async () => {
    // Nobody keeps more than 25.
    for (let round = 0; round < Math.min(rounds, 20); round++) {
      const before = (await listPasskeys(platform.ctx, maya)).length;
      const page = await browser.open(`${passkeyRoom}?add=1`);
      const passkey = createAuthenticator().create(optionsOf(page));
      const storm = formOf(page, browser, `${passkeyRoom}/add`, { passkey });
      const answers = await both({ ...storm, peer: "192.0.2.9", times });
      expect(answers.filter((answer) => answer.startsWith("303"))).toHaveLength(1);
      const after = await listPasskeys(platform.ctx, maya);
      expect(after).toHaveLength(before + 1);
      const told = await query(platform.ctx, (db) =>
        db.selectFrom("security_events").select("id").where("kind", "=", "passkey_added"),
      );
      expect(told).toHaveLength(after.length);
    }
  });
});
