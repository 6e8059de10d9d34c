import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allScopes } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { listSecurityEvents, updateRole } from "../../src/people/index.ts";
import type { Browser, Page, Values } from "../../src/testing/browser.ts";
import { issuer, password } from "../../src/testing/platform.ts";
import { listApiKeys } from "../../src/tokens/index.ts";
import { everyRow } from "../every-row.ts";
import { signInByPassword } from "../hotkey-holder.ts";
import { call, keyOf } from "./api-client.ts";
import { type Mailbox, openMailbox, proveEmail } from "./mailbox.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

const path = "/account/keys/new";
const minute = 60_000;
const day = 24 * 60 * minute;

let platform: Storyteller;
let browser: Browser;

beforeEach(async () => {
  platform = await openStoryteller();
  browser = platform.browser();
  await signInByPassword(browser, "maya");
});
afterEach(() => platform.close());

const fill = async (values: Values = {}, by = browser): Promise<Page> =>
  by.submit(await by.open(path), path, { name: "Laptop", ...values });
const keyOn = ({ text }: Page) => /id="secret"[^>]*>(sk-ik-[a-z0-9]{40})</.exec(text)?.[1] ?? "";
const keys = () => listApiKeys(platform.ctx, platform.maya.id);
const dateIn = (ms: number) => new Date(platform.clock.now() + ms).toISOString().slice(0, 10);

/** Nothing is stored, and the page says so beside the field, with what was written. */
async function expectWrong(values: Values, words: string): Promise<Page> {
  const before = await everyRow(platform.ctx);
  const page = await fill(values);
  expect([page.status, page.title]).toEqual([400, expect.stringMatching(/^Error: Make a key/)]);
  expect(page.text).toContain(words);
  expect(await everyRow(platform.ctx)).toEqual(before);
  return page;
}

describe("making a key on the page", () => {
  it("is found from the list, also where there is none yet", async () => {
    const link = `href="${path}"`;
    expect((await browser.open("/account/keys")).text).toContain(link);
    await keyOf(platform, platform.maya);
    expect((await browser.open("/account/keys")).text).toContain(link);
  });

  it("[T23] shows a key once that works at once, and may use models only unless more is ticked", async () => {
    const page = await fill();
    expect([page.status, page.headers.get("cache-control"), page.location]).toEqual([200, "no-store", null]);
    const key = keyOn(page);
    expect(page.text).toContain(`curl ${issuer}/v1/models -H &quot;Authorization: Bearer $KEY&quot;`);
    expect((await call(platform, key, "GET", "/v1/models")).status).toBe(200);
    expect((await call(platform, key, "GET", "/users/me/keys")).status).toBe(403);
    const [made] = await keys();
    expect(made).toMatchObject({ name: "Laptop", scopes: ["gateway:access"], budgetId: null, expiresAt: null });
    expect(made).toMatchObject({ workspaceId: platform.maya.workspaceId, appId: null, grantId: null });
    expect(Object.values(await everyRow(platform.ctx)).join()).not.toContain(key);
    const listed = await browser.open("/account/keys");
    expect([listed.text.includes("Laptop"), listed.text.includes(key)]).toEqual([true, false]);
  });

  it("keeps to the cap and the end that were written, as people write them", async () => {
    const page = await fill({ cap_amount: "$2,50", cap_period: "week", until: dateIn(2 * day) });
    expect(page.text).toContain("$2.50 each week");
    const { body } = await call(platform, browser, "GET", "/users/me/keys");
    expect(body.items).toMatchObject([
      { caps: [{ period: "week", limit: "2.50" }], expires_at: `${dateIn(2 * day)}T00:00:00.000Z` },
    ]);
    platform.clock.advance(2 * day);
    expect((await call(platform, keyOn(page), "GET", "/v1/models")).status).toBe(401);
  });

  it("spends no more than its cap, and never the wallet behind it", async () => {
    const upstreams = { main: { baseUrl: "http://127.0.0.1:9", apiKey: "of the operator" } };
    const prices = { input: "1.00", output: "2.00" };
    const model = { upstream: "main", upstreamModel: "real-name", prices, maxOutputTokens: 1000 };
    const priced = await openStoryteller({}, { file: { upstreams, models: { "test-model": model } } });
    const own = priced.browser();
    await signInByPassword(own, "maya");
    const key = keyOn(await fill({ cap_amount: "0.000002", cap_period: "total" }, own));
    const hello = { model: "test-model", messages: [{ role: "user", content: "Hello" }] };
    const refused = await call(priced, key, "POST", "/v1/chat/completions", hello);
    expect(refused).toMatchObject({ status: 402, body: { error: { limit_source: "key_cap", limit: "0.000002" } } });
    await priced.close();
  });

  it("gives all that a person may give, and says so where nothing can be spent", async () => {
    const offered = [...(await browser.open(path)).text.matchAll(/name="scopes" value="([^"]+)"/g)].map(
      ([, name]) => name!,
    );
    // A key stays by itself, and nobody here can have a phone number.
    expect(new Set(offered)).toEqual(new Set(allScopes.filter((name) => !/^(?:offline_access|phone)$/.test(name))));
    await fill({ scopes: offered });
    expect(new Set((await keys())[0]!.scopes)).toEqual(new Set(offered));
    const reader = await fill({ scopes: "account:read" });
    expect(reader.text).not.toContain("/v1/models");
    expect((await call(platform, keyOn(reader), "GET", "/users/me/keys")).status).toBe(200);
    expect((await call(platform, keyOn(reader), "GET", "/v1/models")).status).toBe(403);
  });

  it("is written down among what happened, and told by mail", async () => {
    const box = await openMailbox();
    const mailed = await openStoryteller({}, { file: box.file });
    try {
      await expectTold(box, mailed);
    } finally {
      await mailed.close();
      await box.close();
    }
  });
});

