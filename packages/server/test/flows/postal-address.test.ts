import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import { password, redirectUri } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { call, keyOf } from "./api-client.ts";
import { openStoryteller, type Storyteller, signInForm, verifier } from "./storyteller.ts";

const path = "/account/profile/address";
const home = {
  street_address: "Fennick House\r\n12 Tulip Lane",
  postal_code: "BS1 4QA",
  locality: "Bristol",
  region: "",
  country: "United Kingdom",
};
const told = {
  street_address: "Fennick House\n12 Tulip Lane",
  postal_code: "BS1 4QA",
  locality: "Bristol",
  country: "United Kingdom",
};

describe.each(databases)("a postal address on $name", (database) => {
  let platform: Storyteller;
  let browser: Browser;
  let token: string;

  beforeAll(async () => {
    platform = await openStoryteller({}, {}, database);
    browser = platform.browser();
    const tokens = await platform.redeem(await platform.allow(browser, { scope: "openid address" }));
    token = String(tokens.access_token);
  });
  afterAll(() => platform.close());

  const userinfo = async (as = token) => (await call(platform, as, "GET", "/idp/userinfo")).body;
  const save = async (values: Record<string, string>, action = path) =>
    browser.submit(await browser.open(path), action, values);

  it("[X12] is told to apps that may see it from their next call on, shown to its owner, and gone when removed", async () => {
    expect(await userinfo()).not.toHaveProperty("address");
    const saved = await browser.follow(await save(home));
    expect(saved.text).toContain("Your postal address is saved.");
    expect((await userinfo()).address).toEqual(told);
    expect((await browser.open("/account/profile")).text).toContain(
      "Fennick House, 12 Tulip Lane, BS1 4QA Bristol, United Kingdom",
    );
    await save({ ...home, locality: "Bath" });
    expect((await userinfo()).address).toEqual({ ...told, locality: "Bath" });

    const removed = await browser.follow(await save({}, `${path}/remove`));
    expect(removed.text).toContain("No postal address is stored.");
    expect(await userinfo()).not.toHaveProperty("address");
    expect((await everyRow(platform.ctx)).users).not.toContain("Tulip");
  });

  it("[X12] is told to no app that was not allowed to see it, and stands in no log", async () => {
    await save(home);
    const other = await platform.addApp(platform.maya.id, { name: "Letters" });
    const narrow = await platform.allow(browser, { scope: "openid profile", client_id: other.clientId });
    const answer = await platform.fetch("/idp/token", {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        code: narrow.location?.searchParams.get("code") ?? "",
        redirect_uri: redirectUri,
        code_verifier: verifier,
        client_id: other.clientId,
        client_secret: other.clientSecret,
      }),
    });
    const { access_token } = (await answer.json()) as Record<string, unknown>;
    expect(await userinfo(String(access_token))).toMatchObject({ sub: platform.maya.id });
    expect(JSON.stringify(await userinfo(String(access_token)))).not.toContain("Tulip");
    const rows = await everyRow(platform.ctx);
    expect(rows.audit_log).toContain("user.address_changed");
    expect(rows.audit_log).not.toContain("Tulip");
  });

  it("emptied is none, and the same again writes nothing", async () => {
    await save(home);
    const before = await everyRow(platform.ctx);
    await save(home);
    expect(await everyRow(platform.ctx)).toEqual(before);
    await save({ street_address: " ", postal_code: "", locality: "", region: "", country: "" });
    expect(await userinfo()).not.toHaveProperty("address");
  });

  it("is ordinary text in its lines, from the form of this session, or nothing changes", async () => {
    await save(home);
    const page = await browser.open(path);
    const stranger = platform.browser();
    expect((await stranger.open(path)).location?.pathname).toBe(signInForm);
    await stranger.submit(await stranger.open(signInForm), signInForm, { login: "kit", password });
    const before = await everyRow(platform.ctx);
    const wrong: Record<string, string>[] = [
      { locality: "x".repeat(201) },
      { country: "a\nb" },
      { region: "a\u202eb" },
      { locality: "a\u200bb" },
      { street_address: "a\u0007b" },
      { street_address: "x".repeat(401) },
    ];
    for (const bad of wrong) {
      const answer = await browser.submit(page, path, { ...home, ...bad });
      expect([bad, answer.status, answer.title]).toEqual([bad, 400, expect.stringMatching(/^Error:/)]);
      expect(answer.text).toContain('aria-invalid="true"');
    }
    for (const action of [path, `${path}/remove`]) {
      expect((await browser.submit(page, action, { csrf: "made up" })).status).toBe(403);
      expect((await browser.submit(page, action, {}, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    }
    expect((await stranger.submit(page, path, home)).status).toBe(403);
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it("is changed and removed by API as well, by its owner alone", async () => {
    const { key } = await keyOf(platform, platform.maya);
    const address = { street_address: "7 Attic Row", country: "Ireland" };
    const changed = await call(platform, key, "PATCH", "/users/me", { address });
    expect([changed.status, changed.body.address]).toEqual([200, address]);
    expect((await userinfo()).address).toEqual(address);
    const before = await everyRow(platform.ctx);
    for (const bad of [{ street: "7" }, { formatted: "7 Attic Row" }, { country: "" }, { country: 7 }, "7 Attic Row"]) {
      expect([bad, (await call(platform, key, "PATCH", "/users/me", { address: bad })).status]).toEqual([bad, 422]);
    }
    expect((await call(platform, token, "PATCH", "/users/me", { address })).status).toBe(403);
    expect(await everyRow(platform.ctx)).toEqual(before);
    expect((await call(platform, key, "PATCH", "/users/me", { address: null })).body.address).toBeNull();
    expect(await userinfo()).not.toHaveProperty("address");
  });
});
