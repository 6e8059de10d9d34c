import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listSecurityEvents } from "../../src/people/index.ts";
import { type Browser, createBrowser } from "../../src/testing/browser.ts";
import { issuer, password } from "../../src/testing/platform.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

describe("trying passwords", () => {
  let platform: Storyteller;

  beforeEach(async () => {
    platform = await openStoryteller();
  });
  afterEach(() => platform.close());

  const from = (peer: string) => createBrowser((request) => platform.innkeeper.fetch(request, { peer }), issuer);
  const attempt = async (browser: Browser, login: string, word: string) => {
    // Who is signed in is not asked.
    browser.cookies.delete("__Host-ik_session");
    return browser.submit(await browser.open(signInForm), signInForm, { login, password: word });
  };
  const statuses = async (browser: Browser, login: string, times: number) => {
    const seen: number[] = [];
    for (let each = 0; each < times; each++) seen.push((await attempt(browser, login, "wrong")).status);
    return seen;
  };

  it("[R51] is made slower each time for one account and network, alike for names that nobody has", async () => {
    const answers: string[][] = [];
    for (const login of ["maya", "nobody"]) {
      const browser = from("198.51.100.1");
      expect(await statuses(browser, login, 6)).toEqual([400, 400, 400, 400, 400, 429]);
      const told: string[] = [(await attempt(browser, login, "wrong")).text];
      for (const seconds of [5, 10, 20]) {
        platform.clock.advance(seconds * 1000 - 1);
        expect((await attempt(browser, login, "wrong")).status).toBe(429);
        platform.clock.advance(1);
        expect((await attempt(browser, login, "wrong")).status).toBe(400);
        told.push((await attempt(browser, login, "wrong")).text);
      }
      answers.push(told.map((text) => /Too many attempts[^<]*/.exec(text)![0]));
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it("[R51][X01] locks nobody out, wherever and however often it is tried", async () => {
    const own = from("192.0.2.7");
    expect((await attempt(own, "maya", password)).status).toBe(303);
    for (let each = 0; each < 70; each++) {
      const browser = from(`198.51.100.${each}`);
      expect((await attempt(browser, "maya", "wrong")).status).toBe(400);
      // Under attack each network has one attempt before it waits.
      if (each > 50) expect((await attempt(browser, "maya", "wrong")).status).toBe(429);
    }
    expect((await attempt(from("203.0.113.9"), "maya", password)).status).toBe(303);
    expect((await attempt(own, "maya", password)).status).toBe(303);
  });

  it("[X16] counts the 65,536 networks of one IPv6 site together too, and locks nobody else out", async () => {
    const site = (network: number) => `2001:db8:7:${network.toString(16)}::1`;
    const answers = [];
    for (let network = 0; network < 62; network++) {
      answers.push((await attempt(from(site(network)), "maya", "wrong")).status);
    }
    expect(answers).toEqual([...Array(60).fill(400), 429, 429]);
    expect((await attempt(from("2001:db8:8::1"), "maya", password)).status).toBe(303);
    expect((await attempt(from(site(99)), "kit", password)).status).toBe(303);
  });

  it("[X02] leaves the browser of an account alone, even where its own network is worn out", async () => {
    const own = from("192.0.2.7");
    await attempt(own, "maya", password);
    const neighbour = from("192.0.2.7");
    for (let each = 0; each < 110; each++) await attempt(neighbour, `name${each}`, "wrong");
    expect((await attempt(neighbour, "kit", password)).status).toBe(429);
    expect((await attempt(own, "maya", password)).status).toBe(303);
    // That is so for this account only.
    expect((await attempt(own, "kit", password)).status).toBe(429);
  });

  it("is limited in that browser too", async () => {
    const own = from("192.0.2.7");
    await attempt(own, "maya", password);
    expect(await statuses(own, "maya", 11)).toEqual([...Array(10).fill(400), 429]);
  });

  it("[X11] is told to the owner once a day, and to nobody where there is none", async () => {
    const told = async () => {
      const events = await listSecurityEvents(platform.ctx, { userId: platform.maya.id, limit: 50 });
      return events.filter(({ kind }) => kind === "failed_attempts").length;
    };
    const tenTimes = async (login: string, network: number) => {
      for (let each = 0; each < 10; each++) await attempt(from(`10.${network}.0.${each}`), login, "wrong");
    };
    await tenTimes("nobody", 1);
    await statuses(from("10.9.0.1"), "maya", 5);
    expect(await told()).toBe(0);
    await tenTimes("maya", 2);
    expect(await told()).toBe(1);
    await tenTimes("maya", 3);
    expect(await told()).toBe(1);
  });

  it("gives away no address by the account that it belongs to", async () => {
    const browser = from("198.51.100.1");
    await statuses(browser, "maya", 6);
    expect((await attempt(browser, "maya@fennick.example", "wrong")).status).toBe(400);
    expect((await attempt(browser, "ＭAYA", "wrong")).status).toBe(429);
  });
});
