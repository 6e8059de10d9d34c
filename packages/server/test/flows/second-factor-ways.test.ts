import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../../src/context.ts";
import { linkIdentity, listIdentities, removeTotp, shownIdentityId, unlinkIdentity } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { createAuthenticator } from "../../src/testing/authenticator.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { type Authenticator, giveTotp, secondForm } from "../authenticator.ts";
import { type Holder, holderOf, linked, signInByPassword, textOf } from "../hotkey-holder.ts";
import { enterByPasskey, withPasskey } from "../passkey-holder.ts";
import { type Elsewhere, openElsewhere } from "./elsewhere.ts";
import { type Mailbox, openMailbox, proveEmail } from "./mailbox.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";
import { enterBy, fileFor, leaveToLink } from "./upstream-stage.ts";

const address = "maya@fennick.example";
const two = "urn:innkeeper:acr:2";

let box: Mailbox;
let elsewhere: Elsewhere;
let platform: Storyteller;
let holder: Holder;
let phone: Authenticator;
const device = createAuthenticator();

beforeAll(async () => {
  [box, elsewhere, holder] = await Promise.all([openMailbox(), openElsewhere(), holderOf("ed25519", 1)]);
  platform = await openStoryteller({}, { file: { ...fileFor(elsewhere), ...box.file } });
  await proveEmail(platform, platform.maya.id, address);
  await linked(platform, "maya", holder);
  await withPasskey(platform, "maya", device);
  const browser = platform.browser();
  await signInByPassword(browser, "maya");
  await browser.follow(await browser.open(await elsewhere.signIn(await leaveToLink(browser), "maya-there")));
});
afterAll(async () => {
  await platform.close();
  elsewhere.close();
  await box.close();
});
beforeEach(async () => {
  // Long enough for every limit to be forgotten.
  platform.clock.advance(6 * 3_600_000);
  await inTx(platform.ctx, (tx) => removeTotp(tx, platform.maya.id));
  ({ phone } = await giveTotp(platform, platform.maya.id));
});

async function amrOf(ctx: Ctx): Promise<string[]> {
  const since = ctx.clock.now() - 60_000;
  const rows = await query(ctx, (db) =>
    db
      .selectFrom("sessions")
      .select(["amr", "acr"])
      .where("user_id", "=", platform.maya.id)
      .where("created_at", ">", since),
  );
  return rows.map(({ amr, acr }) => `${amr} ${acr}`);
}

const ways: [way: string, amr: string, enter: (browser: Browser) => Promise<Page>][] = [
  ["the password", "pwd", (browser) => signInByPassword(browser, "maya")],
  [
    "a hotkey on the page",
    "pop",
    async (browser) => {
      const page = await browser.open("/idp/login/key");
      const filled = { hotkey: holder.address, signature: await holder.sign(textOf(page)) };
      return browser.follow(await browser.submit(page, signInForm, filled));
    },
  ],
  [
    "a hotkey from the command line",
    "pop",
    async (browser) => {
      const { nonce, text } = (await (await platform.fetch("/idp/cli_login/nonce")).json()) as Record<string, string>;
      const asked = { hotkey: holder.address, signature: await holder.sign(text!), nonce: nonce! };
      const page = await browser.open(`/idp/cli_login?${new URLSearchParams(asked)}`);
      return browser.follow(await browser.submit(page, "/idp/cli_login"));
    },
  ],
  [
    "a mailed code",
    "otp",
    async (browser) => {
      const asked = await browser.submit(await browser.open("/idp/login/email"), "/idp/login/email", {
        email: address,
      });
      return browser.follow(await browser.submit(asked, signInForm, { code: await box.code(platform, address) }));
    },
  ],
  ["an account elsewhere", "fed", async (browser) => browser.follow(await enterBy(elsewhere, browser, "maya-there"))],
  [
    "a password that a mailed code has just reset",
    "pwd",
    async (browser) => {
      const asked = await browser.submit(await browser.open("/reset-password"), "/reset-password", { email: address });
      const code = await box.code(platform, address);
      await browser.submit(asked, "/reset-password/new", { code, password });
      return signInByPassword(browser, "maya");
    },
  ],
  [
    "the password, on the way to the code of a device",
    "pwd",
    async (browser) => {
      const door = await browser.follow(await browser.open("/device?user_code=BCDF-GHJK"));
      return browser.follow(await browser.submit(door, signInForm, { login: "maya", password }));
    },
  ],
];

