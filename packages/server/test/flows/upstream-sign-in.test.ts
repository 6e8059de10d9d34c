import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { setUserDisabled, setVerifiedEmail } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { databases, openPlatform, type Platform } from "../../src/testing/index.ts";
import { clientId, type Elsewhere, openElsewhere } from "./elsewhere.ts";
import { callback, enterBy, fileFor, isSignedIn, issuer, leave, traces } from "./upstream-stage.ts";

const people = {
  "s-1": { name: "Ada Lovelace", preferred_username: "ada", email: "ada@school.example", email_verified: true },
  "s-2": { name: "Ada Other", preferred_username: "Ada", email: "ada2@school.example", email_verified: true },
  "s-3": { preferred_username: "kit", email: "kit@fennick.example", email_verified: true },
  "s-21": { name: "Grace", preferred_username: "A.C.M.E", nickname: "Support" },
  "s-22": { preferred_username: "admin" },
  "s-4": { name: "\u202eevil", preferred_username: "<script>", email: "no address", email_verified: "true" },
  "s-5": { email: "guest@school.example", email_verified: false },
  "s-6": { name: "Eve", email: "eve@other.example", email_verified: true },
  "s-7": { name: "Eve", email: "eve@notschool.example", email_verified: true },
  "s-8": { name: "Eve", email: "eve@mail.school.example", email_verified: true },
  "s-9": { name: "Eve", email: "eve@school.example.other.example", email_verified: true },
};

describe.each(databases)("signing in with an account elsewhere, on $name", ({ open }) => {
  let elsewhere: Elsewhere;
  let platform: Platform;
  beforeAll(async () => {
    elsewhere = await openElsewhere("school", people);
    platform = await openPlatform(open, { file: fileFor(elsewhere) });
  });
  afterAll(async () => {
    await platform.close();
    elsewhere.close();
  });

  const userOf = async (subject: string) => {
    const [row] = await query(platform.ctx, (db) =>
      db
        .selectFrom("identities")
        .innerJoin("users", "users.id", "identities.user_id")
        .selectAll("users")
        .where("subject", "=", subject),
    );
    return row;
  };

  it("asks with code, PKCE, state and nonce, and comes back to the page that waits", async () => {
    const browser = platform.browser();
    const away = await leave(browser, "/sign-in?next=%2Faccount%2Fusage");
    expect(away.origin).toBe(elsewhere.origin);
    const asked = Object.fromEntries(away.searchParams);
    expect(asked).toMatchObject({
      client_id: clientId,
      redirect_uri: issuer + callback,
      response_type: "code",
      scope: "openid email profile",
      code_challenge_method: "S256",
    });
    expect(asked.nonce).toMatch(/^[\w-]{22}$/);
    expect(asked.prompt).toBeUndefined();
    const back = await browser.open(await elsewhere.signIn(away, "s-1"));
    expect([back.status, back.location?.pathname]).toEqual([303, "/account/usage"]);
    const home = await browser.follow(back);
    expect([home.status, home.url.pathname]).toEqual([200, "/account/usage"]);
  });

  it("makes an account with a free name, a wallet and the first credit, and finds it again", async () => {
    await enterBy(elsewhere, platform.browser(), "s-1");
    const ada = await userOf("s-1");
    expect(ada).toMatchObject({ username: "ada", display_name: "Ada Lovelace", password_hash: null, role: "user" });
    const wallets = await query(platform.ctx, (db) =>
      db
        .selectFrom("members")
        .innerJoin("wallets", "wallets.id", "members.workspace_id")
        .select("balance_micros")
        .where("user_id", "=", ada!.id),
    );
    expect(wallets).toEqual([{ balance_micros: 2_000_000 }]);
    const before = await traces(platform);
    const again = platform.browser();
    await enterBy(elsewhere, again, "s-1");
    const after = await traces(platform);
    expect(isSignedIn(again)).toBe(true);
    expect(after.users).toEqual(before.users);
    expect(after.sessions.filter(({ user_id }) => user_id === ada!.id)).toHaveLength(3);
  });

  it("gives nobody a name that is taken, however it is written", async () => {
    await enterBy(elsewhere, platform.browser(), "s-2");
    const other = await userOf("s-2");
    expect(other?.username).toMatch(/^ada2$|^ada-/);
    expect((await userOf("s-1"))?.id).not.toBe(other?.id);
  });

  it("[T21] gives nobody the name of whoever runs the platform, but another that is free", async () => {
    await enterBy(elsewhere, platform.browser(), "s-21");
    expect(await userOf("s-21")).toMatchObject({ username: "grace", display_name: "Grace" });
    await enterBy(elsewhere, platform.browser(), "s-22");
    expect((await userOf("s-22"))?.username).toMatch(/^guest-/);
  });

  it("says that somebody vouched, and nothing of how: one factor, in a word of its own", async () => {
    await enterBy(elsewhere, platform.browser(), "s-1");
    const ada = await userOf("s-1");
    const rows = await query(platform.ctx, (db) =>
      db.selectFrom("sessions").select(["amr", "acr"]).where("user_id", "=", ada!.id),
    );
    expect(new Set(rows.map(({ amr, acr }) => `${amr} ${acr}`))).toEqual(new Set(["fed urn:innkeeper:acr:1"]));
  });

  it("[U01] believes no address of a provider to whom the operator gave no domain, and takes no account over by one", async () => {
    const kit = await platform.addUser("kit");
    await inTx(platform.ctx, (tx) => setVerifiedEmail(tx, kit.id, "kit@fennick.example"));
    await enterBy(elsewhere, platform.browser(), "s-3");
    const stranger = await userOf("s-3");
    expect(stranger?.id).not.toBe(kit.id);
    expect(stranger).toMatchObject({ email: "kit@fennick.example", email_verified_at: null });
    expect(stranger?.username).not.toBe("kit");
    expect((await userOf("s-1"))?.email_verified_at).toBeNull();
  });

  it("makes something of claims that are nonsense, and shows none of it", async () => {
    const browser = platform.browser();
    await enterBy(elsewhere, browser, "s-4");
    const odd = await userOf("s-4");
    expect(odd).toMatchObject({ username: "script", email: null });
    expect(odd?.display_name).toBe("<script>");
    const page = await browser.open("/account/profile");
    expect(page.text).toContain("&lt;script&gt;");
    expect(page.text).not.toContain("<script>");
  });

  it("lets nobody in whose account is closed, and makes no other one", async () => {
    await enterBy(elsewhere, platform.browser(), "s-5");
    const guest = await userOf("s-5");
    await inTx(platform.ctx, (tx) => setUserDisabled(tx, guest!.id, true));
    const before = await traces(platform);
    const browser = platform.browser();
    const page = await enterBy(elsewhere, browser, "s-5");
    expect([page.status, isSignedIn(browser)]).toEqual([403, false]);
    expect(page.text).toContain("is closed");
    const after = await traces(platform);
    expect([after.users, after.identities]).toEqual([before.users, before.identities]);
  });

  it("brings the person on to the app that waits", async () => {
    const owner = await platform.addUser("owner");
    const app = await platform.addApp(owner.id);
    const browser = platform.browser();
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: "https://storyteller.example/callback",
      response_type: "code",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
      state: "x".repeat(500),
    });
    const signIn = await browser.follow(await browser.open(`/idp/authorize?${query}`));
    const back = await enterBy(elsewhere, browser, "s-1", signIn.url.pathname + signIn.url.search);
    const consent = await browser.follow(back);
    expect(consent.url.pathname).toBe("/idp/authorize/consent");
    expect(consent.text).toContain("Storyteller");
  });
});

