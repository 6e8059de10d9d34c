import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { createFeed } from "../../src/events/index.ts";
import type { Route } from "../../src/http/table.ts";
import { createInteraction } from "../../src/interaction/index.ts";
import { createPasswordHasher } from "../../src/kernel/password.ts";
import { openKeyring, openSeals } from "../../src/keys/index.ts";
import { linkIdentity, recordSecurityEvent, setProfile, updateRole } from "../../src/people/index.ts";
import { type Browser, databases, openPlatform, type Page, type Platform } from "../../src/testing/index.ts";
import { createTokens } from "../../src/tokens/index.ts";
import { everyRow } from "../every-row.ts";
import { signInByPassword } from "./upstream-stage.ts";

/** Leaves an attribute, an element, a title and a text field, where it is let. */
const evil = `"><svg onload=alert(1)></title></textarea><script>'&`;

const provider = { name: `School ${evil}`, issuer: "https://school.example", clientId: "a", clientSecret: "b" };
const phone = {
  kind: "verify" as const,
  baseUrl: "https://verify.acme.example",
  serviceId: "VA0123456789abcdef0123456789abcdef",
  username: "AC0123456789abcdef0123456789abcdef",
  password: "the token of the tests",
};
const mail = { smtpUrl: "smtps://mail.acme.example", from: "Acme <no-reply@acme.example>" };

let platform: Platform;
/** Every address that answers with pages: the list that the server itself is made of. */
let pages: Route[];
/** Of an operator with a hostile name, an app and everything else that pages show. */
let browser: Browser;
/** What pages about one thing are asked for by. */
let things: URLSearchParams;

async function pagesOf({ ctx }: Platform): Promise<Route[]> {
  const seals = await openSeals(ctx);
  const keyring = await openKeyring(ctx, seals.lasting);
  const tokens = createTokens({ ctx, sealer: seals.sealer, keyring, feed: createFeed({ ctx }) });
  const hasher = createPasswordHasher({ random: ctx.random });
  return createInteraction({ ctx, ...seals, tokens, hasher }).routes.filter(({ shape }) => shape === "page");
}

beforeAll(async () => {
  const file = { identityProviders: { school: provider }, mail, phone };
  platform = await openPlatform(databases[0]!.open, { file });
  pages = await pagesOf(platform);
  const { id } = await platform.addUser("olga");
  const app = await platform.addApp(id);
  await inTx(platform.ctx, async (tx) => {
    await updateRole(tx, id, "operator");
    await setProfile(tx, id, { displayName: evil, nickname: evil, locale: "en" });
    await linkIdentity(tx, { provider: "school", subject: "s-1", userId: id, label: evil, name: provider.name });
    await recordSecurityEvent(tx, { userId: id, kind: "new_device", detail: { device: evil } });
  });
  browser = platform.browser();
  await signInByPassword(browser, "olga");
  things = new URLSearchParams({ app: app.id, id, add: "1", link: "1", request: evil, login: evil, user_code: evil });
});
afterAll(() => platform.close());

/** What could run: scripts but ours, what only a stranger writes, and attributes that run or style. */
function hostile(text: string): string | undefined {
  const markup = text.replace(/<script src="\/assets\/\w+\.[\w-]{12}\.js" defer><\/script>/, "");
  const bare = markup.replace(/"[^"]*"/g, "");
  return /<script|<svg onload|="javascript:/i.exec(markup)?.[0] ?? /<[^>]*\s(?:on\w+|style)=/i.exec(bare)?.[0];
}

const of = (method: Route["method"]) => pages.filter((page) => page.method === method).map(({ path }) => path);
/** Forms of apps, which lead to a question; and this account is not being deleted. */
const asks = new Set(["/idp/authorize", "/idp/logout", "/account/leaving"]);
const isPage = ({ headers }: Page) => headers.get("content-type")?.startsWith("text/html") ?? false;
const isOwn = (path: string) => /^\/(?:account|operator)(?:\/|$)/.test(path);

describe("every page,", () => {
  it("[A22][A23][H17][T01] whatever people call themselves, runs nothing of theirs, and stands in no frame", async () => {
    let shown = 0;
    for (const path of of("GET")) {
      for (const query of ["", `?${things}`]) {
        const page = await browser.open(path + query);
        if (!isPage(page)) continue;
        shown++;
        const policy = page.headers.get("content-security-policy") ?? "";
        expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'; style-src 'self'; ")]);
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toMatch(/unsafe|\*/);
        expect(page.headers.get("x-frame-options")).toBe("DENY");
        expect(page.headers.get("referrer-policy")).toBe("no-referrer");
        expect(page.headers.get("cache-control")).toBe("no-store");
        expect([path, hostile(page.text)]).toEqual([path, undefined]);
      }
    }
    expect(shown).toBeGreaterThan(60);
    expect((await browser.open("/account/profile")).text).toContain("&lt;svg onload=alert(1)&gt;");
  });

  it("[T02] is looked at without changing anything, by whoever leads a browser to it", async () => {
    const before = await everyRow(platform.ctx);
    for (const path of of("GET")) await browser.open(`${path}?${things}`);
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it("[T03] of an account or of operation is there for nobody without a session", async () => {
    const own = of("GET").filter(isOwn);
    expect(own.length).toBeGreaterThan(30);
    for (const path of own) {
      for (const cookie of ["", `__Host-ik_session=${"A".repeat(43)}`]) {
        const answer = await platform.fetch(`${path}?${things}`, { headers: { cookie } });
        const leadsTo = answer.headers.get("location")?.replace(/\?.*/, "");
        expect([path, answer.status, leadsTo]).toEqual([
          path,
          303,
          expect.stringMatching(/^\/(?:idp\/login|sign-in|account\/connected)$/),
        ]);
        expect(await answer.text()).toBe("");
      }
    }
  });

  it("[H01] takes no form without its token, with that of another form, or from another site", async () => {
    const tokenOf = async (action: string, path: string) => {
      const form = (await browser.open(path)).text.split(`action="${action}"`)[1];
      return /name="csrf" value="([^"]+)"/.exec(form ?? "")![1]!;
    };
    const bar = await tokenOf("/sign-out", "/account/connected");
    const other = await tokenOf("/account/profile/edit", "/account/profile/edit");
    const cookie = [...browser.cookies].map((pair) => pair.join("=")).join("; ");
    const before = await everyRow(platform.ctx);
    const posts = of("POST").filter((path) => !asks.has(path));
    expect(posts.length).toBeGreaterThan(50);
    const taken: unknown[] = [];
    for (const path of posts) {
      const foreign = ["/sign-out", "/account/switch", "/language"].includes(path) ? other : bar;
      for (const [csrf, site] of [
        [undefined, "same-origin"],
        [foreign, "same-origin"],
        [foreign, "cross-site"],
      ]) {
        const fields = { ...Object.fromEntries(things), language: "de", logout: "yes", ...(csrf && { csrf }) };
        const headers = { cookie, "sec-fetch-site": site!, origin: "null" };
        const send = (body: BodyInit) => platform.fetch(path, { method: "POST", body, headers });
        let answer = await send(new URLSearchParams(fields));
        if (answer.status === 415) answer = await send(multipart(fields));
        if (answer.status !== 403) taken.push([path, csrf, site, answer.status, answer.headers.get("location")]);
      }
    }
    expect(taken).toEqual([]);
    expect(await everyRow(platform.ctx)).toEqual(before);
  });
});

function multipart(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("picture", new Blob(["x"]), "a.png");
  return form;
}
