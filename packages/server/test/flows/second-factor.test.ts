import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { resetSecondFactors, setUserDisabled } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { type Authenticator, codesOn, giveTotp, secondForm, setUpTotp, totpPage } from "../authenticator.ts";
import { answerOf, consentForm, openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

const [one, two] = ["urn:innkeeper:acr:1", "urn:innkeeper:acr:2"];
const home = "/account/connected";

let platform: Storyteller;

beforeEach(async () => {
  platform = await openStoryteller();
});
afterEach(() => platform.close());

async function byPassword(browser: Browser, path: string = signInForm) {
  const page = await browser.follow(await browser.open(path));
  return browser.follow(await browser.submit(page, signInForm, { login: "maya", password }));
}

async function sessions() {
  const rows = await query(platform.ctx, (db) => db.selectFrom("sessions").select(["amr", "acr"]));
  return rows.map(({ amr, acr }) => `${amr} ${acr}`);
}

async function audited() {
  const rows = await query(platform.ctx, (db) => db.selectFrom("audit_log").select(["action", "actor_id"]));
  return rows.map(({ action }) => action);
}

describe("setting up an authenticator app", () => {
  let browser: Browser;

  beforeEach(async () => {
    browser = platform.browser();
    await byPassword(browser);
  });

  it("[S04][S05] takes a code of it, shows the recovery codes once, and begins a session anew", async () => {
    const cookie = browser.cookies.get("__Host-ik_session");
    const { codes, page } = await setUpTotp(platform, browser);
    expect(page.status).toBe(200);
    expect(page.text).toContain("Keep these recovery codes");
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(browser.cookies.get("__Host-ik_session")).not.toBe(cookie);
    expect(await sessions()).toEqual([`pwd otp mfa ${two}`]);
    const shown = await browser.open(totpPage);
    expect(shown.text).toContain("10 codes are left");
    for (const code of codes) expect(shown.text).not.toContain(code);
    expect(await audited()).toContain("totp.added");
  });

  it("[S04][S05] stores neither secret nor codes in the clear", async () => {
    const form = await browser.open(`${totpPage}?add=1`);
    const key = /id="totp-key">([A-Z2-7 ]+)</.exec(form.text)![1]!.replaceAll(" ", "");
    expect(key).toHaveLength(32);
    expect(await query(platform.ctx, (db) => db.selectFrom("totp_keys").selectAll())).toEqual([]);
    const { codes } = await setUpTotp(platform, browser);
    const [kept] = await query(platform.ctx, (db) => db.selectFrom("totp_keys").selectAll());
    const stored = JSON.stringify([
      kept,
      await query(platform.ctx, (db) => db.selectFrom("recovery_codes").selectAll()),
    ]);
    for (const code of codes) expect(stored.toLowerCase()).not.toContain(code.replaceAll("-", "").toLowerCase());
  });

  it("[S05] puts nothing into force for a wrong code, for a secret of another session, or for one of yesterday", async () => {
    const form = await browser.open(`${totpPage}?add=1`);
    const wrong = await browser.submit(form, `${totpPage}/add`, { code: "000000" });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain("That is not the code");
    const secretOf = (text: string) => /id="totp-key">([A-Z2-7 ]+)</.exec(text)?.[1];
    expect(secretOf(wrong.text)).toBe(secretOf(form.text));

    const other = platform.browser();
    await byPassword(other);
    const theirs = await other.open(`${totpPage}?add=1`);
    const setup = /name="setup" value="([^"]+)"/.exec(form.text)![1]!;
    const planted = await other.submit(theirs, `${totpPage}/add`, { setup, code: "000000" });
    expect(planted.text).toContain("waited too long");

    platform.clock.advance(3_600_000);
    await byPassword(browser, `/sign-in?next=${totpPage}`);
    expect(await query(platform.ctx, (db) => db.selectFrom("totp_keys").selectAll())).toEqual([]);
    expect(await sessions()).toEqual(Array(2).fill(`pwd ${one}`));
  });

  it("[S08] is not for a session that has lain open", async () => {
    const form = await browser.open(`${totpPage}?add=1`);
    platform.clock.advance(31 * 60_000);
    expect((await browser.open(`${totpPage}?add=1`)).text).not.toContain('id="totp-key"');
    const late = await browser.submit(form, `${totpPage}/add`, { code: "000000" });
    expect(late.location?.pathname).toBe(signInForm);
  });

  it("[S08] makes no sign-in younger, however often it is set up and removed", async () => {
    for (let round = 0; round < 2; round++) {
      platform.clock.advance(14 * 60_000);
      expect((await setUpTotp(platform, browser)).codes).toHaveLength(10);
      await browser.submit(await browser.open(`${totpPage}?open=remove`), `${totpPage}/remove`);
    }
    const { id_token } = await platform.redeem(await platform.allow(browser, { scope: "openid" }));
    expect(decodeJwt(id_token as string).auth_time).toBe(platform.clock.now() / 1000 - 28 * 60);
    platform.clock.advance(3 * 60_000);
    expect((await browser.open(`${totpPage}?add=1`)).text).not.toContain('id="totp-key"');
  });

  it("[S09] ends every session of the password alone, and removing it wakes none of them", async () => {
    const other = platform.browser();
    await byPassword(other);
    expect((await other.open(home)).status).toBe(200);
    await setUpTotp(platform, browser);
    expect((await other.open(home)).location?.pathname).toBe(signInForm);
    const tray = await browser.open(`${totpPage}?open=remove`);
    const removed = await browser.follow(await browser.submit(tray, `${totpPage}/remove`));
    expect(removed.text).toContain("The authenticator app is removed");
    expect((await other.open(home)).location?.pathname).toBe(signInForm);
    expect((await browser.open(home)).status).toBe(200);
    expect(await audited()).toContain("totp.removed");
  });
});

