import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { createInnkeeper } from "../../src/index.ts";
import { findUser, listSecurityEvents, setVerifiedPhone } from "../../src/people/index.ts";
import { type Browser, createBrowser } from "../../src/testing/browser.ts";
import { openPhoneService, type PhoneService } from "../../src/testing/phone-service.ts";
import { issuer, password } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

const path = "/account/profile/phone";
const sendForm = `${path}/send`;
const confirmForm = `${path}/confirm`;
const removeForm = `${path}/remove`;
const number = "+4915112345678";
const shown = "+49 1511 2345678";

let service: PhoneService;
let platform: Storyteller;
let browser: Browser;
beforeEach(async () => {
  service = await openPhoneService();
  platform = await openStoryteller({}, { file: { phone: service.phone } });
  browser = platform.browser();
});
afterEach(async () => {
  await platform.close();
  await service.close();
});

const phoneOf = async (userId = platform.maya.id) => {
  const { phone, phoneVerifiedAt } = (await findUser(platform.ctx, userId))!;
  return [phone, phoneVerifiedAt];
};
const kinds = async () =>
  (await listSecurityEvents(platform.ctx, { userId: platform.maya.id, limit: 20 }))
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith("phone"));
/** From the page to the one that waits for the code. */
const ask = async (written = shown) =>
  browser.follow(await browser.submit(await platform.signIn(browser, path), sendForm, { number: written }));
const give = (userId: string, phone = number) => inTx(platform.ctx, (tx) => setVerifiedPhone(tx, userId, phone));

