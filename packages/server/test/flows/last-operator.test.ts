import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { updateRole } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { type Browser, databases, openPlatform, type Platform, password } from "../../src/testing/index.ts";
import { everyRow } from "../every-row.ts";
import { signInByPassword } from "../hotkey-holder.ts";

const question = "/account/delete";

describe.each(databases)("[X14] the last operator on $name", ({ open }) => {
  let platform: Platform;
  let browser: Browser;
  let olga: string;
  /** Who may stand in for her. */
  let stand: string;

  beforeEach(async () => {
    platform = await openPlatform(open);
    olga = await operator("olga");
    stand = (await platform.addUser("maya")).id;
    browser = platform.browser();
    await signInByPassword(browser, "olga");
  });
  afterEach(() => platform.close());

  async function operator(username: string): Promise<string> {
    const { id } = await platform.addUser(username);
    await inTx(platform.ctx, (tx) => updateRole(tx, id, "operator"));
    return id;
  }
  /** From a page that was opened while somebody else could act. */
  const ask = async () => {
    await inTx(platform.ctx, (tx) => updateRole(tx, stand, "operator"));
    const page = await browser.open(question);
    await inTx(platform.ctx, (tx) => updateRole(tx, stand, "user"));
    return browser.submit(page, question, { password });
  };

  it("[Y03] is told so before she is asked for anything, in place of the form", async () => {
    const page = await browser.open(question);
    expect([page.status, page.title]).toEqual([200, expect.not.stringMatching(/^Error:/)]);
    expect(page.text).toContain("You are the last operator who can act.");
    expect(page.text).not.toContain('name="password"');
    expect(page.text).not.toContain(`action="${question}"`);
    await operator("otto");
    const free = await browser.open(question);
    expect(free.text).not.toContain("last operator");
    expect(free.text).toContain('name="password"');
  });

  it("[Y03] cannot leave: the page says why, and nothing changes", async () => {
    const before = await everyRow(platform.ctx);
    const refused = await ask();
    expect([refused.status, refused.title]).toEqual([409, expect.stringMatching(/^Error:/)]);
    expect(refused.text).toContain("You are the last operator who can act.");
    expect(await everyRow(platform.ctx)).toEqual(before);
    expect((await browser.open("/operator/users")).status).toBe(200);
  });

  it("[Y03] cannot leave while the others are disabled, or are leaving themselves; with another one, she can", async () => {
    const otto = await operator("otto");
    const other = platform.browser();
    await signInByPassword(other, "otto");
    expect((await other.submit(await other.open(question), question, { password })).status).toBe(200);
    expect((await ask()).status).toBe(409);

    const ida = await operator("ida");
    const deed = (doing: string, id: string) =>
      platform.fetch(`/admin/users/${id}/${doing}`, {
        method: "POST",
        headers: { cookie: cookieOf(browser), "sec-fetch-site": "same-origin" },
      });
    expect((await deed("disable", ida)).status).toBe(200);
    expect((await ask()).status).toBe(409);
    expect((await deed("enable", ida)).status).toBe(200);
    expect((await ask()).status).toBe(200);
    const leaving = await query(platform.ctx, (db) =>
      db.selectFrom("users").select("id").where("deletion_due_at", "is not", null).orderBy("username"),
    );
    expect(leaving).toEqual([{ id: olga }, { id: otto }]);
  });
});

function cookieOf({ cookies }: Browser): string {
  return [...cookies].map((pair) => pair.join("=")).join("; ");
}
