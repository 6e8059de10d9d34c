import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findApp, listSecrets, listShares } from "../../src/apps/index.ts";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { query, type Schema } from "../../src/store/index.ts";
import type { Browser, Page, Values } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { hashesOf, openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

const half = 30 * 60_000;
const newApp: Values = {
  name: "Fieldnotes",
  description: "Notes from the field.",
  redirect_uris: "https://fieldnotes.example/callback\r\nhttp://127.0.0.1/callback\r\n",
  homepage_url: "https://fieldnotes.example/",
  scopes: ["openid", "gateway:access"],
  budget_amount: "$10,50",
  budget_period: "week",
  public: "yes",
  decision: "save",
};

let platform: Storyteller;
let kit: Browser;

beforeEach(async () => {
  platform = await openStoryteller({ name: "Storyteller", public: false });
  kit = await signedIn("kit");
});
afterEach(() => platform.close());

async function signedIn(login: string): Promise<Browser> {
  const browser = platform.browser();
  const door = await browser.follow(await browser.open("/account/apps"));
  await browser.follow(await browser.submit(door, signInForm, { login, password }));
  return browser;
}

const at = (tab: string, more = "", id = platform.app.id) => `/account/apps/${tab}?app=${id}${more}`;
const app = async () => (await findApp(platform.ctx, platform.app.id))!;

async function post(browser: Browser, tab: string, action: string, values: Values = {}, more = ""): Promise<Page> {
  return browser.submit(await browser.open(at(tab, more)), `/account/apps/${action}`, values);
}

async function share(username: string, role: string): Promise<Browser> {
  await post(kit, "people", "people", { username, role });
  return signedIn(username);
}

const tables: (keyof Schema)[] = ["apps", "app_secrets", "app_shares", "grants", "audit_log"];

async function stored(): Promise<string> {
  const rows = await Promise.all(tables.map((table) => query(platform.ctx, (db) => db.selectFrom(table).selectAll())));
  return JSON.stringify(rows);
}

/** Every form of an app's pages: the page it stands on, where it goes, and what it says. */
const forms: [tab: string, action: string, values: Values, more?: string][] = [
  ["app", "deactivate", {}, "&ask=deactivate"],
  ["edit", "edit", { name: "Other name", decision: "save" }],
  ["redirects", "redirects", { redirect_uris: "https://evil.example/" }],
  ["secrets", "secrets", { overlap: "0" }],
  ["people", "people", { username: "maya", role: "manager" }],
  ["trust", "trust/domain", { domain: "storyteller.example" }],
  ["webhook", "webhook", { webhook_url: "https://evil.example/hook" }],
  ["delete", "delete", { confirm: "Storyteller" }],
];

/** Sends every form as it stands on the pages of an app of one's own, naming Storyteller instead. */
async function sendFromOwnForms(browser: Browser): Promise<[string, Page][]> {
  const made = await browser.submit(await browser.open("/account/apps/new"), "/account/apps/new", newApp);
  const id = /app=(app_\w+)/.exec(made.text)![1]!;
  const sent: [string, Page][] = [];
  for (const [tab, action, values, more] of forms) {
    const page = await browser.open(at(tab, more, id));
    sent.push([action, await browser.submit(page, `/account/apps/${action}`, { ...values, app: platform.app.id })]);
  }
  return sent;
}

const sensitive = forms.filter(([tab]) =>
  ["redirects", "secrets", "people", "trust", "webhook", "delete"].includes(tab),
);
const tabs = ["app", "edit", "redirects", "secrets", "people", "trust", "webhook", "preview", "delete"];

describe("registering an app", () => {
  it("shows its secret on the answering page and never again", async () => {
    const door = await kit.open("/account/apps/new");
    expect(door.text).toContain("As people will see it");
    const made = await kit.submit(door, "/account/apps/new", newApp);
    expect(made.status).toBe(200);
    const secret = /csc_[\w-]{20,}/.exec(made.text)![0];
    const id = /app=(app_\w+)/.exec(made.text)![1]!;
    expect(await hashesOf(platform, id)).toEqual([sha256Hex(secret)]);
    expect(made.headers.get("cache-control")).toBe("no-store");
    const pages = ["/account/apps", ...tabs.map((tab) => at(tab, "", id))];
    for (const page of pages) expect((await kit.open(page)).text).not.toContain(secret);
    expect(await findApp(platform.ctx, id)).toMatchObject({
      name: "Fieldnotes",
      redirectUris: ["https://fieldnotes.example/callback", "http://127.0.0.1/callback"],
      allowedScopes: ["openid", "gateway:access"],
      budgetProposal: { limitMicros: 10_500_000, period: "week" },
      clientType: "confidential",
    });
    expect((await kit.open("/account/apps")).text).toContain("Fieldnotes");
  });

  it("gives a public app no secret", async () => {
    const door = await kit.open("/account/apps/new");
    const made = await kit.submit(door, "/account/apps/new", { ...newApp, client_type: "public" });
    expect(made.text).toContain("It needs no secret.");
    expect(made.text).not.toContain("csc_");
  });

  it.each<[string, Values, string]>([
    ["name", { name: "x" }, "Use 3 to 64"],
    ["name", { name: "storyteller" }, "Another app here has this name"],
    ["redirect_uris", { redirect_uris: "" }, "Write 1 to 10 addresses."],
    ["redirect_uris", { redirect_uris: "https://a.example/\n\nhttp://b.example/" }, "Line 3:"],
    ["redirect_uris", { redirect_uris: "javascript:alert(1)" }, "Line 1:"],
    ["homepage_url", { homepage_url: "javascript:alert(1)" }, "begins with https://"],
    ["refresh_token_lifetime_days", { refresh_token_lifetime_days: "0" }, "from 1 to 365"],
    ["budget_amount", { budget_amount: "ten" }, "Write an amount such as 10"],
    ["scopes", { scopes: [] }, "Tick at least one."],
    ["scopes", { identity_only: "yes" }, "It never spends"],
    ["scopes", { scopes: ["keys:write"] }, "Tick at least one."],
  ])("says beside %s what is wrong, keeps the rest, and registers nothing", async (field, values, words) => {
    const before = await stored();
    const door = await kit.open("/account/apps/new");
    const refused = await kit.submit(door, "/account/apps/new", { ...newApp, ...values });
    expect([refused.status, refused.title.startsWith("Error:")]).toEqual([400, true]);
    expect(refused.text).toContain(words);
    if (field !== "scopes") expect(refused.text).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true"`));
    expect(refused.text).toContain("Notes from the field.");
    expect(await stored()).toBe(before);
  });

  it("shows in the preview what was written, escaped, and stores nothing", async () => {
    const before = await stored();
    const door = await kit.open("/account/apps/new");
    const evil = '"><svg onload=alert(1)>';
    const shown = await kit.submit(door, "/account/apps/new", { ...newApp, name: evil, decision: "preview" });
    expect(shown.status).toBe(200);
    expect(shown.text).not.toContain("<svg onload");
    expect(shown.text).toContain("up to $10.50 each week");
    expect(await stored()).toBe(before);
  });

  it("is for whom the operator lets, and tells the others why", async () => {
    await platform.close();
    platform = await openStoryteller({}, { file: { apps: { creators: "operators" } } });
    kit = await signedIn("kit");
    expect((await kit.open("/account/apps")).text).toContain("Only operators register apps here.");
    expect((await kit.open("/account/apps/new")).location?.pathname).toBe("/account/apps");
  });
});

describe("changing an app", () => {
  it("saves what it says of itself, and nothing that its form does not hold", async () => {
    const before = await app();
    const saved = await post(kit, "edit", "edit", {
      name: "Storyteller Two",
      terms_url: "https://s.example/t",
      decision: "save",
    });
    expect((await kit.follow(saved)).text).toContain("Saved.");
    const { name, termsUrl, redirectUris, webhookUrl, grantTypes } = await app();
    expect({ name, termsUrl }).toEqual({ name: "Storyteller Two", termsUrl: "https://s.example/t" });
    expect({ redirectUris, webhookUrl, grantTypes }).toEqual({
      redirectUris: before.redirectUris,
      webhookUrl: before.webhookUrl,
      grantTypes: before.grantTypes,
    });
  });

  it("previews without saving", async () => {
    const before = await stored();
    const shown = await post(kit, "edit", "edit", { name: "Fairy tales", decision: "preview" });
    expect(shown.text).toContain("Fairy tales wants to use your Acme account");
    expect(await stored()).toBe(before);
  });

  it("shows the consent page as a sample that can do nothing", async () => {
    const page = await kit.open(at("preview"));
    const sample = /<fieldset[^>]*disabled.*?<\/fieldset>\s*<\/div>/s.exec(page.text)![0];
    expect(sample).toContain("Storyteller wants to use your Acme account");
    for (const none of ["<form", 'name="csrf"', 'name="request"', "<a "]) expect(sample).not.toContain(none);
  });

  it("[N03] moves the addresses, writes it down, and marks the face as changed", async () => {
    const redirect_uris = "https://storyteller.example/callback\nhttps://storyteller.example/two";
    await post(kit, "redirects", "redirects", {
      redirect_uris,
      post_logout_redirect_uris: "https://storyteller.example/",
    });
    expect(await app()).toMatchObject({
      redirectUris: redirect_uris.split("\n"),
      postLogoutRedirectUris: ["https://storyteller.example/"],
      faceChangedAt: platform.clock.now(),
    });
    const audit = await query(platform.ctx, (db) => db.selectFrom("audit_log").selectAll());
    expect(audit.at(-1)).toMatchObject({ action: "app.updated" });
  });

  it("switches off after asking, and on again", async () => {
    const off = await kit.follow(await post(kit, "app", "deactivate", {}, "&ask=deactivate"));
    expect(off.text).toContain("The app is switched off.");
    expect((await app()).deactivatedAt).toBe(platform.clock.now());
    expect((await kit.open("/account/apps")).text).toContain("Inactive");
    await kit.follow(await kit.submit(off, "/account/apps/activate"));
    expect((await app()).deactivatedAt).toBeNull();
  });

  it("deletes only when its name is written, and says what ends", async () => {
    const page = await kit.open(at("delete"));
    for (const words of ["What ends", "tokens and codes stop", "Its name is free"]) expect(page.text).toContain(words);
    const before = await stored();
    expect((await kit.submit(page, "/account/apps/delete", { confirm: "storytelle" })).status).toBe(400);
    expect(await stored()).toBe(before);
    const gone = await kit.follow(await kit.submit(page, "/account/apps/delete", { confirm: "Storyteller" }));
    expect(gone.text).toContain("Storyteller is deleted.");
    expect((await app()).deletedAt).toBe(platform.clock.now());
    expect((await kit.open(at("app"))).status).toBe(404);
  });
});

describe("secrets", () => {
  it("[N02] makes a new one with overlap, lists both by hint, and the old one ends in time", async () => {
    const made = await post(kit, "secrets", "secrets", { overlap: "3600" });
    const secret = /csc_[\w-]{20,}/.exec(made.text)![0];
    const hashes = () => hashesOf(platform, platform.app.id);
    const [young, old] = [sha256Hex(secret), sha256Hex(platform.app.clientSecret)];
    expect(new Set(await hashes())).toEqual(new Set([young, old]));
    const list = await kit.open(at("secrets"));
    expect(list.text).toContain(`csc_…${secret.slice(-4)}`);
    expect(list.text).not.toContain(secret);
    expect(list.text).toContain("Ends on");
    platform.clock.advance(3_600_001);
    expect(await hashes()).toEqual([young]);
  });

  it("ends the old ones at once when told to, and takes no other time", async () => {
    await post(kit, "secrets", "secrets", { overlap: "0" });
    expect(await hashesOf(platform, platform.app.id)).not.toContain(sha256Hex(platform.app.clientSecret));
    const before = await stored();
    for (const overlap of ["-1", "5", "1e9", "abc"]) {
      expect((await post(kit, "secrets", "secrets", { overlap })).status).toBe(400);
    }
    expect(await stored()).toBe(before);
  });

  it("kills one after asking, and says so when it is the only one", async () => {
    const [secret] = await listSecrets(platform.ctx, platform.app.id);
    const asking = await kit.open(at("secrets", `&kill=${secret!.id}`));
    expect(asking.text).toContain("It is the only one.");
    const done = await kit.follow(await kit.submit(asking, "/account/apps/secrets/kill"));
    expect(done.text).toContain("No secret works now.");
    expect(await hashesOf(platform, platform.app.id)).toEqual([]);
  });
});

describe("the webhook", () => {
  const address = "https://storyteller.example/hook";
  const events = () => query(platform.ctx, (db) => db.selectFrom("webhook_events").selectAll().orderBy("id"));

  it("shows the signing secret with the first address, once, and another when asked", async () => {
    const made = await post(kit, "webhook", "webhook", { webhook_url: address });
    const secret = /whsec_[\w+/=]+/.exec(made.text)![0];
    expect((await app()).webhookUrl).toBe(address);
    const page = await kit.open(at("webhook"));
    expect(page.text).not.toContain(secret);
    const moved = await kit.submit(page, "/account/apps/webhook", { webhook_url: `${address}/2` });
    expect(moved.location?.search).toContain("done=saved");
    const other = await post(kit, "webhook", "webhook/secret", { overlap: "3600" });
    expect(/whsec_[\w+/=]+/.exec(other.text)![0]).not.toBe(secret);
    const stopped = await kit.follow(await post(kit, "webhook", "webhook", { webhook_url: "" }));
    expect(stopped.text).toContain("We no longer call your app.");
    expect((await app()).webhookUrl).toBeNull();
  });

  it.each(["http://storyteller.example/", "javascript:alert(1)", "https://me@storyteller.example/", "10.0.0.1"])(
    "refuses the address %s beside its field",
    async (url) => {
      const before = await stored();
      const refused = await post(kit, "webhook", "webhook", { webhook_url: url });
      expect([refused.status, refused.text.includes('aria-invalid="true"')]).toEqual([400, true]);
      expect(await stored()).toBe(before);
    },
  );

  it("sends a test event, shows what became of it, sends it again, and floods nobody", async () => {
    await post(kit, "webhook", "webhook", { webhook_url: address });
    const sent = await kit.follow(await post(kit, "webhook", "webhook/test"));
    expect(sent.text).toContain("webhook.test");
    expect(await events()).toHaveLength(1);
    const again = await kit.submit(sent, "/account/apps/webhook/replay");
    expect(again.location?.search).toMatch(/done=replayed|busy=1/);
    const answers: number[] = [];
    for (let count = 0; count < 20; count++)
      answers.push((await kit.submit(sent, "/account/apps/webhook/test")).status);
    expect(answers).toContain(429);
    expect((await events()).length).toBeLessThanOrEqual(20);
  });
});

describe("sharing", () => {
  it("lets a viewer look, without any form or secret, and refuses what he sends", async () => {
    const maya = await share("maya", "viewer");
    expect((await maya.open("/account/apps")).text).toContain("Shared with you to view");
    for (const tab of tabs.slice(0, -1)) {
      const page = await maya.open(at(tab));
      expect(page.status).toBe(200);
      expect(page.text.match(/<form(?! class="tongues")/g)).toHaveLength(1);
    }
    const before = await app();
    const tries = await sendFromOwnForms(maya);
    for (const [action, refused] of tries) expect([action, refused.status]).toEqual([action, 403]);
    expect(await app()).toEqual(before);
    expect(await listSecrets(platform.ctx, platform.app.id)).toHaveLength(1);
    expect(await listShares(platform.ctx, platform.app.id)).toHaveLength(1);
  });

  it("lets a manager change everything but the people and the end", async () => {
    const maya = await share("maya", "manager");
    await post(maya, "edit", "edit", { description: "By Maya.", decision: "save" });
    expect((await app()).description).toBe("By Maya.");
    expect((await post(maya, "secrets", "secrets", { overlap: "0" })).text).toContain("csc_");
    expect((await maya.open(at("people"))).text).not.toContain('action="/account/apps/people"');
    expect((await maya.open(at("delete"))).location?.pathname).toBe("/account/apps/app");
  });

  it("takes back, after which there is no such app", async () => {
    const maya = await share("maya", "manager");
    const page = await kit.open(at("people"));
    expect((await kit.follow(await kit.submit(page, "/account/apps/people/remove"))).text).toContain("Taken back.");
    expect(await listShares(platform.ctx, platform.app.id)).toEqual([]);
    expect((await maya.open(at("app"))).status).toBe(404);
  });

  it.each([
    ["", "Write the username"],
    ["nobody", "Nobody here has this username."],
    ["maya@fennick.example", "Nobody here has this username."],
    ["kit", "It is yours already."],
  ])("refuses to share with %j beside the field", async (username, words) => {
    const before = await stored();
    const refused = await post(kit, "people", "people", { username, role: "viewer" });
    expect([refused.status, refused.text.includes(words)]).toEqual([400, true]);
    expect(await stored()).toBe(before);
  });
});

describe("what protects them", () => {
  it("[N01] other people's apps are not there, on any page and for any form", async () => {
    const maya = await signedIn("maya");
    const before = await app();
    for (const tab of tabs) expect((await maya.open(at(tab))).status).toBe(404);
    const tries = await sendFromOwnForms(maya);
    for (const [action, foreign] of tries) expect([action, foreign.status]).toEqual([action, 404]);
    expect(await app()).toEqual(before);
    expect(await listSecrets(platform.ctx, platform.app.id)).toHaveLength(1);
    expect(await listShares(platform.ctx, platform.app.id)).toEqual([]);
  });

  it("[H01] no form is taken without its token, with another session's, or from another origin", async () => {
    const other = await signedIn("kit");
    const before = await stored();
    for (const [tab, action, values, more] of forms) {
      const page = await kit.open(at(tab, more));
      const path = `/account/apps/${action}`;
      const sameForm = new RegExp(`action="${path}"[^>]*><input type="hidden" name="csrf" value="([^"]+)"`);
      const foreign = sameForm.exec((await other.open(at(tab, more))).text)![1]!;
      const tries = [
        kit.submit(page, path, { ...values, csrf: null }),
        kit.submit(page, path, { ...values, csrf: foreign }),
        kit.submit(page, path, values, { "sec-fetch-site": "cross-site" }),
      ];
      for (const refused of await Promise.all(tries)) expect([action, refused.status]).toEqual([action, 403]);
    }
    expect(await stored()).toBe(before);
  });

  it.each(sensitive)("[N03] %s: its form asks for a new sign-in after half an hour", async (tab, action, values) => {
    const page = await kit.open(at(tab));
    platform.clock.advance(half + 1);
    const before = await stored();
    const asked = await kit.submit(page, `/account/apps/${action}`, values);
    expect(asked.location?.pathname).toBe(signInForm);
    expect(asked.location?.searchParams.get("next")).toBe(at(tab));
    expect(await stored()).toBe(before);
    const door = await kit.follow(asked);
    const back = await kit.follow(await kit.submit(door, signInForm, { login: "kit", password }));
    expect(back.url.pathname + back.url.search).toBe(at(tab));
  });

  it("signs nobody in to look", async () => {
    const stranger = platform.browser();
    for (const tab of tabs) expect((await stranger.open(at(tab))).location?.pathname).toBe(signInForm);
  });
});
