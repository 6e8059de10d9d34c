import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBrowser, databases, issuer, openPlatform, type Page, type Platform } from "../../src/testing/index.ts";
import { type Elsewhere, openElsewhere } from "./elsewhere.ts";
import { enterBy, fileFor, isSignedIn, pressButton, traces } from "./upstream-stage.ts";

const accounts = 30;
const crowd = Object.fromEntries(
  Array.from({ length: accounts + 3 }, (_, each) => [
    `s-${each}`,
    { email: `s-${each}@school.example`, email_verified: true },
  ]),
);

describe("opening accounts through a provider", () => {
  let elsewhere: Elsewhere;
  let platform: Platform;

  beforeEach(async () => {
    elsewhere = await openElsewhere("school", crowd);
  });
  afterEach(async () => {
    await platform.close();
    elsewhere.close();
  });

  const start = async (more: Record<string, unknown> = {}) => {
    platform = await openPlatform(databases[0]!.open, { file: fileFor(elsewhere, more) });
  };
  const browserAt = (peer: string) => createBrowser((request) => platform.innkeeper.fetch(request, { peer }), issuer);
  const enterAt = async (peer: string, subject: string): Promise<[Page, boolean]> => {
    const browser = browserAt(peer);
    return [await enterBy(elsewhere, browser, subject), isSignedIn(browser)];
  };
  const fill = async (peer: string) => {
    for (let each = 0; each < accounts; each++) expect((await enterAt(peer, `s-${each}`))[1]).toBe(true);
  };
  const signUpAt = async (peer: string, username: string) => {
    const browser = browserAt(peer);
    const form = { name: "N", username, email: `${username}@x.example`, password: "tulips in the attic 4" };
    return (await browser.submit(await browser.open("/sign-up"), "/sign-up", form)).status;
  };

  it("[U08] is limited for one network, by provider and form together, and for no other network", async () => {
    await start();
    const [near, far] = ["198.51.100.7", "203.0.113.9"];
    await fill(near);
    const before = await traces(platform);
    const [refused, entered] = await enterAt(near, `s-${accounts}`);
    expect([refused.status, entered]).toEqual([429, false]);
    expect(refused.text).toContain("Too many attempts");
    expect(await signUpAt(near, "nora")).toBe(429);
    expect(await traces(platform)).toEqual(before);

    expect((await enterAt(far, `s-${accounts}`))[1]).toBe(true);
    expect(await signUpAt(far, "nora")).toBe(303);
    // Whoever has an account signs in from there all the same.
    expect((await enterAt(near, "s-0"))[1]).toBe(true);
    platform.clock.advance(3_600_000 / accounts);
    expect((await enterAt(near, `s-${accounts + 1}`))[1]).toBe(true);
  });

  it("is not, where the operator has named the domains: their people may sit behind one address", async () => {
    await start({ allowedDomains: ["school.example"] });
    await fill("198.51.100.7");
    expect((await enterAt("198.51.100.7", `s-${accounts}`))[1]).toBe(true);
    expect(await signUpAt("198.51.100.7", "nora")).toBe(303);
  });

  it("[U08] begins a hundred times in ten minutes from one network, whatever another one has begun", async () => {
    await start();
    const browser = browserAt("198.51.100.7");
    const page = await browser.open("/sign-in");
    const statuses = new Set<number>();
    for (let each = 0; each < 100; each++) statuses.add((await pressButton(browser, page)).status);
    expect([...statuses]).toEqual([303]);
    expect((await pressButton(browser, page)).status).toBe(429);
    const other = browserAt("2001:db8::1");
    expect((await pressButton(other, await other.open("/sign-in"))).status).toBe(303);
  });

  it("[X16] begins a thousand times from all networks of one IPv6 site, and from the next site all the same", async () => {
    await start();
    let from = 0;
    const walker = createBrowser(
      (request) => platform.innkeeper.fetch(request, { peer: `2001:db8:7:${(from++ % 11).toString(16)}::1` }),
      issuer,
    );
    const page = await walker.open("/sign-in");
    let begun = 0;
    for (let each = 0; each < 1010; each++) if ((await pressButton(walker, page)).status === 303) begun++;
    expect(begun).toBe(1000);
    const other = browserAt("2001:db8:8::1");
    expect((await pressButton(other, await other.open("/sign-in"))).status).toBe(303);
  });
});
