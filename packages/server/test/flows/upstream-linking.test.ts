import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { linkIdentity, unlinkIdentity } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { type Browser, databases, openPlatform, type Platform } from "../../src/testing/index.ts";
import { type Elsewhere, openElsewhere } from "./elsewhere.ts";
import {
  callback,
  enterBy,
  fileFor,
  isSignedIn,
  leaveToLink,
  linkedPath,
  signInByPassword,
  traces,
} from "./upstream-stage.ts";

describe.each(databases)("linking an account elsewhere, on $name", ({ open }) => {
  let elsewhere: Elsewhere;
  let platform: Platform;
  beforeAll(async () => {
    const people = Object.fromEntries(
      ["s-1", "s-2", "s-3", "s-4", "s-5"].map((sub) => [sub, { email: `${sub}@x.example` }]),
    );
    elsewhere = await openElsewhere("school", people);
    platform = await openPlatform(open, { file: fileFor(elsewhere) });
  });
  afterAll(async () => {
    await platform.close();
    elsewhere.close();
  });

  async function signedIn(username: string): Promise<{ id: string; browser: Browser }> {
    const { id } = await platform.addUser(username);
    const browser = platform.browser();
    await signInByPassword(browser, username);
    return { id, browser };
  }

  const identitiesOf = (userId: string) =>
    query(platform.ctx, (db) => db.selectFrom("identities").select("subject").where("user_id", "=", userId));

  it("needs both proofs: signed in here a moment ago, and a sign-in there that is asked for anew", async () => {
    const { id, browser } = await signedIn("maya");
    const away = await leaveToLink(browser);
    expect(away.searchParams.get("prompt")).toBe("login");
    const linked = await browser.open(await elsewhere.signIn(away, "s-1"));
    expect(linked.location?.pathname).toBe(linkedPath);
    const page = await browser.follow(linked);
    expect(page.text).toContain("Your account at School signs you in here");
    expect(page.text).toContain("s-1@x.example");
    expect(await identitiesOf(id)).toEqual([{ subject: "s-1" }]);
    const other = platform.browser();
    await enterBy(elsewhere, other, "s-1");
    expect((await other.open("/account/profile")).text).toContain("maya");
    const events = await query(platform.ctx, (db) =>
      db.selectFrom("security_events").select("kind").where("user_id", "=", id).where("kind", "=", "identity_linked"),
    );
    expect(events).toHaveLength(1);
  });

  it("[U06] is refused for what belongs to another account, which keeps it", async () => {
    const { id, browser } = await signedIn("nora");
    const page = await browser.open(await elsewhere.signIn(await leaveToLink(browser), "s-1"));
    expect(page.status).toBe(400);
    expect(page.text).toContain("linked with another account here");
    expect(await identitiesOf(id)).toEqual([]);
  });

  it("[U06] is not begun by an old session, nor ended by one", async () => {
    const { id, browser } = await signedIn("otto");
    const form = await browser.open(linkedPath);
    const away = await leaveToLink(browser);
    platform.clock.advance(31 * 60_000);
    const begun = await browser.submit(form, `${linkedPath}/link`, { provider: "school" });
    expect(begun.location?.pathname).toBe("/idp/login");
    expect((await browser.open(linkedPath)).text).not.toContain(`action="${linkedPath}/link"`);
    expect((await browser.open(await elsewhere.signIn(away, "s-2"))).status).toBe(400);
    expect(await identitiesOf(id)).toEqual([]);
  });

  it("[U06] links nothing to whoever signed in meanwhile, and nothing in another browser", async () => {
    const { id, browser } = await signedIn("pia");
    const back = await elsewhere.signIn(await leaveToLink(browser), "s-2");
    const { id: otherId, browser: other } = await signedIn("quin");
    expect((await other.open(back)).status).toBe(400);
    const session = other.cookies.get("__Host-ik_session")!;
    browser.cookies.set("__Host-ik_session", session);
    const page = await browser.open(back);
    expect([page.status, page.text.includes("as somebody else")]).toEqual([400, true]);
    expect([await identitiesOf(id), await identitiesOf(otherId)]).toEqual([[], []]);
  });

  it("[H01] changes nothing by a form of another session or site", async () => {
    const { browser } = await signedIn("rosa");
    const { browser: other } = await signedIn("sam");
    const page = await browser.open(linkedPath);
    const before = await traces(platform);
    for (const action of [`${linkedPath}/link`, `${linkedPath}/remove`]) {
      const form = { ...page, text: page.text.replaceAll(`${linkedPath}/link`, action) };
      const values = { provider: "school", identity: "idn_x" };
      expect((await other.submit(form, action, values)).status).toBe(403);
      expect((await browser.submit(form, action, { ...values, csrf: null })).status).toBe(403);
      expect((await browser.submit(form, action, values, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    }
    expect(await traces(platform)).toEqual(before);
  });

  it("ends with a click, and so do the sessions it began; never another one's", async () => {
    const { id, browser } = await signedIn("tom");
    await browser.open(await elsewhere.signIn(await leaveToLink(browser), "s-3"));
    const elsewhereIn = platform.browser();
    await enterBy(elsewhere, elsewhereIn, "s-3");
    const page = await browser.open(linkedPath);
    const shown = /href="\?remove=(idn_\w+)/.exec(page.text)![1]!;
    const { browser: other } = await signedIn("uma");
    const foreign = await other.open(linkedPath);
    const tray = { ...foreign, text: foreign.text.replaceAll(`${linkedPath}/link`, `${linkedPath}/remove`) };
    await other.submit(tray, `${linkedPath}/remove`, { identity: shown });
    expect(await identitiesOf(id)).toEqual([{ subject: "s-3" }]);
    const asked = await browser.open(`${linkedPath}?remove=${shown}`);
    const removed = await browser.follow(await browser.submit(asked, `${linkedPath}/remove`));
    expect(removed.text).toContain("was removed");
    expect(await identitiesOf(id)).toEqual([]);
    expect((await elsewhereIn.open("/account/profile")).location?.pathname).toBe("/idp/login");
    expect((await browser.open("/account/profile")).status).toBe(200);
    expect((await browser.open("/account/sessions")).text).toContain("Sign-in with School unlinked");
    // Some providers take a name for a subject, and the log outlives the account.
    const lines = await query(platform.ctx, (db) =>
      db.selectFrom("audit_log").select(["action", "detail"]).where("subject_id", "=", id).orderBy("id"),
    );
    expect(lines.map(({ action }) => action)).toEqual(["identity.linked", "identity.unlinked"]);
    for (const { detail } of lines) expect(JSON.parse(detail)).toEqual({ provider: "school", identity: shown });
  });

  it("[U07] does not end where it is the last way in, also for two clicks at once", async () => {
    const browser = platform.browser();
    await enterBy(elsewhere, browser, "s-4");
    const [row] = await query(platform.ctx, (db) =>
      db.selectFrom("identities").selectAll().where("subject", "=", "s-4"),
    );
    const userId = row!.user_id;
    const page = await browser.open(linkedPath);
    const shown = /href="\?remove=(idn_\w+)/.exec(page.text)![1]!;
    const tray = await browser.open(`${linkedPath}?remove=${shown}`);
    const refused = await browser.follow(await browser.submit(tray, `${linkedPath}/remove`));
    expect(refused.text).toContain("last way to sign in");
    expect(await identitiesOf(userId)).toEqual([{ subject: "s-4" }]);

    const second = { provider: "school", subject: "s-5", userId, label: "s-5", name: "School" };
    await inTx(platform.ctx, (tx) => linkIdentity(tx, second));
    const both = [...(await browser.open(linkedPath)).text.matchAll(/href="\?remove=(idn_\w+)/g)].map(([, id]) => id!);
    const clicks = both.map((shownId) =>
      inTx(platform.ctx, (tx) => unlinkIdentity(tx, { userId, shownId, keepSession: "" })),
    );
    const verdicts = await Promise.all(clicks);
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await identitiesOf(userId)).toHaveLength(1);
  });

  it("shows the address of the callback to nobody who was not sent there", async () => {
    const page = await platform.browser().open(callback);
    expect(page.status).toBe(400);
    expect(isSignedIn(platform.browser())).toBe(false);
  });
});