async function expectTold(box: Mailbox, mailed: Storyteller): Promise<void> {
  await proveEmail(mailed, mailed.maya.id, "maya@fennick.example");
  const own = mailed.browser();
  await signInByPassword(own, "maya");
  const before = (await box.letters(mailed)).length;
  const key = keyOn(await fill({}, own));
  const events = await listSecurityEvents(mailed.ctx, { userId: mailed.maya.id, limit: 1 });
  expect(events).toMatchObject([{ kind: "key_created", detail: { name: "Laptop" } }]);
  const letters = (await box.letters(mailed)).slice(before);
  expect(letters).toMatchObject([{ to: "maya@fennick.example", text: expect.stringContaining("Laptop") }]);
  expect(JSON.stringify(letters)).not.toContain(key);
}

describe("a form that makes a key", () => {
  it("[T23] makes one, however often it is sent, and no address shows the key", async () => {
    const form = await browser.open(path);
    const answers = await Promise.all([1, 2, 3].map(() => browser.submit(form, path, { name: "Laptop" })));
    const [made, ...others] = answers.toSorted((one, other) => one.status - other.status);
    expect([made!.status, others.map(({ status }) => status)]).toEqual([200, [303, 303]]);
    expect(await keys()).toHaveLength(1);
    const key = keyOn(made!);
    for (const again of [...others, await browser.submit(form, path, { name: "Another" })]) {
      expect(again.location?.href).toBe(`${issuer}/account/keys?again=1`);
      const told = await browser.follow(again);
      expect(told.text).toContain("That form has made its key already");
      expect(told.text).not.toContain(key);
    }
    expect(await keys()).toHaveLength(1);
    await fill();
    expect(await keys()).toHaveLength(2);
  });

  it("can be mended after a mistake", async () => {
    const wrong = await fill({ cap_amount: "five" });
    expect((await browser.submit(wrong, path, { cap_amount: "5" })).status).toBe(200);
    expect(await keys()).toMatchObject([{ name: "Laptop" }]);
  });

  it.each([
    ["no name", { name: "" }, 'id="name-note">Write one line'],
    ["a name of two lines", { name: "Lap\ntop" }, 'id="name-note">Write one line'],
    ["a name that turns the words around it", { name: "Lap\u202etop" }, 'id="name-note">Write one line'],
    ["a name too long", { name: "L".repeat(65) }, 'id="name-note">Write one line'],
    ["nothing it may do", { scopes: null }, "Tick at least one of these."],
    ["a cap in words", { cap_amount: "1e3" }, 'id="cap_amount-note">Write an amount such as 10 or 10.50.'],
    ["a negative cap", { cap_amount: "-1" }, 'id="cap_amount-note">Write an amount such as 10 or 10.50.'],
    ["a cap of nothing", { cap_amount: "0.00" }, 'id="cap_amount-note">Write an amount above zero'],
    ["an end that is past", { until: "2020-01-01" }, 'id="until-note">Choose a day after today'],
    ["a day that is none", { until: "2030-02-30" }, 'id="until-note">Write a date such as'],
  ] as [string, Values, string][])("says what is wrong with %s", async (_what, values, words) => {
    await expectWrong(values, words);
  });

  it("says all of it at once, and keeps what was written", async () => {
    const written = {
      name: "Lap\u202etop",
      scopes: ["billing:read", "email"],
      cap_amount: "<five>",
      cap_period: "day",
    };
    const { text } = await expectWrong({ ...written, until: "soon" }, "3 fields need another look.");
    expect(text).toMatch(/name="name"[^>]* value="Lap\u202etop"[^>]* aria-invalid="true"[^>]* autofocus/);
    expect(text).toMatch(/name="cap_amount"[^>]* value="&lt;five&gt;"[^>]* aria-invalid="true"/);
    expect(text).toMatch(/name="until"[^>]* value="soon"[^>]* aria-invalid="true"/);
    expect(text).toContain('<option value="day" selected>');
    const ticked = [...text.matchAll(/name="scopes" value="([^"]+)" checked/g)].map(([, name]) => name);
    expect(ticked).toEqual(["billing:read", "email"]);
    expect(text).toContain('<details class="more" open>');
  });
});

