import { describe, expect, it } from "vitest";
import { findLiveGrant, type Grant } from "../../src/consent/index.ts";
import { budgetStatus } from "../../src/ledger/index.ts";
import { issuer, password, redirectUri } from "../../src/testing/platform.ts";
import { answerOf, consentForm, openStoryteller, type Storyteller, signInForm, stored } from "./storyteller.ts";

const spend = { scope: "openid profile gateway:access", budget_limit: "10.00", budget_period: "month" };

async function grantOf({ ctx, maya, app }: Storyteller): Promise<Grant> {
  const grant = await findLiveGrant(ctx, maya.id, app.id);
  if (!grant) throw new Error("there is no grant");
  return grant;
}

async function capsOf(platform: Storyteller): Promise<string[]> {
  const { budgetId } = await grantOf(platform);
  if (budgetId === null) return [];
  const windows = await budgetStatus(platform.ctx, budgetId);
  return windows.map(({ period, limitMicros }) => `${limitMicros / 1_000_000} each ${period}`);
}

describe("the consent page", () => {
  it("[H04] says who asks, where the answer goes, what for, and up to how much", async () => {
    const platform = await openStoryteller();
    const page = await platform.signIn(
      platform.browser(),
      platform.request({ ...spend, scope: "openid profile email gateway:access", optional_scope: "email" }),
    );
    expect(page.text).toContain("Storyteller wants to use your Acme account");
    expect(page.text).toContain("<bdi>storyteller.example</bdi>");
    expect(page.text).toContain("Unverified");
    expect(page.text).toContain("We do not know who makes Storyteller");
    expect(page.text).toContain("up to $10.00 each month");
    expect(page.text).toContain("Recognise you when you come back");
    expect(page.text).toContain("Use Acme’s models, on your bill");
    expect(page.text).toMatch(/<input[^>]*type="checkbox" name="scope" value="email">/);
    expect(page.text).toContain("maya@fennick.example");
    expect(page.text).toMatch(/name="cap_amount"[^>]*value="10.00"/);
    expect(page.text).toContain("Personal ($5.00 left)");
    expect(page.text).not.toContain("this computer");
    await platform.close();
  });

  it("[H04] warns of a program on this computer", async () => {
    const local = "http://localhost:8976/callback";
    const platform = await openStoryteller({ redirect_uris: [local] });
    const page = await platform.signIn(platform.browser(), platform.request({ redirect_uri: local }));
    expect(page.text).toContain("The answer goes to a program on <strong>this computer</strong>");
    expect(page.text).toContain("<bdi>localhost:8976</bdi>");
    await platform.close();
  });

  it("starts with the operator's default when the app proposes nothing, and never above the ceiling", async () => {
    const budgets = { default: { limit: "3.00", period: "week" as const }, ceilings: { week: "4.00", month: "8.00" } };
    const platform = await openStoryteller({}, { file: { budgets } });
    const browser = platform.browser();
    const page = await platform.signIn(browser, platform.request({ scope: "openid gateway:access" }));
    expect(page.text).toMatch(/name="cap_amount"[^>]*value="3.00"/);
    expect(page.text).toMatch(/value="week" selected/);
    const high = await browser.follow(await browser.open(platform.request(spend)));
    expect(high.text).toMatch(/name="cap_amount"[^>]*value="8.00"/);
    const before = await stored(platform);
    const above = await browser.submit(high, consentForm, { decision: "allow", cap_amount: "8.01" });
    expect(above.status).toBe(400);
    expect(above.text).toContain("The most anyone may allow here is $8.00 each month");
    expect(await stored(platform)).toBe(before);
    expect(
      answerOf(await browser.submit(above, consentForm, { decision: "allow", cap_amount: "8" })).code,
    ).toBeDefined();
    expect(await capsOf(platform)).toEqual(["8 each month"]);
    await platform.close();
  });

  it("[P02] reads an amount back beside its field when it is none, and changes nothing", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await platform.signIn(browser, platform.request(spend));
    const before = await stored(platform);
    for (const cap_amount of ["0", "-1", "1e3", "1e30", "9007199254.740993", "0.0000001", "ten", "", "1O"]) {
      const again = await browser.submit(page, consentForm, { decision: "allow", cap_amount });
      expect([again.status, again.location]).toEqual([400, null]);
      expect(again.title).toMatch(/^Error:/);
      expect(again.text).toMatch(/name="cap_amount"[^>]*aria-invalid="true"/);
    }
    expect(await stored(platform)).toBe(before);
    for (const decision of ["deny", "identity"]) {
      const answer = await browser.submit(page, consentForm, { decision, cap_amount: "ten" });
      expect(answer.location?.origin).toBe("https://storyteller.example");
    }
    await platform.close();
  });

  it("never allows by the Enter key: it reads the amount back", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const request = platform.request({ ...spend, scope: "openid email gateway:access", optional_scope: "email" });
    const page = await platform.signIn(browser, request);
    const before = await stored(platform);
    for (const decision of ["review", "", "something"]) {
      const again = await browser.submit(page, consentForm, { decision, cap_amount: "$2,50", scope: "email" });
      expect([again.status, again.location]).toEqual([200, null]);
      expect(again.text).toContain("<strong>$2.50 each month</strong>");
      expect(again.text).toMatch(/value="email" checked/);
      expect(again.text).toMatch(/name="cap_amount"[^>]*value="\$2,50"/);
    }
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("lets a person edit the cap, add a daily one and an end", async () => {
    const platform = await openStoryteller();
    const values = { cap_amount: "3", cap_period: "week", cap_day: "0.50", until: "2026-02-01" };
    await platform.allow(platform.browser(), spend, values);
    expect(await capsOf(platform)).toEqual(["0.5 each day", "3 each week"]);
    expect(await grantOf(platform)).toMatchObject({ expiresAt: Date.UTC(2026, 1, 1) });
    await platform.close();
  });

  it("gives what was not ticked to nobody", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const asked = { scope: "openid profile email account:read", optional_scope: "email account:read" };
    const tokens = await platform.redeem(
      await platform.allow(browser, asked, { scope: ["account:read", "billing:read"] }),
    );
    expect(tokens.scope).toBe("openid profile account:read");
    expect(await grantOf(platform)).toMatchObject({
      scopes: ["openid", "profile", "account:read"],
      answered: { refused: ["email"] },
    });
    expect(answerOf(await browser.open(platform.request(asked))).code).toBeDefined();
    await platform.close();
  });

  it("[R41] lets a person sign in without spending, and does not ask again", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const tokens = await platform.redeem(await platform.allow(browser, spend, { decision: "identity" }));
    expect(tokens).toMatchObject({ scope: "openid profile" });
    expect(tokens.budget).toBeUndefined();
    expect(await grantOf(platform)).toMatchObject({ scopes: ["openid", "profile"], budgetId: null });
    const again = await platform.redeem(await browser.open(platform.request({ ...spend, budget_limit: "99" })));
    expect(again.scope).toBe("openid profile");
    const later = await platform.redeem(await platform.allow(browser, { ...spend, prompt: "consent" }));
    expect(later).toMatchObject({ scope: spend.scope, budget: { limit: "10.00", period: "month" } });
    await platform.close();
  });

  it("has no such way when the app asks for nothing but spending: refusing is refusing", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await platform.signIn(browser, platform.request({ scope: "gateway:access" }));
    expect(page.text).not.toContain('value="identity"');
    const before = await stored(platform);
    const answer = await browser.submit(page, consentForm, { decision: "identity" });
    expect(answerOf(answer)).toMatchObject({ error: "access_denied", iss: issuer });
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });
});

