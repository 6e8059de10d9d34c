import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { updateRole } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { createAuthenticator } from "../../src/testing/authenticator.ts";
import { type Browser, databases, issuer } from "../../src/testing/index.ts";
import { holderOf, linkOnPage, signInByPassword } from "../hotkey-holder.ts";
import { addOnPage } from "../passkey-holder.ts";
import { cookieOf, keyOf } from "./api-client.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

const nowhere = "http://127.0.0.1:9";
const file = {
  mail: { smtpUrl: "smtp://127.0.0.1:9" },
  phone: { kind: "verify" as const, baseUrl: nowhere, serviceId: "VA1", username: "u", password: "p" },
  identityProviders: { school: { name: "School", issuer: nowhere, clientId: "c", clientSecret: "s" } },
  outbound: { allowOrigins: [nowhere] },
};

/** What databases differ in. */
const unstorable = ["%00", "%ED%A0%80", "99999999999999999999"];
/** As they stand in a body, so that they may be what no text is. */
const poison = [
  ...unstorable,
  ...["", "%FF", "%", "%E2%80%AEevil", "__proto__", "-1", "1e400", "%D9%A3", "..%2F..%2Fetc"],
  "'%22%3E%3Csvg%20onload%3Dalert(1)%3E",
  "%EF%B7%BA".repeat(400),
];
/** Of any page, beside those that a link of its own names. */
const parameters = [
  "before",
  "q",
  "id",
  "wallet",
  "actor",
  "action",
  "show",
  "next",
  "request",
  "proof",
  "done",
  "ended",
];

interface Form {
  action: string;
  fields: Map<string, string>;
}

describe.each(databases)("[T20] whatever is written into pages of an account, on $name", (database) => {
  const values = database.name === "sqlite" ? poison : unstorable;
  let platform: Storyteller;
  let browsers: { maya: Browser; olga: Browser };

  beforeAll(async () => {
    platform = await openStoryteller({}, { file }, database);
    const [maya, olga] = [platform.browser(), platform.browser()];
    await platform.allow(maya, { scope: "openid profile email gateway:access" });
    await addOnPage(maya, createAuthenticator());
    await linkOnPage(maya, await holderOf("ed25519", 3));
    await keyOf(platform, platform.maya);
    const { id } = await platform.addUser("olga");
    await inTx(platform.ctx, (tx) => updateRole(tx, id, "operator"));
    await signInByPassword(olga, "olga");
    browsers = { maya, olga };
  });
  afterAll(() => platform.close());

  /** Limits end, and nobody has to sign in again. */
  async function wait() {
    platform.clock.advance(600_000);
    const times = { authenticated_at: platform.clock.now(), expires_at: platform.clock.now() + 1e9 };
    await inTx(platform.ctx, (tx) => query(tx, (db) => db.updateTable("sessions").set(times).returning("id")));
  }

  async function ask(browser: Browser, path: string, body?: string) {
    const headers = { cookie: cookieOf(browser), "sec-fetch-site": "same-origin" };
    const type = "application/x-www-form-urlencoded";
    const answer = await platform.fetch(
      path,
      body === undefined ? { headers } : { method: "POST", body, headers: { ...headers, "content-type": type } },
    );
    return { status: answer.status, text: await answer.text() };
  }

  /** Every page that links lead to, and every form on them. */
  async function walk(browser: Browser, from: string): Promise<{ pages: Set<string>; forms: Map<string, Form> }> {
    const pages = new Set([from]);
    const forms = new Map<string, Form>();
    for (const path of pages) {
      await wait();
      const { status, text } = await ask(browser, path);
      expect([path, status < 400]).toEqual([path, true]);
      for (const next of linksOf(text, path)) if (pages.size < 100) pages.add(next);
      for (const form of formsOf(text, path)) forms.set(`${form.action} ${[...form.fields.keys()].sort()}`, form);
    }
    return { pages, forms };
  }

  const isBroken = ({ status, text }: { status: number; text: string }) =>
    // What a provider that is not there makes of it is told as that.
    (status >= 500 && !text.includes("does not answer")) || text.includes("<svg onload");

  it.each([
    ["maya", "/account/profile", 20],
    ["olga", "/operator/users", 6],
  ] as const)("is answered, and never by an error of ours: %s", async (who, from, least) => {
    const browser = browsers[who];
    const { pages, forms } = await walk(browser, from);
    expect(pages.size).toBeGreaterThanOrEqual(least);
    const broken: string[] = [];
    for (const { action, fields } of forms.values()) {
      if (/sign-out|switch|others|picture$/.test(action)) continue;
      for (const name of fields.keys()) {
        await wait();
        for (const value of values) {
          if (isBroken(await ask(browser, action, bodyOf(fields, name, value))))
            broken.push(`${action} ${name}=${value}`);
        }
        const { status } = await ask(browser, action, `${name}=1&${name}=2`);
        if (status !== 400 && name !== "scopes") broken.push(`${action} takes ${name} twice: ${status}`);
      }
    }
    for (const bare of new Set([...pages].map((path) => path.split("?")[0]!))) {
      for (const name of parameters) {
        for (const value of values) {
          if (isBroken(await ask(browser, `${bare}?${name}=${value}`))) broken.push(`${bare}?${name}=${value}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });
});

function linksOf(text: string, path: string): string[] {
  return [...text.matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)]
    .map(([, href]) => new URL(href!.replaceAll("&amp;", "&"), issuer + path))
    .filter(({ origin, pathname }) => origin === issuer && /^\/(?:account|operator)\//.test(pathname))
    .map(({ pathname, search }) => pathname + search)
    .filter((next) => !/export|before=|\/account\/apps/.test(next));
}

function formsOf(text: string, path: string): Form[] {
  return [...text.matchAll(/<form\b([^>]*\bmethod="post"[^>]*)>(.*?)<\/form>/gs)].map(([, attributes, inner]) => {
    const parts = [...inner!.matchAll(/<(?:input|select|textarea|button)\b([^>]*)>/g)].map(([, part]) => part!);
    const saidOf = (part: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(part)?.[1];
    const named = parts.filter((part) => saidOf(part, "name") !== undefined);
    const fields = named.map((part) => [saidOf(part, "name")!, saidOf(part, "value") ?? ""] as const);
    return { action: saidOf(attributes!, "action") ?? path, fields: new Map(fields) };
  });
}

function bodyOf(fields: Form["fields"], name: string, value: string): string {
  const pairs = [...fields].map(([each, kept]) => `${each}=${each === name ? value : encodeURIComponent(kept)}`);
  return pairs.join("&");
}
