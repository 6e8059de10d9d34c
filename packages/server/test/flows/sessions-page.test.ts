import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { listSecurityEvents, recordSecurityEvent } from "../../src/people/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

const path = "/account/sessions";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

describe("the sessions of an account", () => {
  let platform: Storyteller;

  beforeEach(async () => {
    platform = await openStoryteller();
  });
  afterEach(() => platform.close());

  const enter = async (login = "maya", agent?: string): Promise<Browser> => {
    const browser = platform.browser();
    const page = await browser.open(signInForm);
    const headers: Record<string, string> = agent ? { "user-agent": agent } : {};
    expect((await browser.submit(page, signInForm, { login, password }, headers)).status).toBe(303);
    return browser;
  };
  const isSignedIn = async (browser: Browser) => (await browser.open("/account/profile")).status === 200;

  it("are shown with device and last use, the present one first and marked", async () => {
    await enter("maya", firefox);
    platform.clock.advance(60_000);
    const here = await enter("maya", "innkeeper-cli/1.0");
    const { text } = await here.open(path);
    expect(text).toContain("Firefox, Linux");
    expect(text.indexOf("innkeeper-cli")).toBeLessThan(text.indexOf("Firefox, Linux"));
    expect(text.indexOf("This one")).toBeLessThan(text.indexOf("Firefox, Linux"));
    expect(text.match(/This one/g)).toHaveLength(1);
  });

  it("[H16] end one by one: the cookie is refused from the next page on", async () => {
    const other = await enter("maya", firefox);
    const here = await enter();
    const page = await here.open(path);
    const answer = await here.submit(page, `${path}/end`);
    expect(answer.location?.search).toBe("?ended=one");
    expect([await isSignedIn(other), await isSignedIn(here)]).toEqual([false, true]);
  });

  it("[X04] end all but the present one", async () => {
    const others = [await enter(), await enter()];
    const here = await enter();
    const kit = await enter("kit");
    await here.submit(await here.open(path), `${path}/end-others`);
    for (const other of others) expect(await isSignedIn(other)).toBe(false);
    expect([await isSignedIn(here), await isSignedIn(kit)]).toEqual([true, true]);
    expect((await here.open(path)).text).toContain("You are signed in nowhere else");
  });

  it("[X04] are ended by nobody else, and by no forged form", async () => {
    await enter();
    const maya = await enter();
    const kit = await enter("kit");
    await enter("kit");
    const page = await maya.open(path);
    const ofMaya = /name="session" value="([^"]+)"/.exec(page.text)![1]!;
    const before = (await everyRow(platform.ctx)).sessions;
    const kits = await kit.open(path);
    expect((await kit.submit(kits, `${path}/end`, { session: ofMaya })).location?.search).toBe("");
    expect((await kit.submit(kits, `${path}/end`, { session: "x".repeat(5000) })).status).toBe(303);
    expect((await maya.submit(page, `${path}/end`, { csrf: null })).status).toBe(403);
    expect((await maya.submit(page, `${path}/end-others`, {}, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await everyRow(platform.ctx)).sessions).toBe(before);
    expect((await platform.browser().open(path)).location?.pathname).toBe(signInForm);
  });

  it("[X03] of a new device are told, of a known one not", async () => {
    const devices = async () => {
      const events = await listSecurityEvents(platform.ctx, { userId: platform.maya.id, limit: 50 });
      return events.filter(({ kind }) => kind === "new_device").map(({ detail }) => detail.device);
    };
    const first = await enter("maya", firefox);
    expect(await devices()).toEqual([]);
    await enter("maya", firefox);
    expect(await devices()).toEqual(["Firefox, Linux"]);
    await first.submit(await first.open(path), "/sign-out", { logout: "yes" });
    await first.submit(await first.open(signInForm), signInForm, { login: "maya", password });
    expect(await devices()).toHaveLength(1);
    // The same browser is new to another account.
    await first.submit(await first.open(path), "/sign-out", { logout: "yes" });
    platform.clock.advance(3_600_000);
    await first.submit(await first.open(signInForm), signInForm, { login: "kit", password });
    expect(await listSecurityEvents(platform.ctx, { userId: (await kitId()) ?? "", limit: 9 })).toHaveLength(1);
  });

  const kitId = async () => {
    const users = JSON.parse((await everyRow(platform.ctx)).users!) as { id: string; username: string }[];
    return users.find(({ username }) => username === "kit")?.id;
  };

  it("come with what happened to the account, page by page, whatever a later version wrote", async () => {
    const here = await enter();
    for (let number = 0; number < 30; number++) {
      const detail = { name: `key <${number}>` };
      await inTx(platform.ctx, (tx) =>
        recordSecurityEvent(tx, { userId: platform.maya.id, kind: "key_created", detail }),
      );
      platform.clock.advance(1000);
    }
    const page = await here.open(path);
    expect(page.text).toContain("Key made: key &lt;29&gt;");
    expect(page.text).not.toContain("key &lt;4&gt;");
    const older = /href="(\?before=[^"#]+)/.exec(page.text)![1]!;
    const next = await here.open(path + older);
    expect(next.text).toContain("key &lt;4&gt;");
    expect(next.text).not.toContain("key &lt;5&gt;");
    expect((await here.open(`${path}?before=${"x".repeat(3000)}`)).status).toBe(200);
  });
});