describe("a phone number", () => {
  it("[Z11] of a country that the operator does not name is sent nothing", async () => {
    await platform.close();
    platform = await openStoryteller({}, { file: { phone: { ...service.phone, countries: ["AT"] } } });
    browser = platform.browser();
    const page = await ask();
    expect([page.status, service.calls]).toEqual([400, []]);
  });

  it("[Z01] is one's own once the code that was sent to it is typed in, and not before", async () => {
    expect((await platform.signIn(browser, path)).text).toContain("You have no number yet.");
    const page = await ask();
    expect(page.text).toContain("A code is on its way to");
    expect(page.text).toContain(shown);
    expect(page.text).not.toContain(service.code(number));
    expect(page.url.href).not.toContain("4915112345678");
    expect(service.calls[0]!.fields).toEqual({ To: number, Channel: "sms", Locale: "en" });
    expect(await phoneOf()).toEqual([null, null]);
    const again = await browser.submit(page, confirmForm, { code: "000000" });
    expect([again.status, again.text.includes("This is not the code")]).toEqual([400, true]);
    const done = await browser.follow(await browser.submit(again, confirmForm, { code: service.code(number) }));
    expect(done.text).toContain(`${shown} is confirmed.`);
    expect(await phoneOf()).toEqual([number, platform.clock.now()]);
    expect(await kinds()).toEqual(["phone_changed"]);
  });

  it("[Z04] is changed and removed by whoever signed in a moment ago, and only looked at by others", async () => {
    await give(platform.maya.id);
    const page = await platform.signIn(browser, path);
    expect(page.text).toContain("Remove the number");
    platform.clock.advance(31 * 60_000);
    const before = await everyRow(platform.ctx);
    for (const [form, values] of [
      [sendForm, { number: "+81 90-1234-5678" }],
      [removeForm, {}],
    ] as const) {
      expect((await browser.submit(page, form, values)).location?.pathname).toBe("/idp/login");
    }
    const stale = await browser.open(path);
    expect(stale.text).toContain("sign in again first");
    expect(stale.text).not.toMatch(/name="number"|Remove the number/);
    expect(await everyRow(platform.ctx)).toEqual(before);
    expect(service.calls).toEqual([]);

    const fresh = await browser.open(`/idp/login?next=${encodeURIComponent(path)}`);
    await browser.submit(fresh, "/idp/login", { login: "maya", password });
    const changed = await ask("+81 90-1234-5678");
    expect((await phoneOf())[0]).toBe(number);
    await browser.submit(changed, confirmForm, { code: service.code("+819012345678") });
    expect((await phoneOf())[0]).toBe("+819012345678");
    const gone = await browser.follow(await browser.submit(await browser.open(path), removeForm));
    expect(gone.text).toContain("Your number is removed.");
    expect(await phoneOf()).toEqual([null, null]);
    expect(await kinds()).toEqual(["phone_removed", "phone_changed", "phone_changed"]);
  });

  it("[Z03] of somebody else is not taken, even by the right code", async () => {
    const kit = await platform.addUser("noor");
    const page = await ask();
    await give(kit.id);
    const refused = await browser.submit(page, confirmForm, { code: service.code(number) });
    expect([refused.status, refused.text.includes("Another account has confirmed this number")]).toEqual([400, true]);
    expect(await phoneOf()).toEqual([null, null]);
    expect((await phoneOf(kit.id))[0]).toBe(number);
  });

  it("[Z05] is confirmed in the session that asked, within ten minutes", async () => {
    const page = await ask();
    const code = service.code(number);
    const thief = platform.browser();
    const door = await thief.open(`/idp/login?next=${encodeURIComponent(path)}`);
    await thief.submit(door, "/idp/login", { login: "kit", password });
    const seen = await thief.open(page.url);
    expect(seen.text).not.toContain(shown);
    expect(seen.text).not.toContain('name="code"');
    platform.clock.advance(600_000);
    const late = await browser.submit(page, confirmForm, { code });
    expect([late.status, late.text.includes("cannot be used any more")]).toEqual([400, true]);
    expect(await phoneOf()).toEqual([null, null]);
  });

  it("[Z06] costs a network ten messages an hour, whatever accounts it has", async () => {
    const people = await Promise.all(["one", "two", "three"].map((name) => platform.addUser(`${name}user`)));
    const answers: number[] = [];
    for (const [index] of people.entries()) {
      const guest = platform.browser();
      const login = `${["one", "two", "three"][index]}user`;
      await guest.submit(await guest.open("/idp/login"), "/idp/login", { login, password });
      const page = await guest.open(path);
      for (let count = 0; count < 5; count++) {
        const to = `+49151123456${index}${count}`;
        answers.push((await guest.submit(page, sendForm, { number: to })).status);
      }
    }
    expect(answers).toEqual([...Array<number>(10).fill(303), ...Array<number>(5).fill(429)]);
    expect(service.calls).toHaveLength(10);
    platform.clock.advance(3_600_000);
    expect((await ask()).text).toContain("A code is on its way to");
  });

  it("[X16] is guessed at 600 times in ten minutes from all networks of one IPv6 site", async () => {
    let peer = "2001:db8:7::1";
    const guest = createBrowser((request) => platform.innkeeper.fetch(request, { peer }), issuer);
    const asking = await guest.submit(await platform.signIn(guest, path), sendForm, { number: shown });
    const page = await guest.follow(asking);
    const answers: number[] = [];
    for (let each = 0; each < 605; each++) {
      peer = `2001:db8:7:${(each % 11).toString(16)}::1`;
      answers.push((await guest.submit(page, confirmForm, { proof: "none", code: "000000" })).status);
    }
    expect(answers.filter((status) => status === 429)).toHaveLength(5);
    expect(answers.slice(600)).toEqual(Array(5).fill(429));
    peer = "2001:db8:8::1";
    expect((await guest.submit(page, confirmForm, { proof: "none", code: "000000" })).status).toBe(400);
  });

  it("[Z06] is sent five codes a day for one account", async () => {
    const page = await platform.signIn(browser, path);
    for (let count = 0; count < 5; count++) {
      expect((await browser.submit(page, sendForm, { number: shown })).status).toBe(303);
    }
    const refused = await browser.submit(page, sendForm, { number: shown });
    expect([refused.status, refused.text.includes("No more codes are sent today")]).toEqual([429, true]);
    expect(service.calls).toHaveLength(5);
  });

  it("[Z07] that nothing can be sent to changes nothing", async () => {
    const page = await platform.signIn(browser, path);
    const before = await everyRow(platform.ctx);
    for (const written of ["", "maya", "030 901820", "+49 900 1234567", `+${"4".repeat(5000)}`]) {
      const refused = await browser.submit(page, sendForm, { number: written });
      expect([refused.status, refused.text.includes("Write a number that messages can be sent to")]).toEqual([
        400,
        true,
      ]);
    }
    expect((await browser.submit(page, sendForm, { number: shown, csrf: "x" })).status).toBe(403);
    for (const form of [sendForm, confirmForm, removeForm]) {
      const body = new URLSearchParams({ number: shown, code: "1234" });
      expect((await platform.fetch(form, { method: "POST", body })).status).toBe(303);
    }
    for (const proof of ["", "x"]) {
      expect((await browser.open(`${path}?proof=${proof}&done=everything`)).text).toContain("You have no number yet.");
    }
    expect(await everyRow(platform.ctx)).toEqual(before);
    expect(service.calls).toEqual([]);
  });

  it.each([
    [{ status: 429, body: { code: 60203 } }, 503, "wants you to wait"],
    [{ status: 404, body: { code: 20404 } }, 503, "does not answer"],
    [{ status: 500, body: "<h1>Sorry</h1>" }, 503, "does not answer"],
    [{ status: 400, body: { code: 60205 } }, 400, "Write a number that messages can be sent to"],
    ["cut", 503, "does not answer"],
  ] as const)("[Z08] says so when the service answers %j", async (answer, status, words) => {
    service.next(answer);
    const refused = await browser.submit(await platform.signIn(browser, path), sendForm, { number: shown });
    expect([refused.status, refused.text.includes(words)]).toEqual([status, true]);
    expect(refused.text).not.toContain("60203");
    // And when it cannot judge, the same code may be typed in once more.
    const page = await ask();
    service.next(answer === "cut" ? answer : { status: 500, body: "" });
    expect((await browser.submit(page, confirmForm, { code: service.code(number) })).status).toBe(503);
    expect(await phoneOf()).toEqual([null, null]);
    await browser.submit(page, confirmForm, { code: service.code(number) });
    expect((await phoneOf())[0]).toBe(number);
  });

  it("[Z10] signs nobody in and resets nothing, for whoever takes it over", async () => {
    await give(platform.maya.id);
    const door = await browser.open("/idp/login");
    for (const login of [number, shown, "015112345678", `${number}@sms.example`]) {
      const refused = await browser.submit(door, "/idp/login", { login, password });
      expect([login, refused.status, browser.cookies.has("__Host-ik_session")]).toEqual([login, 400, false]);
    }
    expect(door.text).not.toMatch(/type="tel"/);
    expect(service.calls).toEqual([]);
  });

  it("leaves no code and no number that is under way in the database", async () => {
    await ask();
    const rows = JSON.stringify(await everyRow(platform.ctx));
    expect(rows).not.toContain("4915112345678");
    expect(rows).not.toContain(service.code(number));
  });

  it("is asked for in the language of its reader", async () => {
    await platform.signIn(browser, path);
    const page = await browser.open(path);
    const answer = await platform.fetch(path, {
      headers: {
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        "accept-language": "de",
      },
    });
    expect([page.text.includes("Phone number"), (await answer.text()).includes("Telefonnummer")]).toEqual([true, true]);
  });
});