describe("signing in with a second factor", () => {
  let phone: Authenticator;
  let codes: string[];
  let browser: Browser;

  beforeEach(async () => {
    ({ phone, codes } = await giveTotp(platform, platform.maya.id));
    browser = platform.browser();
  });

  it("[S10] takes password and code, in this order, in one browser, and says so in the ID token", async () => {
    const asked = await byPassword(browser, platform.request({ scope: "openid" }));
    expect(asked.url.pathname).toBe(secondForm);
    expect(asked.text).toContain("to go on to <b>Storyteller</b>");
    expect(await sessions()).toEqual([]);
    platform.clock.advance(20_000);
    const asking = await browser.follow(await browser.submit(asked, secondForm, { code: phone.code() }));
    expect(asking.url.pathname).toBe(consentForm);
    const answer = await browser.follow(await browser.submit(asking, consentForm, { decision: "allow" }));
    const { id_token } = await platform.redeem(answer);
    expect(decodeJwt(id_token as string)).toMatchObject({
      acr: two,
      amr: ["pwd", "otp", "mfa"],
      auth_time: Math.floor(platform.clock.now() / 1000),
    });
    expect(browser.cookies.has("__Host-ik_halfway")).toBe(false);
  });

  it("comes back to the page of the account that asked", async () => {
    const asked = await byPassword(browser, "/sign-in?next=/account/profile");
    const done = await browser.follow(await browser.submit(asked, secondForm, { code: phone.code() }));
    expect(done.url.pathname).toBe("/account/profile");
  });

  it("[S07] keeps everything but the page of the code from somebody who is half in", async () => {
    const asked = await byPassword(browser);
    expect(asked.url.pathname).toBe(secondForm);
    for (const path of [home, "/account/security", totpPage, "/device", "/idp/authorizations"]) {
      const page = await browser.open(path);
      expect([path, page.location?.pathname ?? page.status]).toEqual([
        path,
        path.startsWith("/idp") ? 401 : signInForm,
      ]);
    }
    const app = await browser.follow(await browser.open(platform.request()));
    expect(app.url.pathname).toBe(signInForm);
    const silent = await browser.open(platform.request({ prompt: "none" }));
    expect(answerOf(silent).error).toBe("login_required");
  });

  it("[S06] shows nothing of the page to whoever did not show the first factor", async () => {
    const page = await browser.open(secondForm);
    expect(page.text).not.toContain("Enter your code");
    expect(page.text).toContain('name="password"');
    const forged = platform.browser();
    forged.cookies.set("__Host-ik_halfway", "x".repeat(200));
    expect((await forged.open(secondForm)).text).toContain('name="password"');
  });

  it("[S07] is bound to the browser of the first factor, and ends after ten minutes", async () => {
    const asked = await byPassword(browser);
    const thief = platform.browser();
    const theirs = await byPassword(thief);
    thief.cookies.set("__Host-ik_halfway", browser.cookies.get("__Host-ik_halfway")!);
    const stolen = await thief.submit(theirs, secondForm, { code: phone.code() });
    expect(stolen.text).toContain('name="password"');
    expect(thief.cookies.has("__Host-ik_session")).toBe(false);

    platform.clock.advance(600_000);
    const late = await browser.submit(asked, secondForm, { code: phone.code() });
    expect(late.text).toContain("This page waited too long");
    expect(await sessions()).toEqual([]);
  });

  it("[S02] takes each code once, and none of an earlier step", async () => {
    const asked = await byPassword(browser);
    const other = platform.browser();
    const again = await byPassword(other);
    const code = phone.code();
    expect((await browser.submit(asked, secondForm, { code })).status).toBe(303);
    const replayed = await other.submit(again, secondForm, { code });
    expect([replayed.status, replayed.text]).toEqual([400, expect.stringContaining("used before")]);
    const earlier = await other.submit(again, secondForm, { code: phone.code(-1) });
    expect(earlier.status).toBe(400);
    platform.clock.advance(30_000);
    expect((await other.submit(again, secondForm, { code: phone.code() })).status).toBe(303);
  });

  it("[S03] allows a phone that is one step ahead or behind, and no more", async () => {
    platform.clock.advance(300_000);
    const steps = { 2: 400, [-2]: 400, [-1]: 303, 1: 303 };
    for (const step of [2, -2, -1, 1] as const) {
      const each = platform.browser();
      const asked = await byPassword(each);
      expect([step, (await each.submit(asked, secondForm, { code: phone.code(step) })).status]).toEqual([
        step,
        steps[step],
      ]);
    }
  });

  it("takes the digits as people copy them", async () => {
    const asked = await byPassword(browser);
    const code = phone.code().replace(/^(...)/, " $1\u200e ");
    const wide = [...code].map((sign) => (/\d/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign));
    expect((await browser.submit(asked, secondForm, { code: wide.join("") })).status).toBe(303);
  });

  it("[H08] gives a session that the browser did not have", async () => {
    const asked = await byPassword(browser);
    await browser.submit(asked, secondForm, { code: phone.code() });
    const first = browser.cookies.get("__Host-ik_session")!;
    platform.clock.advance(3_600_000);
    const again = await byPassword(browser, "/sign-in?next=/account/profile");
    await browser.submit(again, secondForm, { code: phone.code() });
    expect(browser.cookies.get("__Host-ik_session")).not.toBe(first);
    const old = await platform.fetch(home, { headers: { cookie: `__Host-ik_session=${first}` } });
    expect(old.headers.get("location")).toContain(signInForm);
  });

  it("[H01] without its form token is refused, and nothing is spent", async () => {
    const asked = await byPassword(browser);
    const code = phone.code();
    expect((await browser.submit(asked, secondForm, { code, csrf: null })).status).toBe(403);
    expect((await browser.submit(asked, secondForm, { code }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await browser.submit(asked, secondForm, { code })).status).toBe(303);
  });

  it("is closed to a user who was disabled meanwhile", async () => {
    const asked = await byPassword(browser);
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, true));
    const refused = await browser.submit(asked, secondForm, { code: phone.code() });
    expect([refused.status, browser.cookies.has("__Host-ik_session")]).toEqual([400, false]);
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, platform.maya.id, false));
    expect((await browser.submit(asked, secondForm, { code: phone.code() })).status).toBe(400);
    expect(await sessions()).toEqual([]);
  });

  it("[S04] goes by recovery code too, each once", async () => {
    const [code = "", second = ""] = codes;
    const asked = await byPassword(browser);
    const page = await browser.open(`${secondForm}?by=recovery`);
    expect(page.text).toContain("Use a recovery code");
    const wrong = await browser.submit(page, secondForm, { code: "0000-0000-0000-0000" });
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining("none of your recovery codes")]);
    const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("1", "l").replaceAll("0", "o");
    expect((await browser.submit(page, secondForm, { code: typed })).status).toBe(303);
    expect(await sessions()).toEqual([`pwd otp mfa ${two}`]);
    expect((await browser.open(totpPage)).text).toContain("9 codes are left");
    expect(await audited()).toContain("recovery_code.used");

    const other = platform.browser();
    await byPassword(other);
    const again = await other.open(`${secondForm}?by=recovery`);
    expect((await other.submit(again, secondForm, { code })).status).toBe(400);
    // Neither is the other: a recovery code is no code of the app.
    expect((await other.submit(again, secondForm, { code: second, by: "totp" })).status).toBe(400);
    expect((await other.submit(again, secondForm, { code: second })).status).toBe(303);
    expect(asked.url.pathname).toBe(secondForm);
  });

  it("takes the new recovery codes only, once new ones were made", async () => {
    const asked = await byPassword(browser);
    await browser.submit(asked, secondForm, { code: phone.code() });
    const tray = await browser.open(`${totpPage}?open=renew`);
    const fresh = codesOn(await browser.submit(tray, `${totpPage}/codes`));
    expect(fresh).toHaveLength(10);
    const other = platform.browser();
    await byPassword(other);
    const page = await other.open(`${secondForm}?by=recovery`);
    expect((await other.submit(page, secondForm, { code: codes[0]! })).status).toBe(400);
    expect((await other.submit(page, secondForm, { code: fresh[0]! })).status).toBe(303);
  });

  it("[R51][S06] is limited for each account, whatever browser and network, and leaves the recovery codes open", async () => {
    const attempt = async (code: string, by = "totp") => {
      const each = platform.browser();
      await byPassword(each);
      const page = await each.open(by === "totp" ? secondForm : `${secondForm}?by=recovery`);
      return each.submit(page, secondForm, { code });
    };
    for (let index = 0; index < 5; index++) expect((await attempt("000000")).status).toBe(400);
    const waiting = await attempt(phone.code());
    expect([waiting.status, waiting.text]).toEqual([429, expect.stringContaining("Too many wrong codes")]);
    expect(waiting.text).toContain("3 minutes");
    expect((await attempt(codes[0]!, "recovery")).status).toBe(303);
    const told = await query(platform.ctx, (db) => db.selectFrom("security_events").select(["user_id", "kind"]));
    expect(told.filter(({ kind }) => kind === "second_factor_failed")).toEqual([
      { user_id: platform.maya.id, kind: "second_factor_failed" },
    ]);
    platform.clock.advance(180_000);
    expect((await attempt(phone.code())).status).toBe(303);
    // A success makes all forgotten.
    for (let index = 0; index < 5; index++) expect((await attempt("000000")).status).toBe(400);
  });

  it("[S12] by an operator is taken away, with a word in the audit log; the password alone signs in then", async () => {
    const half = await byPassword(browser);
    const reset = () => inTx(platform.ctx, (tx) => resetSecondFactors(tx, platform.maya.id, "usr_operator"));
    expect(await reset()).toBe(true);
    expect(await reset()).toBe(false);
    expect((await browser.submit(half, secondForm, { code: phone.code() })).status).toBe(400);
    expect((await browser.submit(half, secondForm, { code: codes[0]!, by: "recovery" })).status).toBe(400);
    expect((await byPassword(platform.browser())).url.pathname).toBe(home);
    const lines = await query(platform.ctx, (db) =>
      db.selectFrom("audit_log").select(["actor_id", "subject_id"]).where("action", "=", "second_factor.reset"),
    );
    expect(lines).toEqual([{ actor_id: "usr_operator", subject_id: platform.maya.id }]);
    expect(await query(platform.ctx, (db) => db.selectFrom("recovery_codes").selectAll())).toEqual([]);
  });
});