describe("a provider that the operator trusts for some domains only", () => {
  const openWith = async (more: Record<string, unknown>) => {
    const elsewhere = await openElsewhere("school", people);
    const platform = await openPlatform(databases[0]!.open, { file: fileFor(elsewhere, more) });
    const close = async () => {
      await platform.close();
      elsewhere.close();
    };
    return { elsewhere, platform, close };
  };

  it("lets in whoever has a verified address of them, and that address is proven here too", async () => {
    const { elsewhere, platform, close } = await openWith({ allowedDomains: ["School.Example"] });
    await enterBy(elsewhere, platform.browser(), "s-1");
    const { users } = await traces(platform);
    expect(users).toMatchObject([{ email: "ada@school.example", email_verified_at: platform.clock.now() }]);
    await close();
  });

  it.each([
    ["another domain", "s-6"],
    ["a domain that ends alike", "s-7"],
    ["a domain below it", "s-8"],
    ["a domain that begins alike", "s-9"],
    ["an address that is not verified", "s-5"],
    ["no address", "s-4"],
  ])("[U02] lets nobody in with %s, and keeps nothing of them", async (_what, subject) => {
    const { elsewhere, platform, close } = await openWith({ allowedDomains: ["school.example"] });
    const browser = platform.browser();
    const page = await enterBy(elsewhere, browser, subject);
    expect([page.status, isSignedIn(browser)]).toEqual([403, false]);
    expect(page.text).toContain("proven address");
    expect(await traces(platform)).toEqual({ users: [], identities: [], sessions: [] });
    await close();
  });

  it("[U01] takes no account over whose address is proven already, but leads to linking", async () => {
    const { elsewhere, platform, close } = await openWith({ allowedDomains: ["school.example"] });
    const ada = await platform.addUser("maya");
    await inTx(platform.ctx, (tx) => setVerifiedEmail(tx, ada.id, "ada@school.example"));
    const before = await traces(platform);
    const browser = platform.browser();
    const page = await enterBy(elsewhere, browser, "s-1");
    expect([page.status, isSignedIn(browser)]).toEqual([400, false]);
    expect(page.text).toContain("link the two under Security");
    expect(await traces(platform)).toEqual(before);
    await close();
  });

  it("makes no accounts where the operator says so", async () => {
    const { elsewhere, platform, close } = await openWith({ signUp: false });
    const browser = platform.browser();
    const page = await enterBy(elsewhere, browser, "s-1");
    expect([page.status, isSignedIn(browser)]).toEqual([400, false]);
    expect(page.text).toContain("No account here is linked");
    expect(await traces(platform)).toEqual({ users: [], identities: [], sessions: [] });
    expect((await browser.open("/sign-up")).text).not.toContain("Continue with School");
    await close();
  });
});