describe("[R40] consent", () => {
  it("is remembered, and asked for again only for what is new", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    await platform.allow(browser, spend, { cap_amount: "4" });
    const first = await grantOf(platform);
    expect(answerOf(await browser.open(platform.request(spend))).code).toBeDefined();
    expect(answerOf(await browser.open(platform.request({ scope: "openid" }))).code).toBeDefined();

    const more = { ...spend, scope: `${spend.scope} account:read` };
    const page = await browser.follow(await browser.open(platform.request(more)));
    expect(page.text).toContain("Storyteller asks for one thing more");
    expect(page.text).toContain("See your plan and your workspaces");
    expect(page.text).toContain("3 things you allowed on 15 January 2026 stay as they are");
    expect(page.text).toContain("Your bill does not change");
    expect(page.text).not.toContain('name="cap_amount"');
    expect(answerOf(await browser.submit(page, consentForm, { decision: "allow" })).code).toBeDefined();
    const second = await grantOf(platform);
    expect(second).toMatchObject({ id: first.id, budgetId: first.budgetId, generation: first.generation });
    expect(second.scopes).toEqual([...first.scopes, "account:read"]);
    expect(await capsOf(platform)).toEqual(["4 each month"]);
    await platform.close();
  });

  it("is asked for once when the app proposes a higher cap", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    await platform.allow(browser, spend, { cap_amount: "4" });
    const higher = { ...spend, budget_limit: "20" };
    const page = await browser.follow(await browser.open(platform.request(higher)));
    expect(page.text).toMatch(/name="cap_amount"[^>]*value="20.00"/);
    expect(await capsOf(platform)).toEqual(["4 each month"]);
    await browser.submit(page, consentForm, { decision: "allow", cap_amount: "5" });
    expect(await capsOf(platform)).toEqual(["5 each month"]);
    expect(answerOf(await browser.open(platform.request(higher))).code).toBeDefined();
    expect(answerOf(await browser.open(platform.request({ ...spend, budget_limit: "15" }))).code).toBeDefined();
    expect((await browser.open(platform.request({ ...spend, budget_limit: "21" }))).location?.pathname).toBe(
      consentForm,
    );
    await platform.close();
  });

  it("keeps what was allowed when the person refuses more", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    await platform.allow(browser, spend);
    const before = await stored(platform);
    const page = await browser.follow(await browser.open(platform.request({ ...spend, scope: "openid billing:read" })));
    expect(answerOf(await browser.submit(page, consentForm, { decision: "deny" })).error).toBe("access_denied");
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });
});

