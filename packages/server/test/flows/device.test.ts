import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deactivateApp } from "../../src/apps/index.ts";
import { revokeGrant } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { setUserDisabled } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { issuer, password } from "../../src/testing/platform.ts";
import { consentPath, type DeviceStory, openDeviceStory } from "./device-story.ts";

let story: DeviceStory;

beforeEach(async () => {
  story = await openDeviceStory();
});
afterEach(() => story.close());

const asked = { scope: "openid profile gateway:access", budget_limit: "3.00", budget_period: "week" };
const rows = () => query(story.ctx, (db) => db.selectFrom("device_requests").selectAll());

describe("a device signs in", () => {
  it("from the code on its screen to a call that its person pays for", async () => {
    const started = await story.start(asked);
    expect(started).toEqual({
      device_code: expect.stringMatching(/^ik_dc_[\w-]{60,}$/),
      user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
      verification_uri: `${issuer}/device`,
      verification_uri_complete: `${issuer}/device?user_code=${started.user_code}`,
      expires_in: 600,
      interval: 5,
    });
    const early = await story.poll(started.device_code);
    expect([early.status, early.json.error]).toEqual([400, "authorization_pending"]);

    const browser = await story.signedIn();
    const page = await story.enter(browser, started.user_code);
    expect(page.url.pathname).toBe(consentPath);
    expect(page.text).toContain("Teleprinter wants to use your Acme account");
    expect(page.text).toContain("Unverified");
    expect(page.text).toContain(`the device that shows <span class="mono whole">${started.user_code}</span>`);
    expect(page.text).toContain('name="cap_amount" inputmode="decimal"');
    expect(page.text).toContain('value="3.00"');
    const answered = await browser.submit(page, consentPath, { decision: "allow", cap_amount: "2", cap_period: "day" });
    expect(answered.status).toBe(303);
    const done = await browser.follow(answered);
    expect(done.text).toContain("You are signed in on your device");

    const tokens = await story.poll(started.device_code);
    expect(tokens.status).toBe(200);
    expect(tokens.headers.get("cache-control")).toBe("no-store");
    expect(tokens.json).toMatchObject({ token_type: "Bearer", expires_in: 3600, scope: asked.scope });
    expect(tokens.json.budget).toMatchObject({ limit: "2.00", period: "day", remaining: "2.00" });
    const who = await story.fetch("/idp/userinfo", {
      headers: { authorization: `Bearer ${tokens.json.access_token}` },
    });
    expect(await who.json()).toMatchObject({ sub: story.maya.id, preferred_username: "maya" });
    const form = { grant_type: "refresh_token", refresh_token: tokens.json.refresh_token };
    const renewed = await story.post("/idp/token", { ...form, client_id: story.app.clientId });
    expect(renewed.status).toBe(200);
  });

  it("for somebody who opens an account on the way", async () => {
    const { user_code, verification_uri_complete } = await story.start();
    const browser = story.browser();
    const door = await browser.follow(await browser.open(verification_uri_complete));
    const [, path = ""] = /href="(\/sign-up[^"]*)"/.exec(door.text)!;
    const form = await browser.open(path);
    const values = { name: "Ida", username: "ida", email: "ida@fennick.example", password };
    const page = await browser.follow(await browser.submit(form, "/sign-up", values));
    expect(`${page.url.pathname}${page.url.search}`).toBe(`/device?user_code=${user_code}`);
    const away = await story.browser().open("/sign-up?next=https://evil.example/");
    expect(away.text).not.toContain("evil.example");
  });

  it("with identity alone where its person refuses the spending", async () => {
    const { device_code, user_code } = await story.start(asked);
    await story.answer(await story.signedIn(), user_code, "identity");
    const { json } = await story.poll(device_code);
    expect(json.scope).toBe("openid profile");
    expect(json).not.toHaveProperty("budget");
  });

  it("and its person signs in on the way, comes back, and compares the code", async () => {
    const { user_code, verification_uri_complete } = await story.start();
    const browser = story.browser();
    const door = await browser.follow(await browser.open(verification_uri_complete));
    expect(door.url.pathname).toBe("/idp/login");
    const page = await browser.follow(await browser.submit(door, "/idp/login", { login: "maya", password }));
    expect([page.url.pathname, page.url.search]).toEqual(["/device", `?user_code=${user_code}`]);
    expect(page.text).toContain("Does your device show this code?");
    expect(page.text).toContain(`value="${user_code}"`);
    expect((await rows())[0]!.session_id, "looking at it opens nothing").toBeNull();
    const next = await browser.follow(await browser.submit(page, "/device"));
    expect(next.url.pathname).toBe(consentPath);
  });

  it.each(["wdjb mjht", "wdjbmjht", " WDJB–MJHT ", "w d j b-m j h t"])(
    "however its person writes the code: %j",
    async (how) => {
      const { user_code } = await story.start();
      const letters = user_code.replace("-", "");
      const written = how
        .replace(/[a-z]/gi, () => "x")
        .replace(/x/g, (_, at: number) => {
          const index = how.slice(0, at).replace(/[^a-z]/gi, "").length;
          return how === how.toLowerCase() ? letters[index]!.toLowerCase() : letters[index]!;
        });
      const page = await story.enter(await story.signedIn(), written);
      expect(page.url.pathname).toBe(consentPath);
    },
  );

  it("as the command line, which asks for what no other app may have", async () => {
    const cli = { client_id: "innkeeper-cli" };
    const scope = "openid offline_access apps:write sessions:write";
    const { device_code, user_code } = await story.start({ ...cli, scope });
    const done = await story.answer(await story.signedIn(), user_code, "allow");
    expect(done.text).toContain("You are signed in on your device");
    const { json } = await story.poll(device_code, cli);
    expect(json.scope).toBe(scope);
    const form = { grant_type: "refresh_token", refresh_token: json.refresh_token, ...cli };
    expect((await story.post("/idp/token", form)).status).toBe(200);
  });

  it("is asked about every time, with what is in force, and hears no when its person refuses", async () => {
    const browser = await story.signedIn();
    const first = await story.start(asked);
    await story.answer(browser, first.user_code, "allow", { cap_amount: "7" });
    const second = await story.start(asked);
    const page = await story.enter(browser, second.user_code);
    expect(page.text).toContain('value="7.00"');
    const done = await browser.follow(await browser.submit(page, consentPath, { decision: "deny" }));
    expect(done.text).toContain("Your device was refused");
    const refused = await story.poll(second.device_code);
    expect([refused.status, refused.json.error]).toEqual([400, "access_denied"]);
    expect((await story.poll(first.device_code)).status, "what was allowed before stays").toBe(200);
  });

  it("never allows by Enter, and keeps a mistake on the page", async () => {
    const { device_code, user_code } = await story.start(asked);
    const browser = await story.signedIn();
    const page = await story.enter(browser, user_code);
    const review = await browser.submit(page, consentPath, { decision: "review" });
    expect(review.text).toContain("Nothing is allowed yet: press Allow to agree.");
    const wrong = await browser.submit(review, consentPath, { decision: "allow", cap_amount: "a lot" });
    expect([wrong.status, wrong.text.includes('value="a lot"')]).toEqual([400, true]);
    expect((await story.poll(device_code)).json.error).toBe("authorization_pending");
  });

  it.each([
    ["raised", true],
    ["given", false],
  ])("[P08] asks for the password again before a cap can be %s from an old session", async (_, hasCap) => {
    const browser = await story.signedIn();
    if (hasCap) await story.answer(browser, (await story.start(asked)).user_code, "allow");
    story.clock.advance(31 * 60_000);
    const { user_code } = await story.start(asked);
    const door = await story.enter(browser, user_code);
    expect(door.url.pathname).toBe("/idp/login");
    const page = await browser.follow(await browser.submit(door, "/idp/login", { login: "maya", password }));
    expect(page.url.pathname).toBe("/device");
    const next = await browser.follow(await browser.submit(page, "/device"));
    expect(next.url.pathname).toBe(consentPath);
  });

  it("and whoever is not the one in the bar comes back to the page of the code", async () => {
    const { user_code } = await story.start();
    const browser = await story.signedIn("kit");
    const page = await browser.open(`/device?user_code=${user_code}`);
    const door = await browser.follow(await browser.submit(page, "/account/switch"));
    expect(door.url.pathname).toBe("/idp/login");
    const back = await browser.follow(await browser.submit(door, "/idp/login", { login: "maya", password }));
    expect(`${back.url.pathname}${back.url.search}`).toBe(`/device?user_code=${user_code}`);
    const away = await browser.submit(back, "/account/switch", { next: "https://evil.example/" });
    const lost = await browser.follow(away);
    const home = await browser.follow(await browser.submit(lost, "/idp/login", { login: "maya", password }));
    expect(home.url.pathname).toBe("/account/connected");
  });
});

