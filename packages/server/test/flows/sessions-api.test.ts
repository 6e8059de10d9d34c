import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { query } from "../../src/store/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import { openPlatform, type Platform } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { signInByPassword } from "../hotkey-holder.ts";
import { call, keyOf } from "./api-client.ts";

const path = "/users/me/sessions";

describe.each(databases)("sessions by API on $name", ({ open }) => {
  let platform: Platform;
  let maya: { id: string; workspaceId: string };
  let laptop: Browser;
  let phone: Browser;

  beforeEach(async () => {
    platform = await openPlatform(open);
    maya = await platform.addUser("maya");
    laptop = await enter();
    phone = await enter();
  });
  afterEach(() => platform.close());

  async function enter(login = "maya"): Promise<Browser> {
    const browser = platform.browser();
    await signInByPassword(browser, login);
    return browser;
  }

  const list = async (browser: Browser) => (await call(platform, browser, "GET", path)).body.items as Shown[];
  const isSignedIn = async (browser: Browser) => (await call(platform, browser, "GET", "/users/me")).status === 200;

  interface Shown {
    session_id: string;
    current: boolean;
  }

  it("are listed with the current one marked", async () => {
    const items = await list(laptop);
    expect(items.map(({ current }) => current).sort()).toEqual([false, true]);
    expect(items[0]).toMatchObject({
      authentication_methods: ["pwd"],
      user_agent: null,
      created_at: new Date(platform.clock.now()).toISOString(),
    });
    const [own] = items.filter(({ current }) => current);
    const [seen] = (await list(phone)).filter(({ current }) => !current);
    expect(seen!.session_id).toBe(own!.session_id);
  });

  it("are shown under ids that are neither the cookie nor what is stored of it, and open nothing", async () => {
    const stored = await query(platform.ctx, (db) => db.selectFrom("sessions").select("id"));
    const cookies = [...laptop.cookies.values(), ...phone.cookies.values()];
    for (const { session_id } of await list(laptop)) {
      for (const secret of [...stored.map(({ id }) => id), ...cookies]) {
        expect(session_id).not.toContain(secret);
        expect(secret).not.toContain(session_id.slice(4));
      }
      const cookie = `__Host-ik_session=${session_id.slice(4).padEnd(43, "A")}`;
      expect((await call(platform, undefined, "GET", "/users/me", undefined, { cookie })).status).toBe(401);
    }
  });

  it("[H16] one that is ended is refused at once, in another process too, and the others go on", async () => {
    const second = await openPlatform(async () => ({ url: platform.url, drop: async () => {} }));
    const there = (browser: Browser) => call(second, browser, "GET", "/users/me");
    try {
      expect((await there(phone)).status).toBe(200);
      const [other] = (await list(laptop)).filter(({ current }) => !current);
      const ended = await call(platform, laptop, "DELETE", `${path}/${other!.session_id}`);
      expect([ended.status, ended.body]).toEqual([200, { session_id: other!.session_id, ended: true }]);
      expect([(await there(phone)).status, await isSignedIn(phone)]).toEqual([401, false]);
      // The pages say so too.
      const page = await phone.open("/account/profile");
      expect(page.location?.pathname).toBe("/idp/login");
      expect([(await there(laptop)).status, await isSignedIn(laptop)]).toEqual([200, true]);
      const again = await call(platform, laptop, "DELETE", `${path}/${other!.session_id}`);
      expect([again.status, again.body]).toEqual([404, { detail: "Session not found" }]);
    } finally {
      await second.close();
    }
  });

  it("all others are ended in one call; a key, which has no session, ends all of them", async () => {
    const tablet = await enter();
    expect((await call(platform, laptop, "DELETE", path)).body).toEqual({ ended: 2 });
    expect([await isSignedIn(laptop), await isSignedIn(phone), await isSignedIn(tablet)]).toEqual([true, false, false]);
    const { key } = await keyOf(platform, maya, { scopes: ["sessions:write"] });
    expect((await call(platform, key, "DELETE", path)).body).toEqual({ ended: 1 });
    expect(await isSignedIn(laptop)).toBe(false);
  });

  it("of somebody else are neither seen nor ended, and a page of another site ends none", async () => {
    await platform.addUser("lea");
    const lea = await enter("lea");
    const [own] = await list(lea);
    expect((await list(laptop)).map(({ session_id }) => session_id)).not.toContain(own!.session_id);
    const before = await everyRow(platform.ctx);
    expect((await call(platform, laptop, "DELETE", `${path}/${own!.session_id}`)).status).toBe(404);
    for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }]) {
      expect((await call(platform, laptop, "DELETE", path, undefined, headers)).status).toBe(403);
    }
    expect(await everyRow(platform.ctx)).toEqual(before);
    expect(await isSignedIn(lea)).toBe(true);
  });

  it("take a scope of their own, which no app has", async () => {
    const { key } = await keyOf(platform, maya, { scopes: ["account:read", "keys:write"] });
    expect((await call(platform, key, "GET", path)).status).toBe(403);
    expect((await call(platform, key, "DELETE", path)).status).toBe(403);
    expect(await isSignedIn(laptop)).toBe(true);
  });
});