describe("what apps see", () => {
  it("[Z09] of number and address is what was allowed, named on the consent page, and never more", async () => {
    await give(platform.maya.id);
    const asked = { scope: "openid phone address" };
    const page = await platform.signIn(browser, platform.request(asked));
    expect(page.text).toContain("See your phone number");
    expect(page.text).toContain(number);
    expect(page.text).toContain("See your postal address");
    const userinfo = async (tokens: Record<string, unknown>) => {
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      return (await (await platform.fetch("/idp/userinfo", { headers })).json()) as Record<string, unknown>;
    };
    const tokens = await platform.redeem(await platform.allow(browser, asked));
    expect(await userinfo(tokens)).toEqual({
      sub: platform.maya.id,
      phone_number: number,
      phone_number_verified: true,
    });
    const me = await platform.fetch("/users/me", { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(me.status).toBe(403);

    const guest = platform.browser();
    const other = await platform.redeem(await platform.allow(guest, { scope: "openid profile" }));
    expect(await userinfo(other)).not.toHaveProperty("phone_number");
    const less = await platform.fetch("/users/me", { headers: { authorization: `Bearer ${other.access_token}` } });
    expect(await less.json()).not.toHaveProperty("phone_number");
    const both = await platform.redeem(
      await platform.allow(platform.browser(), { scope: "openid profile phone address" }),
    );
    const more = await platform.fetch("/users/me", { headers: { authorization: `Bearer ${both.access_token}` } });
    expect(await more.json()).toMatchObject({ phone_number: number, phone_number_verified: true, address: null });
  });

  it("[Z09] is the new number from the next call on, and none after it was removed", async () => {
    await give(platform.maya.id);
    const tokens = await platform.redeem(await platform.allow(browser, { scope: "openid phone" }));
    const seen = async () => {
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      return ((await (await platform.fetch("/idp/userinfo", { headers })).json()) as Record<string, unknown>)
        .phone_number;
    };
    expect(await seen()).toBe(number);
    await browser.submit(await platform.signIn(browser, path), removeForm);
    expect(await seen()).toBeUndefined();
  });

  it("[Z09] stands in discovery where numbers can be verified", async () => {
    const { scopes_supported, claims_supported } = await (
      await platform.fetch("/.well-known/openid-configuration")
    ).json();
    expect(scopes_supported).toEqual(expect.arrayContaining(["phone", "address"]));
    expect(claims_supported).toEqual(expect.arrayContaining(["phone_number", "phone_number_verified", "address"]));
  });
});

describe("where the platform", () => {
  it("[Z02] is being developed, the page shows the code, and nobody is called", async () => {
    const { clock, random, config } = platform.ctx;
    const home = { ...config, issuer: "http://localhost:8420", phone: { kind: "development" as const } };
    const innkeeper = await createInnkeeper({ config: home, store: platform.store, clock, random });
    const local = createBrowser((request) => innkeeper.fetch(request, { peer: "127.0.0.1" }), home.issuer);
    await local.submit(await local.open("/idp/login"), "/idp/login", { login: "maya", password });
    const page = await local.follow(await local.submit(await local.open(path), sendForm, { number: shown }));
    const code = /The code is <b class="num">(\d{6})</.exec(page.text)![1]!;
    const wrong = code === "123456" ? "654321" : "123456";
    expect((await local.submit(page, confirmForm, { code: wrong })).status).toBe(400);
    expect((await local.submit(page, confirmForm, { code })).status).toBe(303);
    expect((await phoneOf())[0]).toBe(number);
    expect(service.calls).toEqual([]);
    await innkeeper.close();
    // On any other issuer it does not start.
    const far = { ...home, issuer: "https://id.acme.example" };
    await expect(createInnkeeper({ config: far, store: platform.store, clock, random })).rejects.toThrow("loopback");
  });

  it("[Z09] does not verify numbers, there is no page, no scope on offer, and nothing to send", async () => {
    const silent = await openStoryteller();
    const guest = silent.browser();
    await silent.signIn(guest, "/account/profile");
    expect((await guest.open(path)).status).toBe(404);
    for (const form of [sendForm, confirmForm, removeForm]) {
      expect((await silent.fetch(form, { method: "POST" })).status).toBe(404);
    }
    const { scopes_supported, claims_supported } = await (
      await silent.fetch("/.well-known/openid-configuration")
    ).json();
    expect(scopes_supported).not.toContain("phone");
    expect(claims_supported).not.toContain("phone_number");
    await silent.close();
  });
});