describe("what a device polls for", () => {
  it("[J01] is nothing for another app, and stays for its own", async () => {
    const { device_code, user_code } = await story.start();
    const grant_types = ["urn:ietf:params:oauth:grant-type:device_code"];
    const other = await story.addApp(story.maya.id, { name: "Telegraph", client_type: "public", grant_types });
    const steal = () => story.poll(device_code, { client_id: other.clientId });
    expect((await steal()).json.error).toBe("invalid_grant");
    await story.answer(await story.signedIn(), user_code, "allow");
    expect((await steal()).json.error).toBe("invalid_grant");
    expect((await story.poll(device_code)).status).toBe(200);
  });

  it("[J03] comes no faster than the interval, which grows by five seconds each time", async () => {
    const { device_code } = await story.start();
    const poll = async () => (await story.poll(device_code)).json.error;
    expect(await poll()).toBe("authorization_pending");
    story.clock.advance(4000);
    expect(await poll()).toBe("slow_down");
    story.clock.advance(9000);
    expect(await poll(), "ten seconds now").toBe("slow_down");
    story.clock.advance(14_000);
    expect(await poll(), "fifteen").toBe("slow_down");
    story.clock.advance(20_000);
    expect(await poll()).toBe("authorization_pending");
    story.clock.advance(19_700);
    expect(await poll(), "a network may shorten a wait a little").toBe("authorization_pending");
  });

  it("[J03] is told to slow down without a write once it hammers", async () => {
    const { device_code } = await story.start();
    for (let count = 0; count < 12; count++) await story.poll(device_code);
    const before = await rows();
    expect(before[0]!.interval_ms).toBe(60_000);
    story.clock.advance(1000);
    expect((await story.poll(device_code)).json.error).toBe("slow_down");
    expect(await rows()).toEqual(before);
  });

  it("[J06] is access_denied, expired_token or invalid_grant once that is so, and no answer overwrites another", async () => {
    const browser = await story.signedIn();
    const error = async (code: string) => (await story.poll(code)).json.error;
    const denied = await story.start();
    const page = await story.enter(browser, denied.user_code);
    await browser.submit(page, consentPath, { decision: "deny" });
    expect(await error(denied.device_code)).toBe("access_denied");
    const late = await browser.follow(await browser.submit(page, consentPath, { decision: "allow" }));
    expect(late.text).toContain("Your device was refused");
    expect(await error(denied.device_code)).toBe("access_denied");

    const approved = await story.start();
    const open = await story.enter(browser, approved.user_code);
    await browser.submit(open, consentPath, { decision: "allow" });
    const regret = await browser.follow(await browser.submit(open, consentPath, { decision: "deny" }));
    expect(regret.text).toContain("You are signed in on your device");
    expect((await story.poll(approved.device_code)).status).toBe(200);
    expect(await error(approved.device_code)).toBe("invalid_grant");

    const expired = await story.start();
    const waiting = await story.enter(browser, expired.user_code);
    story.clock.advance(600_000);
    const dead = await browser.follow(await browser.submit(waiting, consentPath, { decision: "allow" }));
    expect(dead.text).toContain("This code has expired");
    expect(await error(expired.device_code)).toBe("expired_token");
    expect((await story.enter(browser, expired.user_code)).status).toBe(400);
  });

  it("[E08] dies with the app, the person and the grant, and what was approved is not revived", async () => {
    const browser = await story.signedIn();
    const approved = async () => {
      const started = await story.start();
      await story.answer(browser, started.user_code, "allow");
      return started.device_code;
    };
    const [byGrant, byApp, waiting] = [await approved(), await approved(), await story.start()];
    await inTx(story.ctx, (tx) =>
      revokeGrant(tx, { userId: story.maya.id, appId: story.app.id, actorId: story.maya.id }),
    );
    expect((await story.poll(byGrant)).json.error).toBe("invalid_grant");
    const third = await approved();
    const fourth = await story.enter(browser, (await story.start()).user_code);
    await inTx(story.ctx, (tx) => setUserDisabled(tx, story.maya.id, true));
    expect((await story.poll(third)).json.error).toBe("invalid_grant");
    expect((await browser.submit(fourth, consentPath, { decision: "allow" })).location?.pathname).toBe("/idp/login");
    await inTx(story.ctx, (tx) => setUserDisabled(tx, story.maya.id, false));
    await inTx(story.ctx, (tx) => deactivateApp(tx, story.app.id, "system"));
    expect((await story.poll(byApp)).json.error).toMatch(/invalid_(client|grant)/);
    const again = await story.signedIn();
    expect((await story.enter(again, waiting.user_code)).status).toBe(400);
    expect(await query(story.ctx, (db) => db.selectFrom("token_families").selectAll())).toEqual([]);
  });

  it("[E09] leaves neither code in the database", async () => {
    const { device_code, user_code } = await story.start();
    const dump = JSON.stringify(await rows());
    expect(dump).not.toContain(device_code.slice(6, 40));
    expect(dump).not.toContain(user_code);
    expect(dump).not.toContain(user_code.replace("-", ""));
  });
});