describe("[R48] nobody gives more than he has", () => {
  it.each(["admin", "offline_access", "everything", "gateway:invoke:test-model", "openid profile", "__proto__"])(
    "and no form gives %s",
    async (scope) => {
      await expectWrong({ scopes: ["gateway:access", scope] }, "Tick at least one of these.");
      await expectWrong({ scopes: [scope] }, "Tick at least one of these.");
    },
  );

  it("nor does that of an operator give what runs the platform", async () => {
    await inTx(platform.ctx, (tx) => updateRole(tx, platform.maya.id, "operator"));
    expect((await browser.open(path)).text).not.toContain('value="admin"');
    await expectWrong({ scopes: "admin" }, "Tick at least one of these.");
  });

  it("nor does it take a period that there is not", async () => {
    const before = await everyRow(platform.ctx);
    expect((await fill({ cap_amount: "5", cap_period: "hour" })).status).toBe(400);
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it("nor for anybody else, whatever the form names", async () => {
    const lea = await platform.addUser("lea");
    await fill({ user_id: lea.id, userId: lea.id, workspace: lea.workspaceId });
    expect(await listApiKeys(platform.ctx, lea.id)).toEqual([]);
    expect(await keys()).toMatchObject([{ workspaceId: platform.maya.workspaceId }]);
  });
});

describe("whoever signed in long ago", () => {
  it("[T23] makes no key by a form that lay open, and by signing in comes back to it", async () => {
    const form = await browser.open(path);
    platform.clock.advance(31 * minute);
    const before = await everyRow(platform.ctx);
    const refused = await browser.submit(form, path, { name: "Laptop" });
    expect([refused.status, refused.location?.pathname]).toEqual([303, signInForm]);
    expect(await everyRow(platform.ctx)).toEqual(before);
    const door = await browser.follow(refused);
    const back = await browser.follow(await browser.submit(door, signInForm, { login: "maya", password }));
    expect(back.url.pathname).toBe(path);
    expect((await browser.submit(back, path, { name: "Laptop" })).status).toBe(200);
  });

  it("[T23] is offered the sign-in instead of the form", async () => {
    platform.clock.advance(31 * minute);
    const { status, text } = await browser.open(path);
    expect([status, text.includes(`action="${path}"`)]).toEqual([200, false]);
    expect(text).toContain(`href="/sign-in?next=${encodeURIComponent(path)}"`);
  });
});

describe("whoever wants to fill the table", () => {
  it("finds an end, on the page and by the API together", async () => {
    for (let count = 0; count < 59; count++) {
      const made = await call(platform, browser, "POST", "/users/me/keys", { name: "K", scopes: ["openid"] });
      expect(made.status).toBe(200);
    }
    expect((await fill()).status).toBe(200);
    const before = await everyRow(platform.ctx);
    const page = await fill();
    expect([page.status, page.title]).toEqual([429, expect.stringMatching(/^Error: /)]);
    expect(page.text).toMatch(/You have made many keys in a short time\. Wait <strong>\d+ seconds<\/strong>/);
    expect(page.text).toContain('value="Laptop"');
    expect(await everyRow(platform.ctx)).toEqual(before);
    const refused = await call(platform, browser, "POST", "/users/me/keys", { name: "K", scopes: ["openid"] });
    expect(refused.status).toBe(429);
  });

  it("has so many keys that live and no more, until one is revoked", async () => {
    const made = [];
    for (let count = 0; count < 200; count++) made.push(await keyOf(platform, platform.maya));
    const form = await browser.open(path);
    const page = await browser.submit(form, path, { name: "Laptop" });
    expect([page.status, page.text.includes("You have as many keys as one person may have.")]).toEqual([409, true]);
    expect(await keys()).toHaveLength(200);
    await call(platform, browser, "DELETE", `/users/me/keys/${made[0]!.id}`);
    // The same form: what was refused has used nothing up.
    expect((await browser.submit(form, path, { name: "Laptop" })).status).toBe(200);
  });
});
