import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeRole, disableAccount } from "../../src/accounts/index.ts";
import { inTx } from "../../src/context.ts";
import { type Role, updateRole } from "../../src/people/index.ts";
import { insertTotpKey } from "../../src/people/totp-keys.sql.ts";
import { query } from "../../src/store/index.ts";
import { type Browser, databases, openPlatform, type Page, type Platform } from "../../src/testing/index.ts";
import { everyRow } from "../every-row.ts";
import { signInByPassword } from "./upstream-stage.ts";

const sheet = "/operator/user";
const deeds = ["disable", "enable", "credit", "reset", "role"];

interface Person {
  id: string;
  workspaceId: string;
  browser: Browser;
}

describe.each(databases)("the people who run a platform, on $name", ({ open }) => {
  let platform: Platform;
  let staff: Record<Role, Person>;
  let maya: Person;

  async function signedIn(username: string, role: Role = "user"): Promise<Person> {
    const made = await platform.addUser(username);
    if (role !== "user") await inTx(platform.ctx, (tx) => updateRole(tx, made.id, role));
    const browser = platform.browser();
    await signInByPassword(browser, username);
    return { ...made, browser };
  }

  beforeAll(async () => {
    platform = await openPlatform(open);
    staff = {
      user: await signedIn("nobody"),
      operator: await signedIn("olga", "operator"),
      support: await signedIn("sam", "support"),
      auditor: await signedIn("ada", "auditor"),
    };
    maya = await signedIn("maya");
  });
  afterAll(() => platform.close());

  const pageOf = (person: Person, id: string): Promise<Page> => person.browser.open(`${sheet}?id=${id}`);
  const rowOf = async (id: string) =>
    (await query(platform.ctx, (db) => db.selectFrom("users").selectAll().where("id", "=", id)))[0]!;
  const auditOf = (subject: string) =>
    query(platform.ctx, (db) =>
      db
        .selectFrom("audit_log")
        .select(["actor_id", "action", "detail"])
        .where("subject_id", "=", subject)
        .where("actor_id", "!=", subject)
        .orderBy("id"),
    );
  const balanceOf = async (id: string) =>
    (await query(platform.ctx, (db) => db.selectFrom("wallets").select("balance_micros").where("id", "=", id)))[0]!
      .balance_micros;

  describe("may open", () => {
    const pages: [path: string, ...roles: Role[]][] = [
      ["/operator/users", "operator", "support"],
      [sheet, "operator", "support"],
      ["/operator/audit", "operator", "auditor"],
      ["/operator/ledger", "operator", "auditor"],
      ["/operator", "operator", "support", "auditor"],
    ];
    it.each(pages)("[Y01] %s", async (path, ...allowed) => {
      for (const role of Object.keys(staff) as Role[]) {
        const query = path === sheet ? `?id=${maya.id}` : "";
        const page = await staff[role].browser.open(path + query);
        const expected = !allowed.includes(role) ? 404 : path === "/operator" ? 303 : 200;
        expect([role, page.status]).toEqual([role, expected]);
      }
      const stranger = await platform.browser().open(path);
      expect(stranger.location?.pathname).toBe("/idp/login");
    });
  });

  it.each(deeds)("[Y01] only an operator can: %s", async (deed) => {
    const form = (await pageOf(staff.operator, maya.id)).text;
    const before = await everyRow(platform.ctx);
    for (const role of ["user", "support", "auditor"] as const) {
      const { browser } = staff[role];
      const body = { user: maya.id, role: "operator", amount: "5", once: "x".repeat(22), csrf: csrfOf(form) };
      expect([role, (await post(browser, deed, body)).status]).toEqual([role, 403]);
    }
    expect((await post(platform.browser(), deed, { user: maya.id })).location?.pathname).toBe("/idp/login");
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it("[Y01] a role is asked for with every request: who had it a moment ago has it no more", async () => {
    const former = await signedIn("felix", "operator");
    const form = await pageOf(former, maya.id);
    await inTx(platform.ctx, (tx) => updateRole(tx, former.id, "support"));
    const before = await everyRow(platform.ctx);
    for (const deed of deeds) {
      const body = { user: maya.id, csrf: csrfOf(form.text), role: "operator", amount: "5", once: "y".repeat(22) };
      expect((await post(former.browser, deed, body)).status).toBe(404);
    }
    expect(await everyRow(platform.ctx)).toEqual(before);
    expect((await pageOf(former, maya.id)).text).not.toContain('<h2 id="change">');
  });

  it("find users by id, by address, proven or not, and by how a name begins", async () => {
    for (const words of [maya.id, "maya@fennick.example", "MAYA@Fennick.example ", "may", "maya"]) {
      const page = await staff.support.browser.open(`/operator/users?q=${encodeURIComponent(words)}`);
      expect([words, page.text.includes(maya.id), page.text.includes(staff.user.id)]).toEqual([words, true, false]);
    }
    for (const words of ["%", "_aya", "aya", "maya@", "m\u0000", "x".repeat(2000), "usr_nobody"]) {
      const page = await staff.support.browser.open(`/operator/users?q=${encodeURIComponent(words)}`);
      expect([words, page.text.includes(maya.id)]).toEqual([words, false]);
    }
  });

  it("[T07] see an account, and none of its secrets", async () => {
    const { text } = await pageOf(staff.support, maya.id);
    expect(text).toContain("maya@fennick.example");
    expect(text).toContain("$5.00");
    const { password_hash } = await rowOf(maya.id);
    expect(text).not.toContain(password_hash!.slice(0, 20));
    expect(text).not.toContain('<form class="tray');
    expect((await staff.support.browser.open(`${sheet}?id=usr_nobody`)).status).toBe(404);
  });

  it("disable and enable: what the person had is dead at once, and stays dead", async () => {
    const kim = await signedIn("kim");
    const page = await pageOf(staff.operator, kim.id);
    const done = await staff.operator.browser.submit(page, `${sheet}/disable`);
    expect((await staff.operator.browser.follow(done)).text).toContain("The account is disabled");
    expect((await kim.browser.open("/account/profile")).location?.pathname).toBe("/idp/login");
    const again = await pageOf(staff.operator, kim.id);
    await staff.operator.browser.submit(again, `${sheet}/enable`);
    expect((await kim.browser.open("/account/profile")).location?.pathname).toBe("/idp/login");
    expect((await signInByPassword(kim.browser, "kim")).status).toBe(303);
    const actor_id = staff.operator.id;
    expect(await auditOf(kim.id)).toMatchObject([
      { actor_id, action: "user.disabled" },
      { actor_id, action: "user.enabled" },
    ]);
  });

  it("[Y02] credit whole micro-dollars, once for each form, however often it is sent", async () => {
    const before = await balanceOf(maya.workspaceId);
    const page = await pageOf(staff.operator, maya.id);
    const send = (amount: string) => staff.operator.browser.submit(page, `${sheet}/credit`, { amount });
    const answers = await Promise.all([send("2.50"), send("2.50"), send("2.50")]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await balanceOf(maya.workspaceId)).toBe(before + 2_500_000);
    const other = await send("250");
    expect([other.status, other.text.includes("sent before with another amount")]).toEqual([400, true]);
    expect(await balanceOf(maya.workspaceId)).toBe(before + 2_500_000);
    const lines = (await auditOf(maya.id)).filter(({ action }) => action === "wallet.credited");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!.detail)).toMatchObject({ amount_micros: 2_500_000 });
    const ledger = await staff.auditor.browser.open(`/operator/ledger?wallet=${maya.workspaceId}`);
    expect(ledger.text).toContain("$2.50");
  });

  it.each(["", "0", "-5", "1e3", "5.1234567", "five", "1,000", "99999999999", "5.00 5.00"])(
    "[Y02] credit nothing for the amount %j",
    async (amount) => {
      const page = await pageOf(staff.operator, maya.id);
      const before = await everyRow(platform.ctx);
      const answer = await staff.operator.browser.submit(page, `${sheet}/credit`, { amount });
      expect(answer.status).toBe(400);
      expect(await everyRow(platform.ctx)).toEqual(before);
    },
  );

  it("remove a second factor, and its owner hears of it", async () => {
    const tess = await signedIn("tess");
    const row = { secret_sealed: "sealed", last_step: 0, attempts_until: 0, stamp: "stamp", created_at: 0 };
    await inTx(platform.ctx, (tx) => insertTotpKey(tx, { user_id: tess.id, ...row }));
    const page = await pageOf(staff.operator, tess.id);
    const done = await staff.operator.browser.submit(page, `${sheet}/reset`);
    expect((await staff.operator.browser.follow(done)).text).toContain("The second factor is gone");
    const kinds = await query(platform.ctx, (db) =>
      db.selectFrom("security_events").select("kind").where("user_id", "=", tess.id),
    );
    expect(kinds).toContainEqual({ kind: "second_factor_reset" });
    expect((await auditOf(tess.id)).at(-1)).toMatchObject({ actor_id: staff.operator.id });
    const again = await post(staff.operator.browser, "reset", { user: tess.id, csrf: csrfOf(page.text) });
    expect([again.status, again.text.includes("it is so already")]).toEqual([400, true]);
  });

  it("[Y03] nobody changes himself, and one operator stays", async () => {
    const page = await pageOf(staff.operator, maya.id);
    const own = await pageOf(staff.operator, staff.operator.id);
    expect(own.text).toContain("Nobody changes himself here");
    const before = await everyRow(platform.ctx);
    for (const deed of deeds) {
      const body = {
        user: staff.operator.id,
        csrf: csrfOf(page.text),
        role: "user",
        amount: "5",
        once: "z".repeat(22),
      };
      expect([deed, (await post(staff.operator.browser, deed, body)).status]).toEqual([deed, 400]);
    }
    const { id } = staff.operator;
    const taken = [
      await inTx(platform.ctx, (tx) => disableAccount(tx, "machine", id, true)),
      await inTx(platform.ctx, (tx) => changeRole(tx, "machine", id, "user")),
    ];
    expect(taken).toEqual([
      { ok: false, why: "last_operator" },
      { ok: false, why: "last_operator" },
    ]);
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it("[Y03] of two operators who take each other away at once, one stays", async () => {
    const other = await signedIn("otto", "operator");
    const take = (actor: Person, target: Person) =>
      inTx(platform.ctx, (tx) => changeRole(tx, { userId: actor.id }, target.id, "user"));
    const verdicts = await Promise.all([take(staff.operator, other), take(other, staff.operator)]);
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
    const roles = [(await rowOf(staff.operator.id)).role, (await rowOf(other.id)).role];
    expect(roles.filter((role) => role === "operator")).toHaveLength(1);
    await inTx(platform.ctx, (tx) => updateRole(tx, staff.operator.id, "operator"));
    await inTx(platform.ctx, (tx) => updateRole(tx, other.id, "user"));
  });

  it("give a role, which counts from the next request on", async () => {
    const ivo = await signedIn("ivo");
    const page = await pageOf(staff.operator, ivo.id);
    await staff.operator.browser.submit(page, `${sheet}/role`, { role: "auditor" });
    expect((await ivo.browser.open("/operator/audit")).status).toBe(200);
    expect((await auditOf(ivo.id)).at(-1)).toMatchObject({
      action: "user.role_changed",
      detail: JSON.stringify({ from: "user", to: "auditor" }),
    });
    const wrong = await post(staff.operator.browser, "role", {
      user: ivo.id,
      csrf: csrfOf(page.text),
      role: "emperor",
    });
    expect([wrong.status, (await rowOf(ivo.id)).role]).toEqual([400, "auditor"]);
  });

  it("[H01] change nothing by a form of another session or site, or by a link", async () => {
    const page = await pageOf(staff.operator, maya.id);
    const before = await everyRow(platform.ctx);
    for (const deed of deeds) {
      const body = { user: maya.id, csrf: csrfOf(page.text), role: "support", amount: "5", once: "w".repeat(22) };
      const { browser } = staff.operator;
      expect((await post(browser, deed, { ...body, csrf: "" })).status).toBe(403);
      expect((await post(browser, deed, body, { "sec-fetch-site": "cross-site" })).status).toBe(403);
      expect((await browser.open(`${sheet}/${deed}?user=${maya.id}`)).status).toBe(405);
    }
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it("read the audit log by who, what and whom, page by page", async () => {
    const { browser } = staff.auditor;
    const page = await browser.open(`/operator/audit?actor=${staff.operator.id}&action=wallet`);
    expect(page.text).toContain("wallet.credited");
    expect(page.text).not.toContain("<b>user.disabled</b>");
    const exact = await browser.open(`/operator/audit?action=user.disabled&subject=${maya.id}`);
    expect(exact.text).toContain("Nothing in the log fits");
    expect((await browser.open("/operator/audit?action=%25")).text).toContain("Nothing in the log fits");
    expect((await browser.open("/operator/audit?before=aud_0")).text).toContain("Nothing in the log fits");
  });

  it("[Y04] change nothing with a sign-in of more than 30 minutes ago", async () => {
    const form = await pageOf(staff.operator, maya.id);
    platform.clock.advance(31 * 60_000);
    const before = await everyRow(platform.ctx);
    for (const deed of deeds) {
      const body = { user: maya.id, csrf: csrfOf(form.text), role: "support", amount: "5", once: "v".repeat(22) };
      const answer = await post(staff.operator.browser, deed, body);
      expect([deed, answer.location?.pathname]).toEqual([deed, "/idp/login"]);
      expect(answer.location?.searchParams.get("next")).toBe(`${sheet}?id=${maya.id}`);
    }
    expect(await everyRow(platform.ctx)).toEqual(before);
    expect((await pageOf(staff.operator, maya.id)).text).toContain("Sign in again");
  });

  it("[Y05] cannot become somebody else: there is no such address", async () => {
    for (const path of ["impersonate", "become", "login-as", "session", "password"]) {
      const page = await staff.operator.browser.open(`${sheet}/${path}?id=${maya.id}`);
      expect([path, page.status]).toEqual([path, 404]);
    }
  });
});

function csrfOf(text: string): string {
  return /action="\/operator\/user\/\w+"><input type="hidden" name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? "";
}

/** A form that was not on the page. */
function post(
  browser: Browser,
  deed: string,
  values: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Page> {
  const action = `${sheet}/${deed}`;
  const url = new URL(`https://id.acme.example${sheet}`);
  const page = { url, status: 200, headers: new Headers(), title: "", location: null };
  return browser.submit({ ...page, text: `<form action="${action}"></form>` }, action, values, headers);
}
