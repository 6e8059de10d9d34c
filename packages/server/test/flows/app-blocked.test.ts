import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deactivateApp, findApp, shareApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { query } from "../../src/store/index.ts";
import { password } from "../../src/testing/platform.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

let platform: Storyteller;

beforeEach(async () => {
  platform = await openStoryteller();
});
afterEach(() => platform.close());

describe("the page of an app that an operator stopped", () => {
  it("[N06] tells its owner so, and starts nothing", async () => {
    const kit = platform.browser();
    await kit.submit(await kit.open(signInForm), signInForm, { login: "kit", password });
    const { ctx, app, clock } = platform;
    const stopped = await inTx(ctx, (tx) => deactivateApp(tx, app.id, "usr_operator", { asOperator: true }));
    expect(stopped).toMatchObject({ deactivatedAt: clock.now(), blockedAt: clock.now() });
    const page = await kit.open(`/account/apps/app?app=${app.id}`);
    const refused = await kit.submit(page, "/account/apps/activate");
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("Only an operator starts it again.")]);
    expect(await findApp(ctx, app.id)).toEqual(stopped);
  });
});

describe("the pages of an app's cap", () => {
  it("lead back to the app, and not to one that was stopped", async () => {
    const { ctx, app } = platform;
    const browser = platform.browser();
    await platform.allow(browser, { scope: "openid gateway:access", budget_limit: "10.00", budget_period: "month" });
    const grantId = /change=(grt_\w+)/.exec((await browser.open("/account/connected")).text)![1];
    const pages = () =>
      Promise.all(
        [`/account/limit?app=${app.id}`, `/account/connected?changed=${grantId}`].map((path) => browser.open(path)),
      );
    const { redirectUris } = (await findApp(ctx, app.id))!;
    const home = `href="${new URL(redirectUris[0]!).origin}/"`;
    const links = async () => (await pages()).map(({ text }) => text.includes(home));
    expect(await links()).toEqual([true, true]);
    await inTx(ctx, (tx) => deactivateApp(tx, app.id, "usr_operator", { asOperator: true }));
    expect(await links()).toEqual([false, false]);
    expect((await pages()).map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe("the page of an app that somebody else owns", () => {
  const newApp = { name: "Fieldnotes", redirect_uris: "https://fieldnotes.example/callback", decision: "save" };

  it.each([
    ["en", "Your role in this app does not allow this."],
    ["de", "Ihre Rolle in dieser App erlaubt das nicht."],
    ["ja", "このアプリでのあなたの役割では、この操作はできません。"],
  ])(
    "tells whoever may only look that the role is missing, not that the form is too old: %s",
    async (language, words) => {
      const { ctx } = platform;
      const app = (await findApp(ctx, platform.app.id))!;
      const [maya] = await query(ctx, (db) => db.selectFrom("users").select("id").where("username", "=", "maya"));
      const share = { appId: app.id, ownerId: app.ownerId, userId: maya!.id, role: "viewer" as const };
      await inTx(ctx, (tx) => shareApp(tx, { ...share, actorId: app.ownerId }));
      const browser = platform.browser();
      await browser.submit(await browser.open(signInForm), signInForm, { login: "maya", password });
      const made = await browser.submit(await browser.open("/account/apps/new"), "/account/apps/new", newApp);
      const own = await browser.open(`/account/apps/edit?app=${/app=(app_\w+)/.exec(made.text)![1]!}`);
      const said = { "accept-language": language };
      const refused = await browser.submit(own, "/account/apps/edit", { ...newApp, app: app.id }, said);
      expect([refused.status, refused.text]).toEqual([403, expect.stringContaining(words)]);
      expect(refused.text).toContain('<dd class="mono">app_role</dd>');
      expect(await findApp(ctx, app.id)).toEqual(app);
    },
  );
});