describe("somebody with a second factor", () => {
  it.each(ways)("[S01] is let in by %s only together with it", async (_, amr, enter) => {
    const browser = platform.browser();
    const page = await enter(browser);
    expect([page.url.pathname, await amrOf(platform.ctx)]).toEqual([secondForm, []]);
    expect(browser.cookies.has("__Host-ik_session")).toBe(false);
    const wrong = await browser.submit(page, secondForm, { code: "000000" });
    expect([wrong.status, browser.cookies.has("__Host-ik_session")]).toEqual([400, false]);
    expect((await browser.submit(page, secondForm, { code: phone.code() })).status).toBe(303);
    const words = [...new Set([amr, "otp", "mfa"])].join(" ");
    expect(await amrOf(platform.ctx)).toEqual([`${words} ${two}`]);
  });

  it("[S01] is let in by a passkey that knows them: it is two factors in one", async () => {
    const browser = platform.browser();
    expect((await browser.follow(await enterByPasskey(browser, device))).url.pathname).toBe("/account/connected");
    expect(await amrOf(platform.ctx)).toEqual([`hwk user mfa ${two}`]);
  });

  it("[S01] is not let in by an account elsewhere that was unlinked between the two steps", async () => {
    const browser = platform.browser();
    const page = await browser.follow(await enterBy(elsewhere, browser, "maya-there"));
    expect(page.url.pathname).toBe(secondForm);
    const [identity] = await listIdentities(platform.ctx, platform.maya.id);
    const asked = { userId: platform.maya.id, shownId: shownIdentityId(identity!), keepSession: "" };
    expect(await inTx(platform.ctx, (tx) => unlinkIdentity(tx, asked))).toMatchObject({ ok: true });
    await browser.submit(page, secondForm, { code: phone.code() });
    expect(browser.cookies.has("__Host-ik_session")).toBe(false);
    await inTx(platform.ctx, (tx) => linkIdentity(tx, { ...identity!, name: "School" }));
  });

  it("[S01] is not let in by opening another account in the browser that is half in", async () => {
    const browser = platform.browser();
    await signInByPassword(browser, "maya");
    const form = await browser.open("/sign-up");
    const someone = { name: "Nora", username: "nora", email: "nora@fennick.example", password };
    await browser.submit(form, "/sign-up", someone);
    expect((await browser.open("/account/profile")).text).toContain("nora@fennick.example");
    expect(await amrOf(platform.ctx)).toEqual([]);
  });
});

describe("a session", () => {
  const root = fileURLToPath(new URL("../../src/", import.meta.url));
  const users = (name: string) =>
    globSync("**/*.ts", { cwd: root, exclude: (path) => path.endsWith(".test.ts") })
      .filter((path) => new RegExp(`\\b${name}\\(`).test(readFileSync(root + path, "utf8")))
      .map((path) => path.replaceAll("\\", "/"))
      .sort();

  it("[S01] is begun in three places and no other, each of which knows of the second factor", () => {
    expect(users("startSession")).toEqual(["interaction/sign-in/begin-session.ts", "people/sessions.ts"]);
    expect(users("beginSession")).toEqual([
      "interaction/account/totp.ts",
      "interaction/sign-in/begin-session.ts",
      "interaction/sign-in/entrance.ts",
      "interaction/sign-in/second-factor.ts",
    ]);
  });
});