describe("acr_values", () => {
  it("[S11] lead somebody without a second factor to one, and then on to the app", async () => {
    const browser = platform.browser();
    const needed = await byPassword(browser, platform.request({ scope: "openid", acr_values: two }));
    expect(needed.url.pathname).toBe("/idp/authorize/second-factor");
    expect(needed.text).toContain("asks that you sign in with more than a password");
    const way = /href="(\/account\/security\/totp\?[^"]+)"/.exec(needed.text)![1]!.replaceAll("&amp;", "&");
    const { page } = await setUpTotp(platform, browser, way.split("?")[1]);
    const on = /href="(\/idp\/login\?request=[^"]+)"/.exec(page.text)![1]!;
    const asking = await browser.follow(await browser.open(on));
    expect(asking.url.pathname).toBe(consentForm);
    const answer = await browser.follow(await browser.submit(asking, consentForm, { decision: "allow" }));
    const { id_token } = await platform.redeem(answer);
    expect(decodeJwt(id_token as string)).toMatchObject({ acr: two, amr: ["pwd", "otp", "mfa"] });
  });

  it("[S11] let whoever wants none go back, with the word for it", async () => {
    const browser = platform.browser();
    const needed = await byPassword(browser, platform.request({ acr_values: two }));
    const back = await browser.submit(needed, "/idp/authorize/second-factor", { decision: "deny" });
    expect(answerOf(back)).toMatchObject({ error: "unmet_authentication_requirements", state: "a state" });
  });

  it("[S11] are not passed by consent that is remembered, nor by the consent form itself", async () => {
    const browser = platform.browser();
    await platform.allow(browser, { scope: "openid" });
    const again = await browser.follow(await browser.open(platform.request({ scope: "openid", acr_values: two })));
    expect(again.url.pathname).toBe("/idp/authorize/second-factor");
    const request = /name="request" value="([^"]+)"/.exec(again.text)![1]!;
    const around = await browser.follow(await browser.open(`${consentForm}?request=${request}`));
    expect(around.url.pathname).toBe("/idp/authorize/second-factor");
    const silent = await browser.open(platform.request({ acr_values: two, prompt: "none" }));
    expect(answerOf(silent).error).toBe("login_required");
  });

  it("[S10][S11] of one factor, or of words that nobody here knows, ask for nothing more, and the ID token says what it was", async () => {
    for (const acr_values of [one, `${two} ${one}`, "phr"]) {
      const answer = await platform.allow(platform.browser(), { scope: "openid", acr_values });
      const { id_token } = await platform.redeem(answer);
      expect(decodeJwt(id_token as string)).toMatchObject({ acr: one, amr: ["pwd"] });
    }
  });

  it("[S11] and max_age together ask for both anew", async () => {
    const { phone } = await giveTotp(platform, platform.maya.id);
    const browser = platform.browser();
    const path = platform.request({ scope: "openid", acr_values: two, max_age: "60" });
    const first = await byPassword(browser, path);
    await browser.submit(first, secondForm, { code: phone.code() });
    expect((await browser.follow(await browser.open(path))).url.pathname).toBe(consentForm);
    platform.clock.advance(61_000);
    const again = await browser.follow(await browser.open(path));
    expect(again.url.pathname).toBe(signInForm);
    const second = await browser.follow(await browser.submit(again, signInForm, { login: "maya", password }));
    expect(second.url.pathname).toBe(secondForm);
  });
});
