import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { guessesInARow } from "../../src/interaction/device-guesses.ts";
import { query, type Schema } from "../../src/store/index.ts";
import { consentPath, type DeviceStory, deviceGrant, openDeviceStory } from "./device-story.ts";
import { stored } from "./storyteller.ts";

let story: DeviceStory;

beforeEach(async () => {
  story = await openDeviceStory();
});
afterEach(() => story.close());

const endpoint = "/idp/device_authorization";
const rows = () => query(story.ctx, (db) => db.selectFrom("device_requests").selectAll());
/** Everything that is stored, device requests included. */
const everything = async () => (await stored(story)) + JSON.stringify(await rows());

describe("the device authorization endpoint", () => {
  it("[J08] refuses an app that is not registered for the grant, here and at the token endpoint", async () => {
    const { device_code } = await story.start();
    const app = await story.addApp(story.maya.id, { name: "Telegraph", client_type: "public" });
    const before = await everything();
    const started = await story.post(endpoint, { client_id: app.clientId });
    expect([started.status, started.json.error]).toEqual([400, "unauthorized_client"]);
    const polled = await story.poll(device_code, { client_id: app.clientId });
    expect([polled.status, polled.json.error]).toEqual([400, "unauthorized_client"]);
    expect(await everything()).toBe(before);
  });

  it("wants a confidential app to prove itself", async () => {
    const grant_types = [deviceGrant];
    const app = await story.addApp(story.maya.id, { name: "Telegraph", grant_types });
    const ask = (more: Record<string, string> = {}, headers = {}) =>
      story.post(endpoint, { client_id: app.clientId, ...more }, { headers });
    expect((await ask()).json.error).toBe("invalid_client");
    const wrong = await ask({ client_secret: "csc_wrong" });
    expect([wrong.status, wrong.json.error]).toEqual([401, "invalid_client"]);
    expect(await rows()).toEqual([]);
    expect((await ask({ client_secret: app.clientSecret })).status).toBe(200);
    const basic = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString("base64")}`;
    const { json } = await ask({}, { authorization: basic });
    expect((await story.poll(json.device_code, { client_id: app.clientId })).json.error).toBe("invalid_client");
  });

  it.each<[string, Record<string, string>, string]>([
    ["an unknown scope", { scope: "openid everything" }, "invalid_scope"],
    ["a scope of nobody's apps", { scope: "openid keys:write" }, "invalid_scope"],
    ["a huge scope", { scope: "openid ".repeat(10_000) }, "invalid_request"],
    ["a scope too long to be honest", { scope: "openid ".repeat(200) }, "invalid_scope"],
    ["an option that is not in scope", { scope: "openid", optional_scope: "email" }, "invalid_scope"],
    ["a negative amount", { budget_limit: "-1" }, "invalid_request"],
    ["an amount that is none", { budget_limit: "a lot" }, "invalid_request"],
    ["a period alone", { budget_period: "month" }, "invalid_request"],
    ["an unknown period", { budget_limit: "1", budget_period: "decade" }, "invalid_request"],
    ["an unknown app", { client_id: "cid_unknown" }, "invalid_client"],
  ])("refuses %s in the words of the authorization endpoint, and stores nothing", async (_what, form, error) => {
    const before = await everything();
    const answer = await story.post(endpoint, { client_id: story.app.clientId, scope: "openid", ...form });
    expect([Math.floor(answer.status / 100), answer.json.error]).toEqual([4, error]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await everything()).toBe(before);
  });

  it("takes no other method, no JSON, no query, no parameter twice", async () => {
    const before = await everything();
    expect((await story.fetch(endpoint)).status).toBe(405);
    const json = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    expect((await story.fetch(endpoint, json)).status).toBe(400);
    const { clientId } = story.app;
    expect((await story.post(`${endpoint}?client_id=${clientId}`, {})).json.error).toBe("invalid_request");
    const twice = `client_id=${clientId}&scope=openid&scope=email`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect((await story.fetch(endpoint, { method: "POST", body: twice, headers })).status).toBe(400);
    expect(await everything()).toBe(before);
  });

  it("lets nobody fill the table: so many for a network, and for an app", async () => {
    const ask = (peer: string) => story.post(endpoint, { client_id: story.app.clientId }, { peer });
    for (let count = 0; count < 60; count++) expect((await ask("192.0.2.7")).status).toBe(200);
    const refused = await ask("192.0.2.7");
    expect([refused.status, refused.json.error]).toEqual([429, "rate_limited"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask("192.0.2.8")).status).toBe(200);
    expect(await rows()).toHaveLength(61);
  });
});

describe("polling", () => {
  it.each<[string, Record<string, string>, string]>([
    ["no device code", { device_code: "" }, "invalid_request"],
    ["a code that is none", { device_code: "ik_dc_x" }, "invalid_grant"],
    ["the code of the person", { device_code: "WDJB-MJHT" }, "invalid_grant"],
    ["a foreign resource", { device_code: "ik_dc_x", resource: "https://evil.example" }, "invalid_target"],
  ])("with %s is refused and changes nothing", async (_what, form, error) => {
    const before = await everything();
    const answer = await story.poll("", form);
    expect([answer.status, answer.json.error]).toEqual([400, error]);
    expect(await everything()).toBe(before);
  });

  it("takes neither a code of another kind nor a device code in its place", async () => {
    const { device_code } = await story.start();
    const form = { grant_type: "authorization_code", code: device_code, redirect_uri: "https://x.example/" };
    const swapped = await story.post("/idp/token", { ...form, client_id: story.app.clientId });
    expect(swapped.json.error).toBe("invalid_grant");
    const asRefresh = { grant_type: "refresh_token", refresh_token: device_code, client_id: story.app.clientId };
    expect((await story.post("/idp/token", asRefresh)).json.error).toBe("invalid_grant");
    const bearer = await story.fetch("/idp/userinfo", { headers: { authorization: `Bearer ${device_code}` } });
    expect(bearer.status).toBe(401);
  });
});

describe("the page of the code", () => {
  it("[J02] is the first session's: another one gets 403, and it goes on waiting for the first", async () => {
    const { device_code, user_code } = await story.start();
    const [first, second] = [await story.signedIn(), await story.signedIn("kit")];
    const page = await story.enter(first, user_code);
    const before = await everything();

    const late = await story.enter(second, user_code);
    expect(late.status).toBe(403);
    expect(late.text).toContain("This code was already entered in another browser.");
    const own = await story.enter(second, (await story.start()).user_code);
    const ticket = /name="request" value="([^"]+)"/.exec(page.text)![1]!;
    for (const decision of ["allow", "deny", "review"]) {
      const stolen = await second.submit(own, consentPath, { decision, request: ticket });
      expect(stolen.status).toBe(403);
    }
    const elsewhere = await second.open(page.url);
    expect(elsewhere.status).toBe(403);
    expect(elsewhere.text).toContain("This code was opened in another browser first");
    expect(elsewhere.text).not.toContain("too old");
    expect((await second.open(`/device/done?request=${ticket}`)).status).toBe(403);
    expect((await rows()).find(({ outcome }) => outcome !== null)).toBeUndefined();
    expect(before).toContain((await rows())[0]!.session_id!);

    expect((await story.poll(device_code)).json.error).toBe("authorization_pending");
    await first.submit(page, consentPath, { decision: "allow" });
    expect((await story.poll(device_code)).status).toBe(200);
  });

  it("[J02] belongs to the session, not to the person: another browser of theirs starts again", async () => {
    const { user_code } = await story.start();
    await story.enter(await story.signedIn(), user_code);
    expect((await story.enter(await story.signedIn(), user_code)).status).toBe(403);
  });

  it("[J05] lets a person guess twenty times in a row, whatever the session and the address, then makes them wait", async () => {
    const { user_code } = await story.start();
    const browser = await story.signedIn();
    const guess = async (at: typeof browser, code: string) => {
      const page = await at.open("/device");
      return at.submit(page, "/device", { user_code: code });
    };
    for (let count = 0; count < guessesInARow; count++) expect((await guess(browser, "BBBB-BBBB")).status).toBe(400);
    const before = await everything();
    const refused = await guess(browser, user_code);
    expect([refused.status, refused.location]).toEqual([429, null]);
    expect(refused.text).toContain("Too many wrong codes.");
    expect(await everything(), "a right one opens nothing now").toBe(before);
    const anew = await story.signedIn();
    expect((await guess(anew, user_code)).status, "nor does a new session").toBe(429);
    const neighbour = await story.signedIn("kit");
    expect((await guess(neighbour, user_code)).status, "nor another person at this address").toBe(429);
    story.clock.advance(3_600_000);
    const { user_code: later } = await story.start();
    expect((await guess(browser, later)).status).toBe(303);
  });

  it("[J05] counts on when a right code stands between the wrong ones", async () => {
    const browser = await story.signedIn();
    const statuses: number[] = [];
    for (let count = 0; count < guessesInARow; count++) {
      if (count === guessesInARow - 1) await story.enter(browser, (await story.start()).user_code);
      statuses.push((await story.enter(browser, "BBBB-BBBB")).status);
    }
    expect(new Set(statuses)).toEqual(new Set([400]));
    expect((await story.enter(browser, "BBBB-BBBB")).status).toBe(429);
  });

  it("[J05] counts guesses that come at the same moment one by one", async () => {
    const browser = await story.signedIn();
    const page = await browser.open("/device");
    const guess = () => browser.submit(page, "/device", { user_code: "BBBB-BBBB" });
    const statuses = (await Promise.all(Array.from({ length: 100 }, guess))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 400)).toHaveLength(guessesInARow);
    expect(statuses.filter((status) => status === 429)).toHaveLength(100 - guessesInARow);
  });

  it("[J05] leaves less than one in a million to whoever guesses, while a thousand codes wait", () => {
    const codes = 20 ** 8;
    const waiting = 1000;
    expect((guessesInARow * waiting) / codes).toBeLessThan(1e-6);
  });

  it.each(["", "AEIO-UAEI", "0000-0000", "WDJB-MJH", "WDJB-MJHTT", "<script>", "WDJB-MJHT".repeat(1000), "ＷＤＪＢ"])(
    "says that no device shows %j, and opens nothing",
    async (typed) => {
      await story.start();
      const browser = await story.signedIn();
      const page = await browser.open("/device");
      const before = await everything();
      const answer = await browser.submit(page, "/device", { user_code: typed });
      expect([answer.status, answer.text.includes("No device shows this code now.")]).toEqual([400, true]);
      expect(answer.text).not.toContain("<script>");
      expect(await everything()).toBe(before);
    },
  );

  it("takes no form that it did not show to this very session", async () => {
    const { user_code } = await story.start();
    const [maya, kit] = [await story.signedIn(), await story.signedIn("kit")];
    const page = await maya.open("/device");
    const before = await everything();
    const values = { user_code };
    expect((await maya.submit(page, "/device", { ...values, csrf: null })).status).toBe(403);
    expect((await kit.submit(page, "/device", values)).status).toBe(403);
    const foreign = { "sec-fetch-site": "cross-site" };
    expect((await maya.submit(page, "/device", values, foreign)).status).toBe(403);
    expect(await everything()).toBe(before);
  });

  it("shows the question again when it is no longer the one that was shown", async () => {
    const { device_code, user_code } = await story.start({ scope: "openid profile" });
    const browser = await story.signedIn();
    const page = await story.enter(browser, user_code);
    const name: Partial<Schema["apps"]> = { name: "Teleprinter 2", name_key: "teleprinter 2" };
    await story.ctx.db.transact(
      async (db) =>
        query({ db }, (q) => q.updateTable("apps").set(name).where("id", "=", story.app.id).returning("id")),
      () => false,
    );
    const again = await browser.submit(page, consentPath, { decision: "allow" });
    expect([again.status, again.text.includes("Teleprinter 2 wants to know it is you")]).toEqual([200, true]);
    expect((await story.poll(device_code)).json.error).toBe("authorization_pending");
    await browser.submit(again, consentPath, { decision: "allow" });
    expect((await story.poll(device_code)).status).toBe(200);
  });

  it("finds nothing behind a ticket that is none", async () => {
    const browser = await story.signedIn();
    for (const path of [consentPath, "/device/done"]) {
      for (const query of ["", "?request=x", "?request=ik_dc_x"]) {
        expect((await browser.open(path + query)).status).toBe(404);
      }
    }
    const stranger = story.browser();
    expect((await stranger.open(consentPath)).location?.pathname).toBe("/idp/login");
    expect((await stranger.open("/device/done")).location?.pathname).toBe("/idp/login");
  });

  it("cannot be framed, sends no referrer and is not kept", async () => {
    const { user_code } = await story.start();
    const browser = await story.signedIn();
    const code = await browser.open(`/device?user_code=${user_code}`);
    for (const page of [code, await story.enter(browser, user_code)]) {
      expect(page.headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'/);
      expect(page.headers.get("content-security-policy")).toMatch(/form-action 'self'/);
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
      expect(page.headers.get("cache-control")).toBe("no-store");
    }
  });
});
