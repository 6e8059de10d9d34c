import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { query } from "../../src/store/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import { openPlatform, type Platform, password } from "../../src/testing/platform.ts";
import { authenticatorOf, codesOn, giveTotp, secondForm, totpPage } from "../authenticator.ts";
import { signInByPassword } from "../hotkey-holder.ts";
import { count, formOf, type Rival, type Storm, sendAtOnce, startRival } from "./request-storm.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 20 : 2;
/** In each of two processes; a peer may try a hundred times. */
const times = 100;

describe.each(databases)("second factors over two processes on $name", ({ open }) => {
  let platform: Platform;
  let rival: Rival;
  let maya: string;
  let peers = 0;
  let people = 0;

  beforeAll(async () => {
    platform = await openPlatform(open);
    rival = await startRival(platform.url);
  });
  afterAll(async () => {
    await rival.stop();
    await platform.close();
  });
  /** Somebody new, because the clocks of the two processes stand still. */
  const nextPerson = async () => {
    maya = (await platform.addUser(`maya${++people}`)).id;
  };
  beforeEach(nextPerson);

  const login = () => `maya${people}`;
  const both = async (storm: Omit<Storm, "peer" | "times">) => {
    const peer = `198.51.100.${++peers}`;
    return (
      await Promise.all([sendAtOnce(platform, { ...storm, peer, times }), rival.send({ ...storm, peer, times })])
    ).flat();
  };
  const halfway = async (): Promise<[Page, Browser]> => {
    const browser = platform.browser();
    return [await signInByPassword(browser, login()), browser];
  };
  const sessions = async () =>
    (await query(platform.ctx, (db) => db.selectFrom("sessions").select("acr").where("user_id", "=", maya))).length;
  const codesLeft = async () =>
    (
      await query(platform.ctx, (db) =>
        db.selectFrom("recovery_codes").select("code_hash").where("user_id", "=", maya).where("used_at", "is", null),
      )
    ).length;
  const won = (answers: readonly string[]) => answers.filter((answer) => answer.startsWith("303"));

  it("[R05][S02] a step counts once, for one browser and for two", async () => {
    for (let round = 0; round < rounds; round++) {
      await nextPerson();
      const { phone } = await giveTotp(platform, maya);
      const [page, browser] = await halfway();
      const [otherPage, other] = await halfway();
      const filled = { code: phone.code() };
      const storms = [formOf(page, browser, secondForm, filled), formOf(otherPage, other, secondForm, filled)];
      const before = await sessions();
      const answers = (await Promise.all(storms.map(both))).flat();
      expect(answers).toHaveLength(4 * times);
      expect(won(answers)).toEqual(["303 /account/connected"]);
      expect(await sessions()).toBe(before + 1);
    }
  });

  it("[R05][S04] a recovery code counts once", async () => {
    const { codes } = await giveTotp(platform, maya);
    for (const [round, code] of codes.slice(0, rounds).entries()) {
      const [, browser] = await halfway();
      const page = await browser.open(`${secondForm}?by=recovery`);
      const before = await sessions();
      const answers = count(await both(formOf(page, browser, secondForm, { code })));
      expect(answers).toEqual({ "303 /account/connected": 1, 400: 2 * times - 1 });
      expect([await sessions(), await codesLeft()]).toEqual([before + 1, 9 - round]);
    }
  });

  it("[R51][S06] wrong codes are counted for both processes together", async () => {
    await giveTotp(platform, maya);
    const [page, browser] = await halfway();
    const answers = count(await both(formOf(page, browser, secondForm, { code: "000000" })));
    expect(answers).toEqual({ 400: 5, 429: 2 * times - 5 });
  });

  it("[R05] codes that two make anew at once are the codes of one of them", async () => {
    const { phone, codes } = await giveTotp(platform, maya);
    const [page, browser] = await halfway();
    await browser.submit(page, secondForm, { code: phone.code() });
    const tray = await browser.open(`${totpPage}?open=renew`);
    const made = await Promise.all(Array.from({ length: 10 }, () => browser.submit(tray, `${totpPage}/codes`)));
    expect(await codesLeft()).toBe(10);
    const good = [];
    for (const set of [codes, ...made.map(codesOn)]) {
      const [, other] = await halfway();
      const form = await other.open(`${secondForm}?by=recovery`);
      good.push((await other.submit(form, secondForm, { code: set[0]! })).status);
    }
    expect(count(good.map(String))).toEqual({ 303: 1, 400: 10 });
  });

  it("[R05] an app that is set up twice at once is set up once", async () => {
    const form = async () => {
      const [, browser] = await halfway();
      const page = await browser.open(`${totpPage}?add=1`);
      const phone = authenticatorOf(platform, /id="totp-key">([A-Z2-7 ]+)</.exec(page.text)![1]!);
      return formOf(page, browser, `${totpPage}/add`, { code: phone.code() });
    };
    const [one, two] = [await form(), await form()];
    const answers = count((await Promise.all([both(one), both(two)])).flat());
    expect(answers[200]).toBe(1);
    expect(await codesLeft()).toBe(10);
    expect(await sessions()).toBe(1);
  });

  it("[S01][S09] a sign-in that meets the set-up leaves no living session of the password alone", async () => {
    for (let round = 0; round < rounds; round++) {
      const doors = await Promise.all(
        Array.from({ length: 20 }, async () => {
          const browser = platform.browser();
          return [await browser.open("/sign-in"), browser] as const;
        }),
      );
      const entering = doors.map(async ([page, browser]) =>
        browser.submit(page, "/idp/login", { login: login(), password }),
      );
      await Promise.all([...entering.slice(0, 10), giveTotp(platform, maya), ...entering.slice(10)]);
      for (const [, browser] of doors) {
        expect((await browser.open("/account/connected")).location?.pathname).toBe("/idp/login");
      }
      await nextPerson();
    }
  });
});
