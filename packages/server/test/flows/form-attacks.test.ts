import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Route } from "../../src/http/table.ts";
import { createInteraction } from "../../src/interaction/index.ts";
import { createPasswordHasher } from "../../src/kernel/password.ts";
import { createSealer } from "../../src/kernel/seal.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { issuer } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { type Mailbox, openMailbox, proveEmail } from "./mailbox.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

let box: Mailbox;
let platform: Storyteller;
let browser: Browser;
let routes: readonly Route[];

beforeAll(async () => {
  box = await openMailbox();
  platform = await openStoryteller({}, { file: box.file });
  const { ctx } = platform;
  const sealer = createSealer({ secrets: ctx.config.secrets, issuer, epoch: "", random: ctx.random });
  const hasher = createPasswordHasher({ random: ctx.random });
  ({ routes } = createInteraction({ ctx, sealer, lasting: sealer, tokens: {} as never, hasher }));
  await proveEmail(platform, platform.maya.id, "maya@fennick.example");
  browser = platform.browser();
  await platform.signIn(browser, "/account/profile");
});
afterAll(async () => {
  await platform.close();
  await box.close();
});

/** What changes nothing of anybody's, or is asked once more by a form that has a token. */
const withoutToken = new Set(["/idp/authorize", "/idp/logout", "/language", "/account/leaving"]);
const uploads = new Set(["/account/profile/edit/picture", "/account/apps/trust/logo"]);
const kept = (from: Browser) => [...from.cookies].map((pair) => pair.join("=")).join("; ");

function send(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const body = uploads.has(path) ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries({ logout: "yes", ...form })) body.append(name, value);
  return platform.fetch(path, { method: "POST", body, headers: { cookie: kept(browser), ...headers } });
}

/** The first token on a page: of the bar where somebody is signed in, of the page itself where nobody is. */
async function tokenOn(path: string): Promise<string> {
  return /name="csrf" value="([^"]+)"/.exec((await browser.open(path)).text)![1]!;
}

describe("every form there is", () => {
  it("[H01] is refused without its token, with that of another form, and from another site; nothing changes", async () => {
    const forms = routes.filter(({ method, path }) => method === "POST" && !withoutToken.has(path));
    expect(forms.length).toBeGreaterThan(50);
    const own = { "sec-fetch-site": "same-origin" };
    const tokens = [
      { csrf: await tokenOn("/account/delete"), fits: /^\/(?:sign-out|account\/switch)$/ },
      { csrf: await tokenOn("/reset-password"), fits: /^\/(?:reset-password|sign-out|account\/switch)/ },
    ];
    const before = await everyRow(platform.ctx);
    for (const { path } of forms) {
      const tries = [await send(path, {}, own), await send(path, { csrf: "a b c" }, own), await send(path, {})];
      for (const { csrf, fits } of tokens) {
        tries.push(await send(path, { csrf }, { origin: "https://evil.example" }));
        for (const site of ["same-site", "cross-site"])
          tries.push(await send(path, { csrf }, { "sec-fetch-site": site }));
        if (!fits.test(path)) tries.push(await send(path, { csrf }, own));
      }
      const seen = tries.map(({ status, headers }) => `${status} ${headers.get("cache-control")}`);
      expect([path, ...new Set(seen)]).toEqual([path, "403 no-store"]);
    }
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it("at the doors is never answered with a fault of ours, whatever stands in it", async () => {
    const doors = [
      ["/idp/login", "/idp/login", ""],
      ["/idp/login", "/idp/login", "passkey"],
      ["/idp/login/email", "/idp/login", "email_code"],
      ["/idp/login/email", "/idp/login/email", ""],
      ["/idp/login/key", "/idp/login", "hotkey"],
      ["/sign-up", "/sign-up", ""],
      ["/reset-password", "/reset-password", ""],
      ["/reset-password", "/reset-password/new", ""],
    ] as const;
    const statuses = new Set<number>();
    for (const [door, path, auth_method] of doors) {
      const visitor = platform.browser();
      const csrf = /name="csrf" value="([^"]+)"/.exec((await visitor.open(door)).text)![1]!;
      const headers = { cookie: kept(visitor), "content-type": "application/x-www-form-urlencoded" };
      for (const field of [...filled, "request", "next"]) {
        for (const value of nonsense) {
          const others = filled.filter((each) => each !== field).map((each) => `${each}=1`);
          const body = [`csrf=${csrf}`, `auth_method=${auth_method}`, ...others, `${field}=${value}`].join("&");
          const { status } = await platform.fetch(path, { method: "POST", headers, body });
          expect(status, `${path} ${field}=${value.slice(0, 40)}`).toBeLessThan(500);
          statuses.add(status);
        }
        platform.clock.advance(3_600_000);
      }
    }
    expect([...statuses].sort()).toEqual([400, 401, 429]);
  });
});

const filled = "login password code code_id email username name passkey hotkey signature nonce".split(" ");

/** As it stands in a body, percent signs and all. */
const nonsense = [
  ...["%00", "%ED%A0%80", "%ff", "%", "[]=1", "1&login=2", "9".repeat(400)],
  ...[
    "\u{1f600}".repeat(3000),
    "e\u0323\u0301".repeat(2000),
    "\u202e\u2066maya\uff20fennick.example",
    "__proto__",
    "[".repeat(10_000),
    '{"id":"x","rawId":"x","type":"public-key","response":{"clientDataJSON":"e30","userHandle":"AA"}}',
  ].map(encodeURIComponent),
];