describe("what an app cannot do", () => {
  it("[P08] is raise its cap: only the user's form does", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    await platform.allow(browser, spend, { cap_amount: "4" });
    const before = await stored(platform);
    for (const more of [{ budget_limit: "9999" }, { budget_limit: "9999", prompt: "consent" }, { budget_limit: "1" }]) {
      await browser.follow(await browser.open(platform.request({ ...spend, ...more })));
    }
    expect(await stored(platform)).toBe(before);
    expect(await capsOf(platform)).toEqual(["4 each month"]);
    await platform.close();
  });

  it("[H02] is pass for a public client whose address anybody can have", async () => {
    const local = "http://127.0.0.1:8976/callback";
    const metadata = { client_type: "public", redirect_uris: [redirectUri, local] };
    const platform = await openStoryteller(metadata);
    const browser = platform.browser();
    await platform.allow(browser, { ...spend, redirect_uri: local }, { cap_amount: "4" });
    const page = await browser.follow(await browser.open(platform.request({ ...spend, redirect_uri: local })));
    expect(page.url.pathname).toBe(consentForm);
    expect(page.text).toMatch(/name="cap_amount"[^>]*value="4.00"/);
    const silent = await browser.open(platform.request({ ...spend, redirect_uri: local, prompt: "none" }));
    expect(answerOf(silent).error).toBe("consent_required");
    expect(answerOf(await browser.open(platform.request(spend))).code).toBeDefined();
    await platform.close();
  });
});

describe("the form of the consent page", () => {
  it("[H01] without its token, from another site or session is refused, and nothing changes", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await platform.signIn(browser, platform.request(spend));
    const other = platform.browser();
    await other.open(platform.request());
    await platform.signIn(other, platform.request());
    const before = await stored(platform);
    for (const decision of ["allow", "identity", "deny"]) {
      for (const answer of [
        await browser.submit(page, consentForm, { decision, csrf: null }),
        await browser.submit(page, consentForm, { decision, csrf: "made up" }),
        await browser.submit(page, consentForm, { decision }, { "sec-fetch-site": "cross-site" }),
        await browser.submit(page, consentForm, { decision }, { "sec-fetch-site": "same-site" }),
        await other.submit(page, consentForm, { decision }),
        await platform.browser().submit(page, consentForm, { decision }),
      ]) {
        expect([answer.status, answer.location]).toEqual([403, null]);
      }
    }
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("says what happened to whoever signed in again in another tab, takes nothing, and puts the question anew", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await platform.signIn(browser, platform.request(spend));
    platform.clock.advance(1000);
    const door = await browser.follow(await browser.open(platform.request({ ...spend, prompt: "login" })));
    await browser.submit(door, signInForm, { login: "maya", password });
    const before = await stored(platform);
    const stale = await browser.submit(page, consentForm, { decision: "allow" });
    expect([stale.status, stale.location]).toEqual([403, null]);
    expect(stale.text).toContain("You signed in again meanwhile");
    expect(await stored(platform)).toBe(before);
    const again = await browser.open(/href="([^"]*consent[^"]*)"/.exec(stale.text)![1]!);
    expect(answerOf(await browser.submit(again, consentForm, { decision: "allow" })).code).toBeDefined();
    await platform.close();
  });

  it("allows only what it has shown: any difference shows the page again", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await platform.signIn(browser, platform.request(spend));
    await platform.allow(browser, { scope: "openid" });
    const before = await stored(platform);
    const again = await browser.submit(page, consentForm, { decision: "allow", cap_amount: "9" });
    expect([again.status, again.location]).toEqual([200, null]);
    expect(again.text).toContain("Storyteller asks for 2 things more");
    expect(await stored(platform)).toBe(before);
    expect(answerOf(await browser.submit(again, consentForm, { decision: "allow" })).code).toBeDefined();
    await platform.close();
  });

  it("belongs to its own request", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const little = await platform.signIn(browser, platform.request({ scope: "openid" }));
    const much = await browser.follow(await browser.open(platform.request(spend)));
    const before = await stored(platform);
    const request = much.url.searchParams.get("request");
    const answer = await browser.submit(little, consentForm, { decision: "allow", request });
    expect([answer.status, answer.location]).toEqual([200, null]);
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("pressed twice answers twice and allows once", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const page = await platform.signIn(browser, platform.request(spend));
    const first = await browser.submit(page, consentForm, { decision: "allow" });
    const before = await stored(platform);
    const second = await browser.submit(page, consentForm, { decision: "allow", cap_amount: "9" });
    expect([answerOf(first).code, answerOf(second).code]).toEqual([expect.any(String), expect.any(String)]);
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });

  it("pays from no wallet but one's own", async () => {
    const platform = await openStoryteller();
    const kit = await platform.addUser("kit.larkin");
    const browser = platform.browser();
    const page = await platform.signIn(browser, platform.request(spend));
    const before = await stored(platform);
    const answer = await browser.submit(page, consentForm, { decision: "allow", workspace: kit.workspaceId });
    expect([answer.status, answer.location]).toEqual([200, null]);
    expect(await stored(platform)).toBe(before);
    await platform.close();
  });
});
