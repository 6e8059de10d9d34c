import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { updateRole } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { setUpTotp } from "../authenticator.ts";
import { signInByPassword } from "../hotkey-holder.ts";
import { call } from "./api-client.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

let platform: Storyteller;
let maya: Browser;
let olga: Browser;
let olgaId: string;

beforeAll(async () => {
  platform = await openStoryteller();
  olgaId = (await platform.addUser("olga")).id;
  await inTx(platform.ctx, (tx) => updateRole(tx, olgaId, "operator"));
  [maya, olga] = [platform.browser(), platform.browser()];
  await signInByPassword(maya, "maya");
  await signInByPassword(olga, "olga");
});
afterAll(() => platform.close());

const lines = () => query(platform.ctx, (db) => db.selectFrom("audit_log").selectAll().orderBy("id"));

/** Of how many lines the log grew, each as `actor action`. */
async function told(deed: () => Promise<unknown>): Promise<string[]> {
  const before = await lines();
  await deed();
  const after = await lines();
  expect(after.slice(0, before.length)).toEqual(before);
  const name = (id: string) => (id === olgaId ? "olga" : id === platform.maya.id ? "maya" : id);
  return after.slice(before.length).map(({ actor_id, action }) => `${name(actor_id)} ${action}`);
}

const api = async (caller: Browser, method: string, path: string, body?: unknown) => {
  const answer = await call(platform, caller, method, path, body, { "sec-fetch-site": "same-origin" });
  expect([path, answer.status < 300]).toEqual([path, true]);
  return answer.body;
};

describe("what changes an account, an app or what an app may do", () => {
  it("[Q05] leaves one line each, with who did it, and no line can be changed", async () => {
    const spends = { scope: "openid gateway:access", budget_limit: "5.00", budget_period: "month" };
    expect(await told(() => platform.allow(maya, spends))).toEqual(["maya consent.given"]);
    const connected = await maya.open("/account/connected");
    const grant = /\?change=(grt_\w+)/.exec(connected.text)![1]!;
    const tray = await maya.open(`/account/connected?change=${grant}`);
    const cap = () => maya.submit(tray, "/account/apps/cap", { amount: "2.00" });
    expect(await told(cap)).toEqual(["maya cap.changed"]);

    let key = "";
    const makeKey = async () => {
      key = (await api(maya, "POST", "/users/me/keys", { name: "Mine", scopes: ["account:read"] })).key_id;
    };
    expect(await told(makeKey)).toEqual(["maya key.created"]);
    expect(await told(() => api(maya, "DELETE", `/users/me/keys/${key}`))).toEqual(["maya key.revoked"]);

    let app = "";
    const register = async () => {
      const metadata = { name: "Quarry", redirect_uris: ["https://quarry.example/callback"] };
      app = (await api(maya, "POST", "/idp/apps", metadata)).app_id;
    };
    expect(await told(register)).toEqual(["maya app.created"]);
    expect(await told(() => api(maya, "PATCH", `/idp/apps/${app}`, { description: "Stone" }))).toEqual([
      "maya app.updated",
    ]);
    expect(await told(() => api(maya, "DELETE", `/idp/apps/${app}`))).toEqual(["maya app.deleted"]);

    const next = "seven herons over the weir";
    const form = await maya.open("/account/security/password");
    const change = () => maya.submit(form, "/account/security/password", { current: password, password: next });
    expect(await told(change)).toEqual(["maya user.password_set"]);
    expect(await told(() => setUpTotp(platform, maya))).toEqual(["maya totp.added"]);

    const path = `/admin/users/${platform.maya.id}`;
    const deeds = [
      ["reset-second-factors", undefined, "second_factor.reset"],
      ["credit", { amount: "1.00", reference: "r-1" }, "wallet.credited"],
      ["role", { role: "support" }, "user.role_changed"],
      ["disable", undefined, "user.disabled"],
      ["enable", undefined, "user.enabled"],
    ] as const;
    for (const [deed, body, action] of deeds) {
      const method = deed === "role" ? "PUT" : "POST";
      expect(await told(() => api(olga, method, `${path}/${deed}`, body))).toEqual([`olga ${action}`]);
    }

    const before = await lines();
    const forge = [
      inTx(platform.ctx, (tx) => query(tx, (db) => db.updateTable("audit_log").set({ actor_id: "x" }).returning("id"))),
      inTx(platform.ctx, (tx) => query(tx, (db) => db.deleteFrom("audit_log").returning("id"))),
    ];
    for (const verdict of await Promise.allSettled(forge)) expect(verdict.status).toBe("rejected");
    expect(await lines()).toEqual(before);
  });
});
